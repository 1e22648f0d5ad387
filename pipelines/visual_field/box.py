"""How much of each pixel a turned box covers: edges without steps, at every angle and place."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from pipelines.visual_field.plane import Direction, Size, across, along, axes

LEVEL = 1e-3
"""An edge that leans by less than this share of a pixel a pixel counts as upright or level."""


def covered(
    middle: tuple[float, float], length: float, width: float, orientation: float, size: Size
) -> NDArray[np.float32]:
    """(h, w), 0 to 1: the share of each pixel's square that lies in the box.

    `middle` is how far right and up, all measures in picture heights, `orientation` in degrees as in
    `plane.along`. Exact but for the pixels that a corner lies in.
    """
    cover = np.zeros((size[1], size[0]), np.float32)
    right, up = axes(size)
    lengthwise, crosswise = along(orientation), across(orientation)
    columns = _within(right - middle[0], _half(lengthwise.right, length, crosswise.right, width), size)
    rows = _within(up - middle[1], _half(lengthwise.up, length, crosswise.up, width), size)
    x, y = (right[columns] - middle[0])[None, :] * size[1], (up[rows] - middle[1])[:, None] * size[1]
    cover[rows, columns] = _strip(x, y, lengthwise, length * size[1]) * _strip(
        x, y, crosswise, width * size[1]
    )
    return cover


def _half(one: float, length: float, other: float, width: float) -> float:
    """Half of what the box takes along one axis."""
    return (abs(one) * length + abs(other) * width) / 2


def _within(distances: NDArray[np.float64], half: float, size: Size) -> slice:
    """The pixels that the box may touch."""
    near = np.flatnonzero(np.abs(distances) <= half + 1 / size[1])
    return slice(int(near[0]), int(near[-1]) + 1) if len(near) else slice(0, 0)


def _strip(
    x: NDArray[np.float64], y: NDArray[np.float64], way: Direction, thick: float
) -> NDArray[np.float64]:
    """The share of each pixel between two edges at a right angle to `way`, `thick` pixels apart."""
    distance = way.right * x + way.up * y
    return _passed(distance + thick / 2, way) - _passed(distance - thick / 2, way)


def _passed(distance: NDArray[np.float64], way: Direction) -> NDArray[np.float64]:
    """The share of a pixel that lies beyond an edge, `distance` pixels from the edge to its middle.

    Seen along the edge, a square is a trapezium; this is its integral.
    """
    one, other = abs(way.right), abs(way.up)
    if min(one, other) < LEVEL:
        return np.clip(distance / max(one, other) + 0.5, 0.0, 1.0)
    outer, inner = (one + other) / 2, math.fabs(one - other) / 2
    d = np.clip(distance, -outer, outer)
    area: NDArray[np.float64] = (
        (d + outer) ** 2 - np.maximum(d + inner, 0) ** 2 - np.maximum(d - inner, 0) ** 2
    )
    return area / (2 * one * other)
