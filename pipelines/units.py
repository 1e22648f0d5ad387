"""Where the units of a layer are in a picture."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from pipelines.grid import Grid


class Units(Struct, frozen=True, eq=False):
    """What stands in each cell of the picture: the maps, or the single units, of one layer.

    A pipeline that has units has parameters for the chosen one: `unit`, `row`, `column`, and `sums`, whether
    its arithmetic is told. `strengths` is (n,): the strongest answer of each, by its number. `shape` is rows
    and columns of a map, which may be shown smaller; a unit has no place in what is no map.
    """

    layer: str
    grid: Grid
    strengths: NDArray[np.float32]
    shape: tuple[int, int] | None = None
    origin: tuple[int, int] = (0, 0)
    """x, y of the grid's upper left corner in the picture."""
    chosen: int | None = None
    """The number of the one that a person has chosen, which is marked."""
    field: str = "unit"
    """The parameter that chooses it."""
    labels: tuple[str, ...] = ()
    """What each is called, by its number, where the layer and the number do not say it."""
    numbers: NDArray[np.float32] | None = None
    """(n, rows, columns): what each cell shows, by its number, where a person may read it."""
    turns: bool = False
    """Whether a place in a cell is a place in the camera's picture: where the view is mirrored each of these
    cells is turned over, and the whole is not."""

    def place_at(self, x: float, y: float) -> int | None:
        """The place in the grid under a point of the picture."""
        return self.grid.place_at(x - self.origin[0], y - self.origin[1])

    def corner(self, place: int) -> tuple[int, int]:
        """x, y of the upper left pixel of what stands at this place."""
        x, y = self.grid.corner(place)
        return x + self.origin[0], y + self.origin[1]

    def box_of_chosen(self) -> tuple[float, float, float, float] | None:
        """x, y, width and height of its cell; `None` where none is chosen."""
        if self.chosen is None or self.chosen not in self.grid.units:
            return None
        return (*self.corner(self.grid.units.index(self.chosen)), *self.grid.cell)

    def at(self, x: float, y: float, *, mirror: bool = False) -> tuple[int, int, int] | None:
        """Map, row and column of the unit at a point of the picture, as it is seen in a view that may be
        mirrored; 0 and 0 in what is no map."""
        place = self.place_at(x, y)
        if place is None:
            return None
        if self.shape is None:
            return self.grid.units[place], 0, 0
        left, top = self.corner(place)
        width, height = self.grid.cell
        across = left + width - x if mirror and self.turns else x - left
        row, column = int((y - top) / height * self.shape[0]), int(across / width * self.shape[1])
        return self.grid.units[place], row, min(column, self.shape[1] - 1)
