"""A drawn digit as networks for digits want it: light on dark, and in the middle."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
BOX = 20 / 32
"""The share of the square that the longer side of a digit takes, as in MNIST."""
INK = 1 / 4
"""The share of the strongest stroke from which a pixel is part of the drawing."""
FAINTEST = 32
"""Levels between the ground and the strongest stroke below which nothing is drawn."""


def centred(drawing: Image, side: int) -> Image:
    """(side, side), light on dark: what is drawn in (h, w), as in MNIST. Its longer side takes 20 of 32
    pixels and its centre of mass lies in the middle. Dark on light is taken for its negative.

    Source: Y. LeCun et al., "Gradient-based learning applied to document recognition", Proc. IEEE 86 (1998).
    """
    light = drawing if np.median(_border(drawing)) < 128 else 255 - drawing
    strength = light.astype(np.float32) - np.median(_border(light))
    empty = np.zeros((side, side), np.uint8)
    if strength.max(initial=0) < FAINTEST:
        return empty
    rows, columns = (np.flatnonzero((strength > INK * strength.max()).any(axis)) for axis in (1, 0))
    stroke = strength[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].clip(0, 255).astype(np.uint8)
    height, width = stroke.shape
    factor = BOX * side / max(height, width)
    small = _resized(stroke, (max(1, round(width * factor)), max(1, round(height * factor))))
    empty[: small.shape[0], : small.shape[1]] = small
    return to_centre_of_mass(empty)


def to_centre_of_mass(digit: Image) -> Image:
    """(side, side): moved by whole pixels, so that its centre of mass lies in pixel side / 2 of both axes."""
    moments = cv2.moments(digit)
    if moments["m00"] == 0:
        return digit
    middle = len(digit) // 2
    right, down = (round(middle - moments[part] / moments["m00"]) for part in ("m10", "m01"))
    moves = np.array([[1, 0, right], [0, 1, down]], np.float32)
    return cast(Image, cv2.warpAffine(digit, moves, digit.shape[::-1], flags=cv2.INTER_NEAREST))


def _border(picture: Image) -> Image:
    """Its outermost pixels in a row."""
    return np.concatenate([picture[[0, -1]].ravel(), picture[:, [0, -1]].ravel()])


def _resized(picture: Image, size: tuple[int, int]) -> Image:
    """To (width, height), averaged where it shrinks."""
    shrinks = picture.shape[0] * picture.shape[1] > size[0] * size[1]
    how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return cast(Image, cv2.resize(np.ascontiguousarray(picture), size, interpolation=how))
