"""How much of each pixel lies beyond an edge: edges without steps, at every angle and place."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipelines.visual_field.plane import Direction

LEVEL = 1e-3
"""An edge that leans by less than this share of a pixel a pixel counts as upright or level."""
Pixels = NDArray[np.float32]
"""Of any shape: a distance in pixels, or a share from 0 to 1."""


def passed(distance: Pixels, way: Direction) -> Pixels:
    """The share of a pixel that lies beyond a straight edge, `distance` pixels from the edge to its middle.

    `way` is at a right angle to the edge. Seen along the edge, a square is a trapezium; this is its
    integral.
    """
    one, other = abs(way.right), abs(way.up)
    if min(one, other) < LEVEL:
        return passed_round(distance)
    outer, inner = (one + other) / 2, abs(one - other) / 2
    d = np.clip(distance, -outer, outer)
    area: Pixels = (d + outer) ** 2
    for bend in (inner, -inner):
        area -= np.maximum(d + bend, 0) ** 2
    area /= 2 * one * other
    return area


def between(x: Pixels, y: Pixels, way: Direction, thick: float) -> Pixels:
    """The share of each pixel between two edges at a right angle to `way`, `thick` pixels apart.

    `x` and `y`: how many pixels right and up of their middle line each pixel lies.
    """
    distance: Pixels = np.float32(way.right) * x + np.float32(way.up) * y
    half = np.float32(thick / 2)
    share: Pixels = passed(distance + half, way) - passed(distance - half, way)
    return share


def passed_round(distance: Pixels) -> Pixels:
    """The same for an edge that is bent, and so leans another way at each pixel: it is one pixel wide."""
    share = distance + 0.5
    return np.clip(share, 0.0, 1.0, out=share)
