"""Many maps as one picture: a grid whose cells are theirs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import cast

import cv2
import numpy as np

from models.inspection.pictures import Bytes
from pipelines.frame import Image
from pipelines.grid import Grid

GROUND = (40, 33, 29)
"""BGR between the maps."""
SLACK = 1.5
"""How many times more or fewer columns than the shape asks for may fill the last row."""
LONGEST, ROOM = 1440, 640
"""Pixels of a picture's longer side at most, where the maps can be shrunk: alone, and as one of several."""


def columns_for(count: int, cell: tuple[int, int], aspect: float) -> int:
    """So many that the whole is about `aspect` times as wide as high, and little of the last row is empty."""
    ideal = math.sqrt(count * aspect * cell[1] / cell[0])
    few, many = max(1, math.floor(ideal / SLACK)), min(count, math.ceil(ideal * SLACK))

    def misfit(columns: int) -> float:
        empty = -count % columns
        return abs(math.log(columns / ideal)) * 2 + empty / count

    return min(range(min(few, count), many + 1), key=misfit)


def side_for(count: int, shape: tuple[int, int], aspect: float, longest: int) -> int:
    """The longer side of a map, with which `count` of this shape (rows, columns) fill at most `longest`."""
    rows, columns = shape
    across = columns_for(count, (columns, rows), aspect)
    room = longest / max(across * columns, math.ceil(count / across) * rows)
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
