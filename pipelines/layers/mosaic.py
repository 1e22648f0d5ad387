"""Many maps as one picture: a grid whose cells are theirs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import cast

import cv2
import numpy as np
from msgspec import Struct

from models.inspection.pictures import Bytes
from pipelines.frame import Image

GROUND = (40, 33, 29)
"""BGR between the maps."""
SLACK = 1.5
"""How many times more or fewer columns than the shape asks for may fill the last row."""
LONGEST = 1440
"""Pixels of a picture's longer side at most, where the maps can be shrunk."""


class Grid(Struct, frozen=True):
    """Where each map stands in the picture."""

    columns: int
    rows: int
    cell: tuple[int, int]
    """Width and height of a map, in pixels."""
    gap: int
    """Pixels between two of them, and around all."""
    units: tuple[int, ...]
    """Numbers of the maps, from 0, row by row."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture."""
        across, down = (side + self.gap for side in self.cell)
        return self.columns * across + self.gap, self.rows * down + self.gap

    def corner(self, place: int) -> tuple[int, int]:
        """x, y of the upper left pixel of the map that stands at this place."""
        row, column = divmod(place, self.columns)
        return self.gap + column * (self.cell[0] + self.gap), self.gap + row * (self.cell[1] + self.gap)

    def place_at(self, x: float, y: float) -> int | None:
        """The place of the map under this point of the picture."""
        column, left = divmod(x - self.gap, self.cell[0] + self.gap)
        row, top = divmod(y - self.gap, self.cell[1] + self.gap)
        inside = 0 <= column < self.columns and left < self.cell[0] and row >= 0 and top < self.cell[1]
        place = int(row) * self.columns + int(column) if inside else -1
        return place if 0 <= place < len(self.units) else None


def columns_for(count: int, cell: tuple[int, int], aspect: float) -> int:
    """So many that the whole is about `aspect` times as wide as high, and little of the last row is empty."""
    ideal = math.sqrt(count * aspect * cell[1] / cell[0])
    few, many = max(1, math.floor(ideal / SLACK)), min(count, math.ceil(ideal * SLACK))

    def misfit(columns: int) -> float:
        empty = -count % columns
        return abs(math.log(columns / ideal)) * 2 + empty / count

    return min(range(min(few, count), many + 1), key=misfit)


def side_for(count: int, shape: tuple[int, int], aspect: float) -> int:
    """The longer side of a map, with which `count` of this shape (rows, columns) fill at most `LONGEST`."""
    rows, columns = shape
    across = columns_for(count, (columns, rows), aspect)
    room = LONGEST / max(across * columns, math.ceil(count / across) * rows)
    return max(1, math.ceil(max(rows, columns) * min(1.0, room)))


def grid_of(units: Sequence[int], cell: tuple[int, int], aspect: float) -> Grid:
    """For maps of `cell` (width, height)."""
    columns = columns_for(len(units), cell, aspect)
    gap = max(1, round(max(cell) / 24))
    return Grid(columns, math.ceil(len(units) / columns), cell, gap, tuple(units))


def laid_out(levels: Bytes, grid: Grid, colours: Image) -> Image:
    """(h, w, 3) BGR of maps (n, rows, columns), in the grid's order, through a (256, 1, 3) table."""
    width, height = grid.cell
    down, across = height + grid.gap, width + grid.gap
    shown = levels[list(grid.units)] if grid.units != tuple(range(len(levels))) else levels
    empty = grid.rows * grid.columns - len(shown)
    padded = np.concatenate([shown, np.zeros((empty, height, width), np.uint8)]) if empty else shown
    wall = np.zeros((grid.rows, down, grid.columns, across), np.uint8)
    wall[:, :height, :, :width] = padded.reshape(grid.rows, grid.columns, height, width).transpose(0, 2, 1, 3)
    picture = cast(Image, cv2.applyColorMap(wall.reshape(grid.rows * down, -1), colours))
    bricks = picture.reshape(grid.rows, down, grid.columns, across, 3)
    bricks[:, height:] = GROUND
    bricks[:, :, :, width:] = GROUND
    for place in range(len(shown), grid.rows * grid.columns):
        row, column = divmod(place, grid.columns)
        bricks[row, :, column] = GROUND
    edge = grid.gap
    return cast(Image, cv2.copyMakeBorder(picture, edge, 0, edge, 0, cv2.BORDER_CONSTANT, value=GROUND))
