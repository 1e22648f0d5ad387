"""Which boxes are on which faces."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from pipelines.frame import Truth
from pipelines.result import Box

ENOUGH = 0.3
"""Intersection over union from which a box counts as on a face: detectors and people draw boxes in
different styles, and half would measure the style."""
Rectangle = tuple[float, float, float, float]


class Matched(Struct, frozen=True):
    """`scores` holds, for every face to be found, the score of the box on it, `None` where it was lost."""

    scores: tuple[float | None, ...]
    false_alarms: int

    @property
    def hits(self) -> int:
        return sum(score is not None for score in self.scores)


def overlaps(these: Sequence[Rectangle], those: Sequence[Rectangle]) -> NDArray[np.float64]:
    """(n, m) intersection over union of rectangles given as x, y, width, height."""
    a = np.asarray(these, np.float64).reshape(-1, 1, 4)
    b = np.asarray(those, np.float64).reshape(1, -1, 4)
    low = np.maximum(a[..., :2], b[..., :2])
    high = np.minimum(a[..., :2] + a[..., 2:], b[..., :2] + b[..., 2:])
    shared = np.clip(high - low, 0, None).prod(axis=2)
    union = a[..., 2:].prod(axis=2) + b[..., 2:].prod(axis=2) - shared
    ratio: NDArray[np.float64] = np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)
    return ratio


def matched(boxes: Sequence[Box], truth: Sequence[Truth]) -> Matched:
    """Let the surest box choose first: the face that it lies on most and that no other has.

    A box without one is a false alarm, unless it lies on a face that is to be ignored.
    """
    found = sorted(boxes, key=lambda box: -score_of(box))
    faces = [face for face in truth if not face.ignore]
    ignored = [face.box for face in truth if face.ignore]
    on_faces = overlaps([box.box for box in found], [face.box for face in faces])
    on_ignored = overlaps([box.box for box in found], ignored)
    scores: list[float | None] = [None] * len(faces)
    false_alarms = 0
    for box, shared, spared in zip(found, on_faces, on_ignored, strict=True):
        free = [i for i in np.argsort(-shared, kind="stable") if scores[i] is None and shared[i] >= ENOUGH]
        if free:
            scores[free[0]] = score_of(box)
        elif spared.max(initial=0) < ENOUGH:
            false_alarms += 1
    return Matched(tuple(scores), false_alarms)


def score_of(box: Box) -> float:
    """1 where the detector gives none: found is found."""
    return 1.0 if box.score is None else float(box.score)
