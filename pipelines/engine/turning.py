"""A view that is mirrored, of a picture that is made of many: each is turned over in its place, so that they
keep their order and their numbers."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
from msgspec.structs import replace

from pipelines.engine.view import View, Viewport, prepare
from pipelines.frame import Image
from pipelines.result import Box, Mark, Result
from pipelines.units import Units


def view_of(result: Result, viewport: Viewport) -> View:
    """The result's picture, ready for the screen."""
    if not result.units:
        return prepare(result.picture, viewport)
    picture = _turned(result.picture, result.units) if viewport.mirror else result.picture
    return prepare(picture, replace(viewport, mirror=False))


def turned_marks(marks: Sequence[Mark], units: Sequence[Units]) -> tuple[Mark, ...]:
    """Boxes that lie in a cell go where its other pixels go; all else stays."""
    return tuple(_turned_box(mark, units) if isinstance(mark, Box) else mark for mark in marks)


def _turned(picture: Image, units: Sequence[Units]) -> Image:
    made = picture.copy()
    for one in units:
        if one.turns:
            _turn_cells(made, one)
    return made


def _turn_cells(picture: Image, units: Units) -> None:
    """A column of the grid at a time: what is between its cells is the same both ways."""
    grid = units.grid
    width, top = grid.cell[0], units.corner(0)[1]
    bottom = top + grid.rows * (grid.cell[1] + grid.gap) - grid.gap
    for column in range(min(grid.columns, len(grid.units))):
        left = units.corner(column)[0]
        cells = picture[top:bottom, left : left + width]
        cells[:] = cv2.flip(cells, 1)


def _turned_box(box: Box, units: Sequence[Units]) -> Box:
    x, y, width, height = box.box
    for one in units:
        place = one.place_at(x + width / 2, y + height / 2)
        if place is not None and one.turns:
            left = one.corner(place)[0]
            return replace(box, box=(2 * left + one.grid.cell[0] - x - width, y, width, height))
    return box
