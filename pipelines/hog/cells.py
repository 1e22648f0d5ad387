"""Histograms of gradient directions in a grid of cells, and their normalisation in blocks.

Source: N. Dalal and B. Triggs, "Histograms of oriented gradients for human detection", CVPR 2005.
"""

from __future__ import annotations

import functools
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.frame import Image

Floats = NDArray[np.float64]
Floats32 = NDArray[np.float32]
SPAN = 511
"""Differences of two levels: -255 to 255."""
CLIP, EPSILON = 0.2, 1e-5
"""Of L2-Hys: no share of a block counts for more, and an empty block stays empty."""


def histograms(grey: Image, side: int, orientations: int) -> Floats:
    """(rows, columns, orientations) of the whole cells in the picture: the slope of each pixel, levels
    over two pixels, is added to the bin of its direction, modulo 180° from the right downwards; averages
    over the cell."""
    rows, columns = grey.shape[0] // side, grey.shape[1] // side
    if rows == 0 or columns == 0:
        return np.zeros((rows, columns, orientations))
    across = cast(Floats32, cv2.Sobel(grey, cv2.CV_32F, 1, 0, ksize=1))
    down = cast(Floats32, cv2.Sobel(grey, cv2.CV_32F, 0, 1, ksize=1))
    across[:, [0, -1]] = 0
    down[[0, -1]] = 0
    whole = np.s_[: rows * side, : columns * side]
    across, down = across[whole], down[whole]
    place = cv2.addWeighted(down, SPAN, across, 1, SPAN * SPAN // 2, dtype=cv2.CV_32S)
    where = np.take(_bins(orientations), cast(NDArray[np.int32], place))
    where += _firsts((rows, columns), side, orientations)
    steep = _length(across, down)
    sums = np.bincount(where.ravel(), steep.ravel(), rows * columns * orientations)
    return sums.reshape(rows, columns, orientations) / side**2


def features(cells: Floats, side: int) -> Floats:
    """(rows - side + 1, columns - side + 1, side, side, orientations): every square of `side` × `side` cells,
    normalised by L2-Hys. Empty where there is no such square."""
    rows, columns, orientations = cells.shape
    if rows < side or columns < side:
        return np.zeros((0, 0, side, side, orientations))
    blocks = np.lib.stride_tricks.sliding_window_view(cells, (side, side), (0, 1))
    return _normalised(_normalised(np.moveaxis(blocks, 2, 4)).clip(max=CLIP))


def averaged(blocks: Floats, shape: tuple[int, ...]) -> Floats:
    """(rows, columns, orientations): each cell as the mean of what it is in the blocks around it."""
    sums, known = np.zeros(shape), np.zeros(shape[:2])
    high, wide = blocks.shape[:2]
    for row in range(blocks.shape[2]):
        for column in range(blocks.shape[3]):
            sums[row : row + high, column : column + wide] += blocks[:, :, row, column]
            known[row : row + high, column : column + wide] += 1
    return sums / np.maximum(known, 1)[:, :, None]


def _length(across: Floats32, down: Floats32) -> Floats32:
    """Of each gradient, in the memory of the two. `cv2.magnitude` is quicker by 1 ms for 720p, but in its
    last bit the place of an array in the memory decides."""
    np.multiply(across, across, out=across)
    np.multiply(down, down, out=down)
    across += down
    return np.sqrt(across, out=across)


def _normalised(blocks: Floats) -> Floats:
    length = np.sqrt((blocks**2).sum(axis=(2, 3, 4), keepdims=True) + EPSILON**2)
    return cast(Floats, blocks / length)


@functools.lru_cache(maxsize=8)
def _bins(orientations: int) -> NDArray[np.int64]:
    """(SPAN²,): the bin by 511 times the difference downwards plus that to the right.

    From whole numbers, so that 45° falls into its own bin and not by chance into the one before.
    """
    difference = np.arange(SPAN) - SPAN // 2
    down, across = np.meshgrid(difference, difference, indexing="ij")
    degrees = np.degrees(np.arctan2(down, across)) % 180
    bins = (degrees * orientations / 180 + 1e-9).astype(np.int64)
    return np.minimum(bins, orientations - 1).ravel()


@functools.lru_cache(maxsize=4)
def _firsts(grid: tuple[int, int], side: int, orientations: int) -> NDArray[np.int64]:
    """(rows · side, columns · side): the number of the first bin of each pixel's cell."""
    numbers = np.arange(grid[0] * grid[1], dtype=np.int64).reshape(grid) * orientations
    return np.kron(numbers, np.ones((side, side), np.int64))
