"""Maps side by side: each whole, in its order, on a grid of about the wanted shape."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pipelines.layers.colours import table
from pipelines.layers.mosaic import GROUND, LONGEST, columns_for, grid_of, laid_out, side_for


@pytest.mark.parametrize("units", [(0,), (2, 0, 1), tuple(range(7)), tuple(reversed(range(12)))])
def test_each_map_stands_in_its_cell_and_the_rest_is_ground(units: tuple[int, ...]) -> None:
    levels = np.random.default_rng(1).integers(0, 256, (len(units), 5, 9), np.uint8)
    colours = table("viridis", 1.0, signed=False)
    grid = grid_of(units, (9, 5), 4 / 3)
    picture = laid_out(levels, grid, colours)
    wanted = np.empty((*grid.size[::-1], 3), np.uint8)
    wanted[:] = GROUND
    for place, unit in enumerate(units):
        x, y = grid.corner(place)
        wanted[y : y + 5, x : x + 9] = colours[levels[unit], 0]
    np.testing.assert_array_equal(picture, wanted)


@pytest.mark.parametrize("count", [1, 2, 3, 6, 10, 32, 64, 96, 192, 512, 1000, 2048])
@pytest.mark.parametrize("aspect", [4 / 3, 16 / 9])
def test_the_whole_is_about_as_wide_as_it_should_be(count: int, aspect: float) -> None:
    columns = columns_for(count, (4, 3), aspect)
    rows = math.ceil(count / columns)
    assert rows * columns - count <= max(1, 0.2 * count)
    if count >= 32:
        assert 0.6 < columns * 4 / (rows * 3) / aspect < 1.7


@pytest.mark.parametrize("shape", [(112, 112), (56, 100), (7, 7), (1, 400)])
@pytest.mark.parametrize("count", [1, 64, 2048])
def test_no_more_pixels_are_made_than_a_screen_shows(count: int, shape: tuple[int, int]) -> None:
    side = side_for(count, shape, 16 / 9, LONGEST)
    assert 1 <= side <= max(shape)
    factor = side / max(shape)
    columns = columns_for(count, shape[::-1], 16 / 9)
    assert columns * shape[1] * factor <= LONGEST + columns
