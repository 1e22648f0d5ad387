"""A map that is looked for by its number."""

from __future__ import annotations

import numpy as np
import pytest

from models.inspection.layer import Layer
from pipelines.grid import Grid
from pipelines.layers.chosen import beyond, ring_of
from pipelines.units import Units

GRID = Grid(3, 2, (10, 8), 2, (4, 0, 2, 1, 3))
"""As they stand where the most active come first."""


def units(chosen: int | None) -> Units:
    return Units("conv1", GRID, np.zeros(5, np.float32), (4, 5), origin=(100, 50), chosen=chosen)


def test_the_ring_is_where_the_map_stands() -> None:
    (ring,) = ring_of(units(1))
    x, y, width, height = ring.box
    assert units(1).at(x + width / 2, y + height / 2) == (1, 2, 2)
    assert (x, y, width, height) == (100 + 2 - 1, 50 + 2 + 10 - 1, 12, 10)


@pytest.mark.parametrize("chosen", [None, 0, 9])
def test_where_nobody_has_chosen_nothing_is_marked(chosen: int | None) -> None:
    assert ring_of(units(chosen)) == ()


def test_a_number_that_the_layer_does_not_have_is_said() -> None:
    layer = Layer("conv1", "convolution", (32, 8, 8), 0)
    assert beyond(layer, 31) is None
    said = beyond(layer, 32)
    assert said is not None
    assert said.en == "conv1 has no map 32: its maps are 0 to 31, and the last one is marked."
    assert beyond(Layer("mix", "attention", (197, 768), 0), 700) is None, "features are the maps of tokens"
