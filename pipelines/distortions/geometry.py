"""Rotation and scale about the middle of the picture, and where labelled boxes come to lie."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import cast

import cv2
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from pipelines.frame import Image, Truth

SEEN = 0.4
"""The share of a box that must be left in the picture: of less nobody could say what it is."""
Size = tuple[int, int]
Linear = NDArray[np.float64]
"""(2, 2): from a way in the untouched picture to one in the moved one, both as (x, y)."""


def moved(image: Image, rotation: float, scale: float) -> Image:
    """`image` (h, w, 3) turned clockwise by `rotation` degrees and `scale` times as large.

    In a picture of the same size; black where there is nothing.
    """
    size = (image.shape[1], image.shape[0])
    if scale < 1:  # averaged, not picked: what is far away does not flicker
        image = cast(Image, cv2.resize(image, _shrunk(size, scale), interpolation=cv2.INTER_AREA))
        return _turned(image, _turn(rotation), size) if rotation else _centred(image, size)
    return _turned(image, scale * _turn(rotation), size) if rotation or scale > 1 else image


def moved_truth(truth: tuple[Truth, ...], size: Size, rotation: float, scale: float) -> tuple[Truth, ...]:
    """Where boxes in a picture of this `size` (width, height) come to lie, cut at its edges.

    One that is turned becomes the upright box around the ellipse that filled it: of the turned box it
    would be too large. One of which less than 40 % stays in the picture is neither missed nor a false alarm.
    """
    if not truth or (rotation == 0 and scale == 1):
        return truth
    return tuple(_moved_boxes(truth, _linear(size, rotation, scale), size))


def untouched(at: tuple[float, float], size: Size, rotation: float, scale: float) -> tuple[float, float]:
    """Which point of the untouched picture is seen at `at`, both in pixels from the upper left corner."""
    middle = np.array(size) / 2
    x, y = np.linalg.solve(_linear(size, rotation, scale), at - middle) + middle
    return float(x), float(y)


def _linear(size: Size, rotation: float, scale: float) -> Linear:
    shares = np.divide(_shrunk(size, scale), size) if scale < 1 else np.full(2, scale)
    linear: Linear = _turn(rotation) @ np.diag(shares)
    return linear


def _turn(degrees: float) -> Linear:
    """Clockwise as one sees it, for y points down."""
    # cos 90° is 6e-17 in floats, and a picture that was turned by a right angle would be interpolated
    cos, sin = (round(f(math.radians(degrees)), 12) for f in (math.cos, math.sin))
    return np.array([[cos, -sin], [sin, cos]])


def _shrunk(size: Size, scale: float) -> Size:
    """A side keeps its parity, so that the middle stays where it is, to the pixel."""
    width, height = (max(1, side - 2 * round((1 - scale) * side / 2)) for side in size)
    return width, height


def _turned(image: Image, linear: Linear, size: Size) -> Image:
    """The middle of `image` comes to the middle of a picture of this `size`."""
    width, height = size
    middle = np.array([image.shape[1] - 1, image.shape[0] - 1]) / 2  # OpenCV counts from the pixels' middles
    shift = np.array([width - 1, height - 1]) / 2 - linear @ middle
    matrix = np.concatenate([linear, shift[:, None]], 1)
    return cast(Image, cv2.warpAffine(image, matrix, size, flags=cv2.INTER_LINEAR))


def _centred(image: Image, size: Size) -> Image:
    x, y = ((whole - part) // 2 for whole, part in zip(size, image.shape[1::-1], strict=True))
    below, right = size[1] - y - image.shape[0], size[0] - x - image.shape[1]
    return cast(Image, cv2.copyMakeBorder(image, y, below, x, right, cv2.BORDER_CONSTANT))


def _moved_boxes(truth: tuple[Truth, ...], linear: Linear, size: Size) -> Iterator[Truth]:
    middle = np.array(size) / 2
    for known in truth:
        corner, sides = np.array(known.box[:2]), np.array(known.box[2:])
        centre = linear @ (corner + sides / 2 - middle) + middle
        reach = np.sqrt(linear**2 @ (sides / 2) ** 2)
        first, last = centre - reach, centre + reach
        inside = np.clip([first, last], 0, size)
        width, height = inside[1] - inside[0]
        if width > 0 and height > 0:
            x, y = inside[0]
            left = width * height / np.prod(2 * reach)
            box = (float(x), float(y), float(width), float(height))
            yield replace(known, box=box, ignore=known.ignore or bool(left < SEEN))
