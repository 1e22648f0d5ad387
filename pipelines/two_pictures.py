"""Two pictures in one, as large as a lane can show them."""

from __future__ import annotations

import numpy as np

from pipelines.frame import Image

GAP, GROUND = 8, 24
"""Pixels between them, and their grey."""
WIDE = 1.4
"""Width through height from which on one stands over the other, for both are larger so."""


def are_stacked(size: tuple[int, int]) -> bool:
    """Whether a second picture stands under one of this width and height, or else to its right."""
    return size[0] > WIDE * size[1]


def corner_of_second(first: tuple[int, int]) -> tuple[int, int]:
    """x, y of its upper left pixel; `first` is width and height of the other one."""
    return (0, first[1] + GAP) if are_stacked(first) else (first[0] + GAP, 0)


def together(first: Image, second: Image) -> Image:
    """(h, w, 3) BGR of two of these; what neither covers is grey."""
    left, top = corner_of_second((first.shape[1], first.shape[0]))
    height = max(first.shape[0], top + second.shape[0])
    width = max(first.shape[1], left + second.shape[1])
    picture = np.full((height, width, 3), GROUND, np.uint8)
    picture[: first.shape[0], : first.shape[1]] = first
    picture[top : top + second.shape[0], left : left + second.shape[1]] = second
    return picture
