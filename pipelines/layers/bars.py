"""The answer of a layer without maps: a bar for each of its units."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.inspection.pictures import ZERO, Bytes
from pipelines.frame import Image
from pipelines.grid import Grid
from pipelines.layers.mosaic import GROUND, grid_of

HEIGHT = 48
WIDTHS = ((64, 12), (256, 6), (2048, 3))
"""Up to so many units a bar has so many pixels; beyond, one."""


def bars_grid(units: tuple[int, ...], aspect: float) -> Grid:
    """A cell for each bar, in rows that are read as text is."""
    width = next((pixels for most, pixels in WIDTHS if len(units) <= most), 1)
    return grid_of(units, (width, HEIGHT), aspect * 1.4)


def bars(levels: Bytes, grid: Grid, colours: Image, *, signed: bool) -> Image:
    """(h, w, 3) BGR of (n,) levels; upwards from the foot of each row, or from its middle where they can be
    negative."""
    width, height = grid.size
    picture = np.empty((height, width, 3), np.uint8)
    picture[:] = GROUND
    shown = levels[list(grid.units)]
    lit, colour = _lit(shown, signed=signed)[..., None, None], colours[shown, 0][:, None]
    cell, across = grid.cell[0], grid.cell[0] + grid.gap
    for first in range(0, len(shown), grid.columns):
        row = slice(first, first + grid.columns)
        block = np.empty((HEIGHT + 1, len(shown[row]), across, 3), np.uint8)
        block[:] = GROUND
        block[:, :, :cell] = np.where(lit[:, row], colour[row], np.array(GROUND, np.uint8))
        left, top = grid.corner(first)
        picture[top : top + HEIGHT + 1, left : left + across * len(shown[row])] = block.reshape(
            HEIGHT + 1, -1, 3
        )
    return picture


def _lit(levels: Bytes, *, signed: bool) -> NDArray[np.bool_]:
    """(HEIGHT + 1, n): which pixels of each bar; one at its foot at least, which may be the one below."""
    zero = HEIGHT // 2 if signed else 0
    strength = levels.astype(np.intp)
    reach = (strength - ZERO) * zero // (255 - ZERO) if signed else strength * HEIGHT // 255
    foot = HEIGHT - zero
    first = np.minimum(foot - reach, foot)
    last = np.maximum(np.maximum(foot - reach, foot), first + 1)
    at = np.arange(HEIGHT + 1)[:, None]
    lit: NDArray[np.bool_] = (first <= at) & (at < last)
    return lit
