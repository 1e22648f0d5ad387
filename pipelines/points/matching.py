"""The same points in two pictures, and where the whole of the one lies in the other.

Source: the ratio test of D. G. Lowe, "Distinctive image features from scale-invariant keypoints", IJCV 60,
91-110 (2004), section 7.1; M. A. Fischler and R. C. Bolles, "Random sample consensus", CACM 24, 381-395
(1981).
"""

from __future__ import annotations

from typing import NamedTuple, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.points.detectors import Described

FEWEST, AGREEING = 4, 10
"""Pairs that a homography needs, and pairs that must agree with it before it is believed."""
MISS = 3.0
"""Pixels by which a pair may miss the place that the homography gives it."""
FARTHEST = 1e5
"""A corner that lies further away is behind the eye."""

Floats = NDArray[np.float32]


class Matched(NamedTuple):
    pairs: NDArray[np.int64]
    """(n, 2): numbers of points of the held picture and of this one that passed the ratio test."""
    agree: NDArray[np.bool_]
    """(n,): whether a pair lies where the homography says."""
    outline: Floats | None
    """(4, 2): where the corners of the held picture are in this one; `None` where it was not found."""


def matched(held: Described, here: Described, size: tuple[int, int], ratio: float) -> Matched:
    """`size` (width, height) is of the held picture. A pair counts whose distance is less than `ratio`
    times that to the second nearest."""
    pairs = _pairs(held, here, ratio)
    if len(pairs) < FEWEST:
        return Matched(pairs, np.zeros(len(pairs), np.bool_), None)
    there, now = held.found.places[pairs[:, 0]], here.found.places[pairs[:, 1]]
    plane, agree = _plane(there, now)
    if plane is None:
        return Matched(pairs, np.zeros(len(pairs), np.bool_), None)
    inside = agree[:, 0].astype(np.bool_)
    outline = _outline(plane, size) if inside.sum() >= AGREEING else None
    return Matched(pairs, inside, outline)


def _pairs(held: Described, here: Described, ratio: float) -> NDArray[np.int64]:
    if len(held.words) == 0 or len(here.words) < 2:
        return np.zeros((0, 2), np.int64)
    norm = cv2.NORM_HAMMING if held.words.dtype == np.uint8 else cv2.NORM_L2
    nearest = cv2.BFMatcher(norm).knnMatch(held.words, here.words, 2)
    good = [one for one, other in nearest if one.distance < ratio * other.distance]
    return np.array([(one.queryIdx, one.trainIdx) for one in good], np.int64).reshape(-1, 2)


def _plane(there: Floats, now: Floats) -> tuple[cv2.typing.MatLike | None, cv2.typing.MatLike]:
    """The homography, `None` where there is none, and which pairs agree with it: (n, 1)."""
    return cv2.findHomography(there, now, cv2.RANSAC, MISS)


def _outline(plane: cv2.typing.MatLike, size: tuple[int, int]) -> Floats | None:
    """`None` where it would be turned inside out, as no flat thing can be seen."""
    width, height = size
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    moved = cast(Floats, cv2.perspectiveTransform(corners[:, None], plane)[:, 0])
    if not (np.abs(moved) < FARTHEST).all() or not cv2.isContourConvex(moved):
        return None
    return moved
