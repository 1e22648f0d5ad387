"""A star in every cell: a line for each direction of an edge, as bright as there is of it."""

from __future__ import annotations

import functools
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.frame import Image

LINE = 1.0
"""Pixels across a line, which is soft on both sides."""


def stars(cells: NDArray[np.float64], side: int, brightest: float, size: tuple[int, int]) -> Image:
    """(height, width) uint8 of `size` (width, height); where many lines cross, their brightness adds up.

    `cells` is (rows, columns, orientations), and a value of `brightest` is white.
    """
    rows, columns, orientations = cells.shape
    picture = np.zeros(size[::-1], np.uint8)
    if rows and columns:
        scaled = (cells * (255 / brightest)).astype(np.float32).reshape(-1, orientations)
        drawn = cast(Image, cv2.convertScaleAbs(scaled @ _lines(side, orientations)))
        squares = drawn.reshape(rows, columns, side, side).transpose(0, 2, 1, 3)
        picture[: rows * side, : columns * side] = squares.reshape(rows * side, columns * side)
    return picture


@functools.lru_cache(maxsize=8)
def _lines(side: int, orientations: int) -> NDArray[np.float32]:
    """(orientations, side²): a line through the middle of a cell, at a right angle to the gradient."""
    place = np.arange(side) + 0.5 - side / 2
    y, x = np.meshgrid(place, place, indexing="ij")
    angle = np.pi * (np.arange(orientations) + 0.5) / orientations
    along_x, along_y = -np.sin(angle)[:, None, None], np.cos(angle)[:, None, None]
    along, beside = np.abs(x * along_x + y * along_y), np.abs(x * along_y - y * along_x)
    reach = side / 2 - 0.5
    soft: NDArray[np.float64] = (0.5 + LINE / 2 - beside).clip(0, 1) * (0.5 + reach - along).clip(0, 1)
    return soft.reshape(orientations, -1).astype(np.float32)
