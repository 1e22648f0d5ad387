"""One, two or four lanes of the same size; adding or taking away leaves the others alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.window.caption import LargeCaption
from desktop.window.grid import GAP
from desktop.window.wall import Wall
from models.text import Text
from tests.desktop.window.outcomes import done, gradient

pytestmark = pytest.mark.usefixtures("look")
WORDS = Text("Two detectors look at the same frame. One of them gives up early.", "二つの検出器を比べます。")


@pytest.fixture
def wall(qtbot: QtBot) -> Wall:
    made = Wall()
    qtbot.addWidget(made)
    made.resize(1208, 608)
    made.show()
    return made


def areas(wall: Wall) -> list[tuple[int, int, int, int]]:
    return [view.geometry().getRect() for view in wall.views]  # type: ignore[misc]


def test_layouts(wall: Wall) -> None:
    wall.set_count(1)
    assert areas(wall) == [(0, 0, 1208, 608)]
    wall.set_count(2)
    assert areas(wall) == [(0, 0, 600, 608), (608, 0, 600, 608)]
    wall.set_count(4)
    assert areas(wall) == [(0, 0, 600, 300), (608, 0, 600, 300), (0, 308, 600, 300), (608, 308, 600, 300)]


def test_two_stand_over_one_another_where_it_is_tall(wall: Wall) -> None:
    wall.set_count(2)
    wall.resize(600, 808)
    assert areas(wall) == [(0, 0, 600, 400), (0, 408, 600, 400)]


def test_two_square_pictures_stand_side_by_side_where_two_wide_ones_would_not(wall: Wall) -> None:
    wall.set_count(2)
    wall.resize(900, 708)
    assert areas(wall) == [(0, 0, 900, 350), (0, 358, 900, 350)]
    wall.suit((560, 560))
    assert areas(wall) == [(0, 0, 446, 708), (454, 0, 446, 708)]
    wall.suit((1280, 720))
    assert areas(wall) == [(0, 0, 900, 350), (0, 358, 900, 350)]


@pytest.mark.parametrize("count", [1, 2, 3, 4])
@pytest.mark.parametrize("size", [(1281, 719), (333, 777), (640, 400)])
def test_all_are_equal_inside_and_apart(wall: Wall, count: int, size: tuple[int, int]) -> None:
    wall.set_count(count)
    wall.resize(*size)
    views = [view.geometry() for view in wall.views]
    assert len({(area.width(), area.height()) for area in views}) == 1
    assert all(wall.rect().contains(area) for area in views)
    grown = [area.adjusted(0, 0, GAP - 1, GAP - 1) for area in views]
    for number, area in enumerate(grown):
        assert not any(area.intersects(other) for other in views[number + 1 :])


def test_the_others_stay_when_the_number_changes(wall: Wall) -> None:
    wall.set_count(2)
    first, second = wall.views
    picture = done(gradient(), first.viewport)
    first.show_outcome(picture)
    wall.set_count(4)
    assert wall.views[:2] == (first, second)
    wall.set_count(1)
    assert wall.views == (first,)
    assert first.done is picture


def test_a_press_selects_and_is_told_once(wall: Wall) -> None:
    wall.set_count(4)
    told: list[int] = []
    wall.selection_changed.connect(told.append)
    QTest.mouseClick(wall.views[2], Qt.MouseButton.LeftButton)
    QTest.mouseClick(wall.views[2], Qt.MouseButton.LeftButton)
    assert told == [2]
    assert wall.selected_view() is wall.views[2]


def test_taking_the_selected_one_away_selects_the_last(wall: Wall) -> None:
    wall.set_count(4)
    wall.select(3)
    wall.set_count(2)
    assert wall.selected == 1


def test_taking_away_the_one_with_the_focus_never_selects_another_that_goes(wall: Wall, qtbot: QtBot) -> None:
    wall.set_count(4)
    wall.activateWindow()
    wall.views[2].setFocus()
    qtbot.waitUntil(wall.views[2].hasFocus, timeout=2000)
    told: list[int] = []
    wall.selection_changed.connect(told.append)
    wall.select(2)
    wall.set_count(2)
    assert told[-1:] == [1]
    assert max(told) < 3
    assert wall.focusWidget() is wall.views[1]


def test_the_keyboard_goes_from_lane_to_lane(wall: Wall, qtbot: QtBot) -> None:
    wall.set_count(4)
    wall.activateWindow()
    wall.views[0].setFocus()
    qtbot.waitUntil(wall.views[0].hasFocus, timeout=2000)
    order = []
    for _ in range(8):
        QTest.keyClick(wall.focusWidget(), Qt.Key.Key_Tab)
        focused = wall.focusWidget()
        order += [number for number, view in enumerate(wall.views) if view is focused]
    assert order == [1, 2, 3, 0]


@pytest.mark.parametrize("size", [(1280, 720), (640, 360), (1920, 1080), (400, 500)])
@pytest.mark.parametrize("count", [1, 4])
def test_a_caption_leaves_the_centre_free(wall: Wall, count: int, size: tuple[int, int]) -> None:
    wall.resize(*size)
    wall.set_count(count)
    wall.show_caption(Text("Haar against CNN", "Haar 対 CNN"), WORDS)
    caption = wall.findChildren(LargeCaption)[0]
    lane = wall.views[0].geometry()
    centre = QRect(0, 0, lane.width() // 3, lane.height() // 3)
    centre.moveCenter(lane.center())
    assert caption.isVisible()
    assert lane.contains(caption.geometry())
    assert not centre.intersects(caption.geometry())
    assert WORDS.en in caption.accessibleName()
    wall.hide_caption()
    assert not caption.isVisible()


def test_the_caption_goes_with_the_selection(wall: Wall) -> None:
    wall.set_count(4)
    wall.show_caption(Text("a", "a"), WORDS)
    wall.select(3)
    assert wall.views[3].geometry().contains(wall.findChildren(LargeCaption)[0].geometry())
