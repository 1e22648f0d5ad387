"""Which faces were found, and average precision as the detection benchmarks count it.

Source: M. Everingham et al., "The Pascal visual object classes (VOC) challenge", IJCV 88 (2010), with
the area under every point of the curve as since then, and ignored boxes as in T.-Y. Lin et al., COCO (2014).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.evaluation.pictures import Boxes, Picture

Bools = NDArray[np.bool_]
Sizes = tuple[float, float]
"""From (inclusive) to (exclusive), the square root of a box's area in pixels of the stored picture."""
INSIDE = 0.5
"""A box of which this share lies in an ignored one is neither right nor wrong."""


def every_face(picture: Picture) -> Bools:
    return np.ones(len(picture.boxes), bool)


class Ranking(NamedTuple):
    """All answers to all pictures, in no order: how sure each was, and whether it was right."""

    scores: NDArray[np.float64]
    hits: Bools
    faces: int
    """How many there were to be found."""

    def average_precision(self) -> float:
        """The area under the precision, made monotone, over the recall; not a number without a face."""
        if self.faces == 0:
            return float("nan")
        ranked = self.hits[np.argsort(-self.scores, kind="stable")]
        true = np.cumsum(ranked)
        precision = true / np.arange(1, len(true) + 1)
        envelope = np.maximum.accumulate(precision[::-1])[::-1]
        return float(np.sum(envelope[ranked]) / self.faces)

    def recall(self, threshold: float) -> float:
        """The share of the faces that are found at this threshold."""
        return float(self.hits[self.scores >= threshold].sum() / max(1, self.faces))

    def precision(self, threshold: float) -> float:
        """The share of the answers that are right at this threshold; not a number without an answer."""
        sure = self.hits[self.scores >= threshold]
        return float(sure.mean()) if len(sure) else float("nan")


def ranking(
    pictures: Sequence[Picture],
    found: Sequence[NDArray[np.float32]],
    limit: float,
    counted: Callable[[Picture], Bools] = every_face,
    sizes: Sizes | None = None,
) -> Ranking:
    """`found` holds (n, 5) x, y, width, height, score for each picture, in pixels of it as stored.

    An answer is right where it overlaps a face, that no surer answer took, by `limit` at least. Faces that
    are marked so, are not `counted` or are not of these `sizes` are ignored: who finds them is neither right
    nor wrong, and neither is an answer of another size on no face.
    """
    parts = [
        _judged(picture, boxes[np.argsort(-boxes[:, 4], kind="stable")], limit, counted(picture), sizes)
        for picture, boxes in zip(pictures, found, strict=True)
    ]
    scores = np.concatenate([np.zeros(0), *(scores for scores, _hits, _faces in parts)])
    hits = np.concatenate([np.zeros(0, bool), *(hits for _scores, hits, _faces in parts)])
    return Ranking(scores, hits, sum(faces for _scores, _hits, faces in parts))


def _judged(
    picture: Picture, boxes: NDArray[np.float32], limit: float, counted: Bools, sizes: Sizes | None
) -> tuple[NDArray[np.float32], Bools, int]:
    """(scores, right or not, faces) of one picture, whose answers come in falling order."""
    ignored = picture.ignored | ~counted
    if sizes is not None:
        ignored |= ~_of_size(picture.boxes, sizes)
    wanted, others = picture.boxes[~ignored], picture.boxes[ignored]
    with_wanted, _ = overlaps(boxes[:, :4], wanted)
    with_others, covered = overlaps(boxes[:, :4], others)
    excused = (with_others >= limit).any(1) | (covered >= INSIDE).any(1)
    if sizes is not None:
        excused |= ~_of_size(boxes[:, :4], sizes)
    hits = _taken(with_wanted, limit)
    kept = hits | ~excused
    return boxes[kept, 4], hits[kept], len(wanted)


def _taken(overlap: NDArray[np.float32], limit: float) -> Bools:
    """For each answer in turn whether it gets a face: the one it overlaps most of those that are free."""
    free = np.ones(overlap.shape[1], bool)
    hits = np.zeros(len(overlap), bool)
    for row in np.flatnonzero((overlap >= limit).any(1)):
        left = np.where(free, overlap[row], -1.0)
        best = left.argmax()
        if left[best] >= limit:
            free[best] = False
            hits[row] = True
    return hits


def overlaps(found: Boxes, wanted: Boxes) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(n, m) each: intersection over union, and the share of the found box that lies in the wanted one."""
    low = np.maximum(found[:, None, :2], wanted[None, :, :2])
    high = np.minimum(found[:, None, :2] + found[:, None, 2:], wanted[None, :, :2] + wanted[None, :, 2:])
    common = (high - low).clip(0).prod(2)
    area = found[:, 2:].prod(1)[:, None]
    return common / (area + wanted[:, 2:].prod(1)[None] - common + 1e-9), common / (area + 1e-9)


def _of_size(boxes: Boxes, sizes: Sizes) -> Bools:
    size = np.sqrt(boxes[:, 2:].clip(0).prod(1))
    within: Bools = (size >= sizes[0]) & (size < sizes[1])
    return within
