"""Several layers in one picture: about the same size, under their names, each map where it is said to be."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.grid import Grid
from pipelines.layers.mosaic import ROOM
from pipelines.layers.panels import BEHIND, MARGIN, Panel, Panels, framed, side_by_side, with_tray
from pipelines.layers.picture import Shown


def panel(name: str, cell: tuple[int, int], columns: int, rows: int) -> Panel:
    """Each map of one colour: its number + 1, in all channels."""
    grid = Grid(columns, rows, cell, 1, tuple(range(columns * rows)))
    width, height = grid.size
    picture = np.zeros((height, width, 3), np.uint8)
    for number in grid.units:
        x, y = grid.corner(number)
        picture[y : y + cell[1], x : x + cell[0]] = number + 1
    strengths = np.zeros(len(grid.units), np.float32)
    return Panel(name, Shown(picture, grid, strengths, ()), (cell[1], cell[0]))


def assert_maps_are_where_they_are_said_to_be(shown: Panels) -> None:
    for units in shown.units:
        for place, number in enumerate(units.grid.units):
            x, y = units.grid.corner(place)
            left, top = units.origin[0] + x, units.origin[1] + y
            seen = shown.picture[top : top + units.grid.cell[1], left : left + units.grid.cell[0]]
            assert (seen == number + 1).all(), (units.layer, number)


PANELS = [panel("small", (5, 4), 3, 2), panel("wide", (60, 30), 6, 4), panel("one", (32, 32), 1, 1)]


def test_each_is_enlarged_to_about_the_same_size() -> None:
    shown = side_by_side(PANELS, 16 / 9)
    assert [units.layer for units in shown.units] == ["small", "wide", "one"]
    for units in shown.units:
        longer = max(units.grid.size)
        assert 0.6 * ROOM <= longer <= 1.5 * ROOM, units.layer
    assert_maps_are_where_they_are_said_to_be(shown)


def test_each_has_its_name_above_it_where_there_are_several() -> None:
    shown = side_by_side(PANELS, 1.0)
    for units, caption in zip(shown.units, shown.captions, strict=True):
        assert caption.text.en == units.layer
        assert caption.at[0] == units.origin[0]
        assert 0 < units.origin[1] - caption.at[1] < ROOM / 8
    assert side_by_side(PANELS[:1], 1.0).captions == ()


def test_they_do_not_overlap() -> None:
    shown = side_by_side([*PANELS, *PANELS], 16 / 9)
    covered = np.zeros(shown.picture.shape[:2], int)
    for units in shown.units:
        (left, top), (width, height) = units.origin, units.grid.size
        covered[top : top + height, left : left + width] += 1
    assert covered.max() == 1
    assert (shown.picture[covered == 0] == BEHIND).all()


@pytest.mark.parametrize("panels", [PANELS[:1], PANELS])
def test_the_frame_leaves_room_above_and_below(panels: list[Panel]) -> None:
    bare = side_by_side(panels, 16 / 9)
    shown = framed(bare)
    edge = (shown.picture.shape[0] - bare.picture.shape[0]) // 2
    assert abs(edge - shown.picture.shape[0] / MARGIN) <= 1
    assert (shown.picture[:edge] == BEHIND).all()
    assert (shown.picture[-edge:] == BEHIND).all()
    assert_maps_are_where_they_are_said_to_be(shown)
    moved = [after.at[1] - before.at[1] for before, after in zip(bare.captions, shown.captions, strict=True)]
    assert all(by == edge for by in moved)


def test_pinned_maps_stand_beside_it() -> None:
    bare = panel("tray", (40, 40), 1, 3)
    tray = bare._replace(shown=bare.shown._replace(labels=("a 1", "a 7", "b 2")))
    shown = with_tray(side_by_side(PANELS[:1], 16 / 9), tray)
    first, pinned = shown.units
    assert pinned.origin[0] > first.origin[0] + first.grid.size[0]
    assert [caption.text.en for caption in shown.captions] == ["a 1", "a 7", "b 2"]
    assert_maps_are_where_they_are_said_to_be(shown)
