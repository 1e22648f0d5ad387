"""Places and directions in a picture, measured in picture heights from its middle, right and up.

A pixel's place is that of its middle.
"""

from __future__ import annotations

import functools
import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Size = tuple[int, int]
"""Width and height in pixels."""
Axis = NDArray[np.float64]


class Direction(NamedTuple):
    """A way of length 1: so much to the right and so much up."""

    right: float
    up: float


@functools.lru_cache(maxsize=4)
def axes(size: Size) -> tuple[Axis, Axis]:
    """How far right each column is, (width,), and how far up each row, (height,)."""
    width, height = size
    right = (np.arange(width) + 0.5 - width / 2) / height
    up = (height / 2 - np.arange(height) - 0.5) / height
    return right, up


def along(orientation: float) -> Direction:
    """The way of a line at so many degrees from the horizontal, counter-clockwise."""
    # cos 90° is 6e-17 in floats, and an upright edge would not be sharp
    angle = math.radians(orientation)
    return Direction(round(math.cos(angle), 12), round(math.sin(angle), 12))


def across(orientation: float) -> Direction:
    """At a right angle to that line: to the right of an upright one, down from a level one."""
    line = along(orientation)
    return Direction(line.up, -line.right)


def farthest(x: float, y: float, size: Size) -> float:
    """From a place to the corner of the picture that is farthest from it."""
    width, height = size
    return math.hypot(abs(x) + width / height / 2, abs(y) + 0.5)


def blank(size: Size) -> NDArray[np.float32]:
    """(h, w): no pixel is covered yet."""
    return np.zeros((size[1], size[0]), np.float32)
