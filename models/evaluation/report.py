"""All figures of one detector on one split: by size and kind of face, at the working threshold, by pictures
without faces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models.evaluation.pictures import Picture
from models.evaluation.precision import Bools, Ranking, Sizes, every_face, ranking

FLOOR = 0.02
"""The least score that is asked for: with fewer answers the average precision would be cut short."""
LIMITS = (0.5, 0.3)
"""Overlaps from which an answer is right. Of 0.5 half is a matter of style: whether a face begins at the hair
or at the eyebrows."""
SIZES: dict[str, Sizes] = {"<16": (0, 16), "16-32": (16, 32), "32-96": (32, 96), ">96": (96, float("inf"))}
WITHOUT_FACES = "none"


class Figures(Struct, frozen=True):
    """What a detector does on a split: shares and precisions from 0 to 1, NaN where nothing was to be found.

    The `ap50` and `ap30` of a group count only its own faces; the others neither help nor harm.
    """

    long_side: int
    threshold: float
    ap50: float
    ap30: float
    recall: float
    """At the threshold and an overlap of 0.3, as `precision`."""
    precision: float
    by_size: dict[str, Precisions]
    """By the square root of the box's area, in pixels of the stored picture."""
    by_class: dict[str, Precisions]
    by_kind: dict[str, Precisions]
    """By where the pictures come from."""
    empty_pictures: int
    """Pictures without a face."""
    false_alarms: int
    """In them, at the threshold."""


class Precisions(Struct, frozen=True):
    faces: int
    ap50: float
    ap30: float


def figures(
    pictures: Sequence[Picture], found: Sequence[NDArray[np.float32]], long_side: int, threshold: float
) -> Figures:
    """`found` holds (n, 5) x, y, width, height, score for each picture, from a score of `FLOOR` on."""
    at_half, at_third = (ranking(pictures, found, limit) for limit in LIMITS)
    empty = [boxes for picture, boxes in zip(pictures, found, strict=True) if is_empty(picture)]
    kinds = sorted({picture.labelled.kind for picture in pictures} - {WITHOUT_FACES, ""})
    classes = sorted({str(name) for picture in pictures for name in picture.classes})

    def group(counted: Callable[[Picture], Bools], sizes: Sizes | None = None) -> Precisions:
        return _precisions(*(ranking(pictures, found, limit, counted, sizes) for limit in LIMITS))

    def kind(name: str) -> Precisions:
        chosen = [number for number, picture in enumerate(pictures) if picture.labelled.kind == name]
        some, theirs = [pictures[number] for number in chosen], [found[number] for number in chosen]
        return _precisions(*(ranking(some, theirs, limit) for limit in LIMITS))

    return Figures(
        long_side,
        threshold,
        at_half.average_precision(),
        at_third.average_precision(),
        at_third.recall(threshold),
        at_third.precision(threshold),
        {name: group(every_face, sizes) for name, sizes in SIZES.items()},
        {name: group(partial(_of_class, name)) for name in classes},
        {name: kind(name) for name in kinds},
        len(empty),
        sum(int((boxes[:, 4] >= threshold).sum()) for boxes in empty),
    )


def is_empty(picture: Picture) -> bool:
    """Nothing in it is or may be a face."""
    return len(picture.boxes) == 0


def _of_class(name: str, picture: Picture) -> Bools:
    chosen: Bools = picture.classes == name
    return chosen


def _precisions(at_half: Ranking, at_third: Ranking) -> Precisions:
    return Precisions(at_half.faces, at_half.average_precision(), at_third.average_precision())
