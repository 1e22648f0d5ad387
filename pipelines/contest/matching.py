"""Which boxes mean the same thing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from pipelines.frame import Truth
from pipelines.result import Box
from pipelines.tracking.matching import overlaps

Boxes: TypeAlias = NDArray[np.float64]
"""(n, 4) x, y, width, height in pixels."""
MOSTLY = 0.5
"""A find of which this share lies in an ignored box is about that box."""


class Verdict(Struct, frozen=True, eq=False):
    """About the finds in one labelled picture; a find is right, a false alarm, or of no account.

    `right` and `alarms` are (n,) in the order of the finds, `missed` how many labelled things have none.
    """

    right: NDArray[np.bool_]
    alarms: NDArray[np.bool_]
    missed: int


def boxes_of(marks: Sequence[Box | Truth]) -> Boxes:
    return np.array([mark.box for mark in marks], np.float64).reshape(-1, 4)


def pairs(these: Boxes, those: Boxes, least: float) -> list[tuple[int, int]]:
    """Whoever overlaps most is paired first, each box once, down to an overlap of `least`."""
    shares = overlaps(these, those)
    order = np.argsort(-shares, axis=None, kind="stable")
    found: list[tuple[int, int]] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for place in order[: np.count_nonzero(shares >= least)].tolist():
        one, other = divmod(place, shares.shape[1])
        if one not in taken[0] and other not in taken[1]:
            found.append((one, other))
            taken[0].add(one)
            taken[1].add(other)
    return found


def judged(finds: Sequence[Box], truth: Sequence[Truth], least: float) -> Verdict:
    """The surest find chooses first, the labelled thing that it overlaps most and that is still free.

    A find without one is forgiven where it overlaps an ignored box as much, or lies mostly inside it.
    """
    boxes = boxes_of(finds)
    wanted = boxes_of([known for known in truth if not known.ignore])
    shares, forgiven = overlaps(boxes, wanted), _forgiven(boxes, truth, least)
    right = np.zeros(len(finds), np.bool_)
    free = np.ones(len(wanted), np.bool_)
    for find in np.argsort([-_sureness(find) for find in finds], kind="stable").tolist():
        wishes = np.where(free, shares[find], -1.0)
        if wishes.size and wishes.max() >= least:
            free[wishes.argmax()] = False
            right[find] = True
    return Verdict(right, ~right & ~forgiven, int(free.sum()))


def _forgiven(boxes: Boxes, truth: Sequence[Truth], least: float) -> NDArray[np.bool_]:
    """(n,) which finds are about a box that does not count."""
    ignored = boxes_of([known for known in truth if known.ignore])
    of_it = (overlaps(boxes, ignored) >= least) | (_inside(boxes, ignored) >= MOSTLY)
    return np.asarray(of_it.any(axis=1), np.bool_)


def _inside(these: Boxes, those: Boxes) -> NDArray[np.float64]:
    """(n, m) which share of each of these lies in each of those; 0 where it has no area."""
    low = np.maximum(these[:, None, :2], those[None, :, :2])
    high = np.minimum(these[:, None, :2] + these[:, None, 2:], those[None, :, :2] + those[None, :, 2:])
    common = np.maximum(high - low, 0.0).prod(axis=2)
    area = np.broadcast_to(these[:, 2:].prod(axis=1)[:, None], common.shape)
    share: NDArray[np.float64] = np.divide(common, area, out=np.zeros_like(common), where=area > 0)
    return share


def _sureness(find: Box) -> float:
    return np.inf if find.score is None else float(find.score)
