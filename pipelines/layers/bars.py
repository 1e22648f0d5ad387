"""The answer of a layer without maps: a bar for each of its units."""

from __future__ import annotations

import numpy as np

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
    zero = HEIGHT // 2 if signed else 0
    for place, unit in enumerate(grid.units):
        x, top = grid.corner(place)
        level = int(levels[unit])
        reach = (level - ZERO) * zero // (255 - ZERO) if signed else level * HEIGHT // 255
        foot = top + HEIGHT - zero
        first, last = sorted((foot - reach, foot))
        picture[first : max(last, first + 1), x : x + grid.cell[0]] = colours[level, 0]
    return picture
