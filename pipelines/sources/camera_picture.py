"""What a camera's picture is: usable, the same as the last one, black, covered."""

from __future__ import annotations

import cv2
import numpy as np

from pipelines.frame import Image

EVERY_ROW = 40
"""A frame that differs nearly always differs in every 40th row already, which is found in microseconds."""
BLACK = 16
"""The brightest value of a picture that shows nothing: black in the reduced range of video."""

EVERY_PIXEL = 8
CELLS = (16, 12)
"""Columns and rows of the coarse picture in which noise is gone."""
DIM, EVEN = 60.0, 6.0
"""The mean of that picture and the standard deviation in it, below which both nothing is to be seen."""


def as_bgr(picture: object) -> Image | None:
    """(height, width, 3) uint8 BGR, C-contiguous, from grey, BGR or BGRA of 8 or 16 bits.

    `None` from anything else: a driver may hand over whatever it likes.
    """
    if not isinstance(picture, np.ndarray) or picture.size == 0 or picture.ndim not in (2, 3):
        return None
    if picture.dtype == np.uint16:
        picture = (picture >> 8).astype(np.uint8)
    if picture.dtype != np.uint8:
        return None
    channels = 1 if picture.ndim == 2 else picture.shape[2]
    if channels == 3:
        return np.ascontiguousarray(picture)
    if channels in (1, 4):
        code = cv2.COLOR_GRAY2BGR if channels == 1 else cv2.COLOR_BGRA2BGR
        return np.asarray(cv2.cvtColor(np.ascontiguousarray(picture), code))
    return None


def same(one: Image, other: Image) -> bool:
    """True where two BGR pictures agree in every value."""
    if one.shape != other.shape or not np.array_equal(one[::EVERY_ROW], other[::EVERY_ROW]):
        return False
    return cv2.norm(one, other, cv2.NORM_INF) == 0


def is_black(picture: Image) -> bool:
    return int(picture.max()) <= BLACK


def is_covered(picture: Image) -> bool:
    """Whether a hand or a cap lies on the lens, or the room is dark: what is left is dim, even, and noise."""
    few = np.ascontiguousarray(picture[::EVERY_PIXEL, ::EVERY_PIXEL])
    coarse = cv2.resize(few, CELLS, interpolation=cv2.INTER_AREA).astype(np.float32)
    return float(coarse.mean()) < DIM and float(coarse.std(axis=(0, 1)).max()) < EVEN
