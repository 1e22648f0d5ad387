"""Pictures made of many, as a lane that shows layers makes them."""

from __future__ import annotations

import numpy as np

from pipelines.engine.outcome import Done
from pipelines.engine.turning import view_of
from pipelines.engine.view import Viewport
from pipelines.grid import Grid
from pipelines.pipeline import Nothing
from pipelines.result import Result
from pipelines.units import Units
from tests.desktop.window.outcomes import frame

GRID = Grid(4, 3, (20, 15), 2, tuple(range(12)))


def units(chosen: int | None = 0, *, layer: str = "conv1", kernels: bool = False) -> Units:
    """Twelve maps; or the slices of a kernel, of which `chosen` is one."""
    strengths = np.arange(12, dtype=np.float32)
    if kernels:
        return Units(
            layer, GRID, strengths, chosen=chosen, field="channel", numbers=np.ones((12, 3, 4), np.float32)
        )
    return Units(layer, GRID, strengths, (15, 20), chosen=chosen, turns=True)


def done(viewport: Viewport, *shown: Units) -> Done:
    """The left half of each cell is white."""
    width, height = GRID.size
    picture = np.zeros((height, width, 3), np.uint8)
    for place in range(len(GRID.units)):
        x, y = GRID.corner(place)
        picture[y : y + 15, x : x + 10] = 255
    result = Result(picture, units=shown)
    return Done(frame(picture), Nothing(), result, view_of(result, viewport), 1.0)
