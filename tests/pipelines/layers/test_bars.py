"""A bar for each unit, as high as it is strong."""

from __future__ import annotations

import numpy as np
import pytest

from models.inspection.pictures import ZERO
from pipelines.layers.bars import HEIGHT, bars, bars_grid
from pipelines.layers.colours import table
from pipelines.layers.mosaic import GROUND


@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize("count", [1, 7, 300])
def test_each_bar_stands_in_its_cell(count: int, signed: bool) -> None:
    """Upwards where it is positive, downwards from the middle where it is negative; never nothing at all."""
    levels = np.random.default_rng(count).integers(1, 256, count).astype(np.uint8)
    order = tuple(np.argsort(levels).tolist())
    grid, colours = bars_grid(order, 1.5), table("inferno", 1.0, signed=signed)
    picture = bars(levels, grid, colours, signed=signed)
    assert picture.shape[1::-1] == grid.size
    lit = np.zeros(picture.shape[:2], bool)
    foot = HEIGHT // 2 if signed else HEIGHT
    for place, unit in enumerate(order):
        level = int(levels[unit])
        share = (level - ZERO) / (255 - ZERO) if signed else level / 255
        high = abs(share) * (HEIGHT // 2 if signed else HEIGHT)
        x, y = grid.corner(place)
        column = (picture[y : y + HEIGHT + 1, x] == colours[level, 0]).all(1)
        assert column.sum() == pytest.approx(max(1, high), abs=1)
        rows = np.flatnonzero(column)
        assert (rows.min() >= foot) if share < 0 else (rows.max() <= foot)
        lit[y : y + HEIGHT + 1, x : x + grid.cell[0]] |= column[:, None]
    assert (picture[~lit] == GROUND).all()
