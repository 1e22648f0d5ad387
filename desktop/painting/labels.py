"""Where labels go: near their box, beside what is seen in it, never over each other."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Rectangles: TypeAlias = NDArray[np.float64]
"""(n, 4) left, top, right, bottom in pixels of the target."""

GAP = 1.0
RESERVED = 4.0
"""How much worse it is to cover a reserved place than to cover a box."""


class Labels(Struct, frozen=True, eq=False):
    """What wants a place, the most important first; every box is in sight, at least in part.

    `boxes` is what each label belongs to, `sizes` (n, 2) its width and height. `below` (n,) says which
    would rather stand below their box, `fixed` (n,) which stand on the lower left corner of their box, or
    hang under it where that place is reserved.
    """

    boxes: Rectangles
    sizes: NDArray[np.float64]
    below: NDArray[np.bool_]
    fixed: NDArray[np.bool_]

    def only(self, chosen: NDArray[np.intp]) -> Labels:
        return Labels(self.boxes[chosen], self.sizes[chosen], self.below[chosen], self.fixed[chosen])


def arrange(labels: Labels, within: Rectangles, reserved: Rectangles) -> Rectangles:
    """A place for each label; a row of NaN where there is none without covering another label.

    `within` (1, 4) is the rectangle that no label leaves; `reserved` are places that they avoid where
    they can.
    """
    places = np.full((len(labels.boxes), 4), np.nan)
    chosen = _fitting(labels, within)
    if not len(chosen):
        return places
    candidates = _candidates(labels.only(chosen), within[0])
    ranks = np.argsort(_cost(candidates, labels.boxes, reserved), axis=1, kind="stable")
    ranked = np.take_along_axis(candidates, ranks[..., None], axis=1)
    taken: list[list[float]] = []
    for label, wishes in zip(chosen, ranked.tolist(), strict=True):
        if (free := _first_free(wishes, taken)) is not None:
            places[label] = free
            taken.append(free)
    return places


def _first_free(wishes: list[list[float]], taken: list[list[float]]) -> list[float] | None:
    """The first rectangle that shares nothing with those that are taken."""
    for wish in wishes:
        left, top, right, bottom = wish
        if all(x0 >= right or x1 <= left or y0 >= bottom or y1 <= top for x0, y0, x1, y1 in taken):
            return wish
    return None


def overlap(these: Rectangles, those: Rectangles) -> NDArray[np.float64]:
    """(n, m) area that each of these n rectangles shares with each of those m."""
    a, b = these[:, None], those[None]
    width = np.minimum(a[..., 2], b[..., 2]) - np.maximum(a[..., 0], b[..., 0])
    height = np.minimum(a[..., 3], b[..., 3]) - np.maximum(a[..., 1], b[..., 1])
    shared: NDArray[np.float64] = np.maximum(width, 0) * np.maximum(height, 0)
    return shared


def _fitting(labels: Labels, within: Rectangles) -> NDArray[np.intp]:
    """Which are no larger than `within`."""
    room = within[0, 2:] - within[0, :2]
    return np.flatnonzero((labels.sizes <= room).all(axis=1))


def _candidates(labels: Labels, within: NDArray[np.float64]) -> Rectangles:
    """(n, 10, 4): above, below, beside and along the inner edges of each box, best first."""
    low, high = np.tile(within[:2], 2), np.tile(within[2:], 2)
    left, top, right, bottom = np.clip(labels.boxes, low, high).T
    width, height = labels.sizes.T
    over, under = top - height - GAP, bottom + GAP
    first, second = np.where(labels.below, under, over), np.where(labels.below, over, under)
    flush, upper, lower = right - width, top + GAP, bottom - height - GAP
    across = np.stack(
        [left, flush, left, flush, right + GAP, left - width - GAP, left, flush, left, flush], 1
    )
    down = np.stack([first, first, second, second, top, top, upper, upper, lower, lower], 1)
    across[labels.fixed] = left[labels.fixed, None]
    hanging = np.stack([bottom - height, bottom, bottom + height], 1)
    down[labels.fixed] = hanging[:, [0, 1] + 8 * [2]][labels.fixed]
    across = np.clip(across, within[0], within[2] - width[:, None])
    down = np.clip(down, within[1], within[3] - height[:, None])
    return np.stack([across, down, across + width[:, None], down + height[:, None]], axis=2)


def _cost(candidates: Rectangles, boxes: Rectangles, reserved: Rectangles) -> NDArray[np.float64]:
    """(n, 10) how much of each candidate covers boxes and reserved places, in areas of the label."""
    flat = candidates.reshape(-1, 4)
    area = (flat[:, 2] - flat[:, 0]) * (flat[:, 3] - flat[:, 1])
    covered = overlap(flat, boxes).sum(axis=1) + RESERVED * overlap(flat, reserved).sum(axis=1)
    cost: NDArray[np.float64] = (covered / area).round(3)
    return cost.reshape(candidates.shape[:2])
