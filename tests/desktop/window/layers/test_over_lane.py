"""What a person does with the maps of a lane: finding, choosing and pinning them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from desktop.window.lane_view import LaneView
from desktop.window.layers.lens import Lens
from pipelines.layers.pins import NAME
from pipelines.units import Units
from tests.desktop.window.layers.mosaics import done, units

pytestmark = [
    pytest.mark.usefixtures("look"),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]
SHIFT = Qt.KeyboardModifier.ShiftModifier


def show(view: LaneView, *shown: Units) -> None:
    view.show_outcome(done(view.viewport, *shown))


def place_of(view: LaneView, shown: Units, number: int, across: float = 0.525, down: float = 0.5) -> QPoint:
    """Where a point of a map is in the lane."""
    x, y = shown.corner(shown.grid.units.index(number))
    framing = view.framing()
    assert framing is not None
    left, top = framing.place(x + across * shown.grid.cell[0], y + down * shown.grid.cell[1])
    return QPoint(round(left), round(top))


def lens_of(view: LaneView) -> Lens:
    return view.findChildren(Lens)[0]


def test_a_map_that_is_chosen_by_its_number_is_shown_large(view: LaneView) -> None:
    show(view, units(0))
    assert lens_of(view).isHidden()
    show(view, units(7))
    assert lens_of(view).isVisible()
    assert "no. 7" in lens_of(view).accessibleName()
    QTest.mouseMove(view, place_of(view, units(), 2))
    assert "no. 2" in lens_of(view).accessibleName(), "the pointer says what is looked at"


def test_another_layer_is_no_search(view: LaneView) -> None:
    show(view, units(0))
    show(view, units(7, layer="conv2"))
    assert lens_of(view).isHidden()


def test_an_enlarged_picture_moves_to_the_map_that_is_found(view: LaneView) -> None:
    show(view, units(0))
    view.zoom(3.0, place_of(view, units(), 0).toPointF())
    framing, box = view.framing(), units(11).box_of_chosen()
    assert framing is not None
    assert box is not None
    assert not framing.shows(box)
    show(view, units(11))
    framing = view.framing()
    assert framing is not None
    assert framing.shows(box)
    assert framing.viewport.zoom == pytest.approx(3.0)


def test_the_chosen_map_fills_the_lane_and_the_whole_comes_back(view: LaneView) -> None:
    show(view, units(6))
    view.layers.fill_with_chosen()
    framing, box = view.framing(), units(6).box_of_chosen()
    assert framing is not None
    assert box is not None
    assert framing.shows(box)
    assert framing.scale * box[2] > view.viewport.width / 2
    view.layers.fill_with_chosen()
    assert view.viewport.zoom == 1


@pytest.mark.parametrize("mirror", [False, True])
def test_a_click_finds_the_unit_where_it_is_seen(view: LaneView, mirror: bool) -> None:
    """In a mirrored view the maps keep their places, and each is turned over."""
    told: list[tuple[int, int, int]] = []
    view.layers.unit_chosen.connect(told.append)
    view.set_mirror(mirror)
    show(view, units(0))
    at = place_of(view, units(), 5, across=0.125)
    assert at.x() < view.width() / 2
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
    assert told == [(5, 7, 17 if mirror else 2)]
    bright = view.grab().toImage().pixelColor(at * view.devicePixelRatioF()).red() > 128
    assert bright != mirror


def test_a_click_on_a_kernel_chooses_it(view: LaneView) -> None:
    told: list[tuple[str, int]] = []
    view.layers.cell_chosen.connect(lambda field, number: told.append((field, number)))
    show(view, units(0, kernels=True))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place_of(view, units(), 9))
    assert told == [("channel", 9)]


def test_maps_are_pinned_and_taken_off_and_kernels_are_not(view: LaneView) -> None:
    told: list[tuple[str, int]] = []
    view.layers.map_pinned.connect(lambda layer, number: told.append((layer, number)))
    show(view, units(0))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, SHIFT, place_of(view, units(), 4))
    show(view, units(None, layer=NAME))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, SHIFT, place_of(view, units(), 3))
    show(view, units(0, kernels=True))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, SHIFT, place_of(view, units(), 2))
    show(view, units(None, layer="input"))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, SHIFT, place_of(view, units(), 2))
    assert told == [("conv1", 4), (NAME, 3)]


def test_the_end_of_a_drag_chooses_nothing(view: LaneView) -> None:
    told: list[object] = []
    view.layers.unit_chosen.connect(told.append)
    show(view, units(0))
    at = place_of(view, units(), 4)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at + QPoint(60, 0))
    assert not told
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at + QPoint(1, 1))
    assert len(told) == 1, "a finger is never quite still"


def test_the_menu_of_a_map_does_what_keys_and_modifiers_do(view: LaneView) -> None:
    told: list[object] = []
    view.layers.unit_chosen.connect(told.append)
    view.layers.map_pinned.connect(lambda layer, number: told.append((layer, number)))
    view.layers.cell_chosen.connect(lambda field, number: told.append((field, number)))
    show(view, units(0))
    at = place_of(view, units(), 6)
    for action in range(3):
        asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.mapToGlobal(at))
        QApplication.sendEvent(view, asked)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        menu.actions()[action].trigger()
        menu.close()
    assert told == [("conv1", 6), (6, 7, 10), ("unit", 6)]
