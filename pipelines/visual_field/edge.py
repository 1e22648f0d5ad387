"""How much of each pixel lies beyond an edge: edges without steps, at every angle and place."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy import floating
from numpy.typing import NDArray

from pipelines.visual_field.plane import Direction

LEVEL = 1e-3
"""An edge that leans by less than this share of a pixel a pixel counts as upright or level."""
F = TypeVar("F", bound=floating)


def passed(distance: NDArray[F], way: Direction) -> NDArray[F]:
    """The share of a pixel that lies beyond a straight edge, `distance` pixels from the edge to its middle.

    `way` is at a right angle to the edge. Seen along the edge, a square is a trapezium; this is its
    integral.
    """
    one, other = abs(way.right), abs(way.up)
    if min(one, other) < LEVEL:
        return passed_round(distance)
    outer, inner = (one + other) / 2, abs(one - other) / 2
    d = np.clip(distance, -outer, outer)
    area: NDArray[F] = (d + outer) ** 2
    for bend in (inner, -inner):
        area -= np.maximum(d + bend, 0) ** 2
    area /= 2 * one * other
    return area


def between(x: NDArray[F], y: NDArray[F], way: Direction, thick: float) -> NDArray[F]:
    """The share of each pixel between two edges at a right angle to `way`, `thick` pixels apart.

    `x` and `y`: how many pixels right and up of their middle line each pixel lies.
    """
    distance = way.right * x + way.up * y
    return passed(distance + thick / 2, way) - passed(distance - thick / 2, way)


def passed_round(distance: NDArray[F]) -> NDArray[F]:
    """The same for an edge that is bent, and so leans another way at each pixel: it is one pixel wide."""
    share = distance + 0.5
    return np.clip(share, 0.0, 1.0, out=share)
