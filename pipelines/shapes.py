"""Connected shapes of a picture in black and white, and their measures.

Source: R. C. Gonzalez and R. E. Woods, "Digital Image Processing", 4th ed., Pearson (2018), sections 12.2,
12.4.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.frame import Image

Outline = NDArray[np.int32]
"""(n, 1, 2): x, y of its corners in pixels."""


class Shape(NamedTuple):
    outlines: tuple[Outline, ...]
    """The outer one first, then those of its holes."""
    area: float
    """Inside of the outer outline, which runs through the middles of its pixels, in square pixels."""
    perimeter: float
    middle: tuple[float, float]
    roundness: float
    """4π times the area through the square of the perimeter: 1 for a circle."""
    solidity: float
    """The share of its convex hull that it fills."""
    elongation: float
    """Length through width of the smallest rectangle around it, however turned."""


def measured(binary: Image, smallest: float) -> list[Shape]:
    """The shapes of what is not 0 with more than `smallest` square pixels, the largest first."""
    outlines, tree = cv2.findContours(binary, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return []
    following, _, inner, outer = tree[0].T.tolist()
    areas = [cv2.contourArea(outline) for outline in outlines]
    found = []
    for number, area in enumerate(areas):
        if area > smallest and outer[number] < 0:
            holes = _chain(inner[number], following)
            kept = [cast(Outline, outlines[hole]) for hole in holes if areas[hole] > smallest]
            found.append(_shape(cast(Outline, outlines[number]), tuple(kept), area))
    return sorted(found, key=lambda shape: -shape.area)


def lines_of(outlines: Sequence[Outline]) -> NDArray[np.float32]:
    """(n, 4): the lines between the corners of each, through the middles of pixels."""
    points = np.concatenate(outlines)[:, 0].astype(np.float32) + np.float32(0.5)
    corners = points.view(np.complex64)[:, 0]  # one number each, which NumPy moves in a sixth of the time
    counts = np.array([len(outline) for outline in outlines])
    ends = np.cumsum(counts)
    lines = np.empty((len(corners), 2), np.complex64)
    lines[:, 0], lines[:-1, 1] = corners, corners[1:]
    lines[ends - 1, 1] = corners[ends - counts]  # each outline is closed
    return lines.view(np.float32)


def _chain(first: int, following: Sequence[int]) -> list[int]:
    """Everything beside `first`, one after another."""
    chain = []
    while first >= 0:
        chain.append(first)
        first = following[first]
    return chain


def _shape(outline: Outline, holes: tuple[Outline, ...], area: float) -> Shape:
    perimeter = cv2.arcLength(outline, True)
    sums = cv2.moments(outline)
    hull = cv2.contourArea(cv2.convexHull(outline))
    sides = sorted(cv2.minAreaRect(outline)[1])
    return Shape(
        (outline, *holes),
        area,
        perimeter,
        (sums["m10"] / sums["m00"] + 0.5, sums["m01"] / sums["m00"] + 0.5),
        4 * math.pi * area / perimeter**2,
        area / hull,
        sides[1] / sides[0],
    )
