"""Several layers in one picture, each in a panel of the same size under its name."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

import cv2
import numpy as np
from msgspec.structs import replace

from models.text import plain
from pipelines.frame import Image
from pipelines.layers.mosaic import ROOM, columns_for
from pipelines.layers.picture import Shown
from pipelines.result import Caption, Key
from pipelines.units import Units

BEHIND = (13, 11, 10)
"""BGR beside the panels: the colour that the window has around a picture."""
GAP = 24
"""Pixels beside the tray of pinned maps."""
NAMED = 8
"""A panel's height is this many times the room for its name above it."""
MARGIN = 11
"""The whole is this many times as high as the ground above and below it, on which the window writes."""


class Panel(NamedTuple):
    layer: str
    shown: Shown
    shape: tuple[int, int] | None
    """Rows and columns of a map; `None` in what is no map."""
    turns: bool = False
    """Whether a place in a cell is one in the camera's picture."""


class Panels(NamedTuple):
    picture: Image
    units: tuple[Units, ...]
    captions: tuple[Caption, ...]
    """The name of each, where there are several."""
    legend: tuple[Key, ...] = ()
    """Of the first of them."""


def side_by_side(panels: Sequence[Panel], aspect: float) -> Panels:
    """Each enlarged by a whole number to about the same size; the whole is about `aspect` times as wide as
    high."""
    if len(panels) == 1:
        (panel,) = panels
        return Panels(panel.shown.picture, (_units(panel, 1, (0, 0)),), (), panel.shown.legend)
    factors = [max(1, round(ROOM / max(panel.shown.picture.shape[:2]))) for panel in panels]
    sizes = [
        (panel.shown.picture.shape[1] * factor, panel.shown.picture.shape[0] * factor)
        for panel, factor in zip(panels, factors, strict=True)
    ]
    room = max(wide for wide, _high in sizes), max(high for _wide, high in sizes)
    gap = max(GAP, room[1] // NAMED)
    columns = columns_for(len(panels), room, aspect)
    rows = math.ceil(len(panels) / columns)
    across, down = room[0] + gap, room[1] + gap
    picture = np.empty((rows * down + gap, columns * across + gap, 3), np.uint8)
    picture[:] = BEHIND
    units, captions = [], []
    for number, (panel, factor, (wide, high)) in enumerate(zip(panels, factors, sizes, strict=True)):
        row, column = divmod(number, columns)
        corner = gap + column * across, gap + row * down
        origin = corner[0] + (room[0] - wide) // 2, corner[1] + (room[1] - high) // 2
        large = cv2.resize(panel.shown.picture, (wide, high), interpolation=cv2.INTER_NEAREST)
        picture[origin[1] : origin[1] + high, origin[0] : origin[0] + wide] = large
        units.append(_units(panel, factor, origin))
        captions.append(Caption((origin[0], origin[1] - gap / 8), plain(panel.layer), "soft"))
    return Panels(cast(Image, picture), tuple(units), tuple(captions), panels[0].shown.legend)


def framed(shown: Panels) -> Panels:
    """With ground above and below it: the window's words hide no map."""
    edge = shown.picture.shape[0] // (MARGIN - 2)
    picture = cast(
        Image, cv2.copyMakeBorder(shown.picture, edge, edge, 0, 0, cv2.BORDER_CONSTANT, value=BEHIND)
    )
    captions = tuple(replace(one, at=(one.at[0], one.at[1] + edge)) for one in shown.captions)
    units = tuple(_moved(one, 1, (0, edge)) for one in shown.units)
    return shown._replace(picture=picture, units=units, captions=captions)


def with_tray(shown: Panels, tray: Panel) -> Panels:
    """What is `shown`, enlarged by a whole number to about the height of the tray, which stands beside it."""
    high, wide = tray.shown.picture.shape[:2]
    factor = max(1, round(high / shown.picture.shape[0]))
    height, width = (side * factor for side in shown.picture.shape[:2])
    picture = np.empty((max(height, high), width + GAP + wide, 3), np.uint8)
    picture[:] = BEHIND
    top, beside = (picture.shape[0] - height) // 2, (picture.shape[0] - high) // 2
    large = shown.picture.repeat(factor, 0).repeat(factor, 1)
    picture[top : top + height, :width] = large
    picture[beside : beside + high, width + GAP :] = tray.shown.picture
    units = [_moved(one, factor, (0, top)) for one in shown.units]
    captions = tuple(
        replace(one, at=(one.at[0] * factor, one.at[1] * factor + top)) for one in shown.captions
    )
    pinned = _units(tray, 1, (width + GAP, beside))
    return shown._replace(picture=picture, units=(*units, pinned), captions=(*captions, *_names(pinned)))


def _names(units: Units) -> Iterator[Caption]:
    """Of what is called otherwise than by its layer and a number, at the foot of each."""
    for place, number in enumerate(units.grid.units):
        x, y = units.corner(place)
        yield Caption((x, y + units.grid.cell[1]), plain(units.labels[number]), "soft")


def _units(panel: Panel, factor: int, origin: tuple[int, int]) -> Units:
    shown = panel.shown
    alone = Units(
        panel.layer,
        shown.grid,
        shown.strengths,
        panel.shape,
        chosen=shown.chosen,
        field=shown.field,
        labels=shown.labels,
        numbers=shown.numbers,
        turns=panel.turns,
    )
    return _moved(alone, factor, origin)


def _moved(units: Units, factor: int, origin: tuple[int, int]) -> Units:
    """Enlarged, and `origin` further right and down."""
    grid = units.grid
    cell = grid.cell[0] * factor, grid.cell[1] * factor
    large = replace(grid, cell=cell, gap=grid.gap * factor)
    at = units.origin[0] * factor + origin[0], units.origin[1] * factor + origin[1]
    return replace(units, grid=large, origin=at)
