"""The bar shows where a source is, and reports what a person wants; it never answers itself."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop import language, theme
from desktop.theme import Theme
from desktop.window.controls.track import Track
from desktop.window.place import Place
from desktop.window.transport import Transport
from models.text import Language
from tests.desktop.window.test_icons import pixels

pytestmark = [
    pytest.mark.usefixtures("look"),
    pytest.mark.qt_log_ignore("This plugin does not support"),  # popups, on a screen that is none
]

FILM = Place(123, 630, 30.0)
PICTURES = Place(2, 12, 1 / 3.0, seconds=3.0)
LONG = Place(0, 300_000, 25.0)
ICON_ALONE = Qt.ToolButtonStyle.ToolButtonIconOnly
LEAST = 640 - 2 * 8
"""Pixels that the smallest window leaves for the bar."""


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[Transport]:
    """As wide as the test makes it, whatever it would like."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(2000, 200)
    made = Transport(window)
    made.resize(900, 48)
    window.show()
    made.show_place(FILM)
    yield made
    window.close()


def button(bar: Transport, name: str) -> QToolButton:
    return next(found for found in bar.findChildren(QToolButton) if found.accessibleName() == name)


def shown(bar: Transport) -> list[QWidget]:
    """The parts that are there now, from the left."""
    parts = [part for part in bar.findChildren(QWidget) if part.parent() is bar and part.isVisible()]
    return sorted((part for part in parts if not part.isWindow()), key=QWidget.x)


def names(bar: Transport) -> list[str]:
    return [part.accessibleName() for part in shown(bar) if isinstance(part, QToolButton)]


def press(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def is_written_in(part: QWidget, colour: QColor) -> bool:
    """Whether any pixel of it has just this colour."""
    drawn = pixels(part.grab())[..., :3]
    return bool(np.all(drawn == (colour.red(), colour.green(), colour.blue()), axis=-1).any())


# --- where it is


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (FILM, "0:04 / 0:21   frame 124 of 630"),
        (LONG, "0:00 / 3:20:00   frame 1 of 300000"),
        (Place(2, 3, 0.0, paused=True), "frame 3 of 3"),
        (Place(0, 0, 30.0, paused=True), "0:00 / 0:00   frame 0 of 0"),
        (PICTURES, "picture 3 of 12"),
        (replace(PICTURES, rate=0.0, seconds=0.0), "picture 3 of 12"),
    ],
)
def test_it_says_time_and_frame_or_picture(bar: Transport, place: Place, words: str) -> None:
    bar.show_place(place)
    assert bar.words() == words


def test_showing_a_place_reports_nothing(bar: Transport) -> None:
    told: list[object] = []
    for signal in (bar.seek_wanted, bar.play_wanted, bar.step_wanted, bar.loop_wanted, bar.pace_wanted):
        signal.connect(told.append)
    bar.show_place(Place(500, 630, 30.0, paused=True, loop=False))
    bar.show_place(Place(1, 10, 0.2, seconds=5.0))
    assert not told
    assert bar.findChildren(Track)[0].value() == 1


def test_nothing_moves_while_it_plays(bar: Transport) -> None:
    bar.show_place(LONG)
    QApplication.processEvents()
    before = [part.geometry() for part in shown(bar)]
    bar.show_place(replace(LONG, position=LONG.length - 1))
    QApplication.processEvents()
    assert [part.geometry() for part in shown(bar)] == before


def test_a_slider_that_is_held_stays_where_the_hand_is(bar: Transport) -> None:
    told: list[int] = []
    bar.seek_wanted.connect(told.append)
    track = bar.findChildren(Track)[0]
    middle = track.rect().center()
    QTest.mousePress(track, Qt.MouseButton.LeftButton, pos=middle)
    assert told
    assert told[-1] == pytest.approx(315, abs=3)
    words = bar.words()
    bar.show_place(replace(FILM, position=124))
    assert track.value() == told[-1]
    assert bar.words() == words
    QTest.mouseRelease(track, Qt.MouseButton.LeftButton, pos=middle)
    bar.show_place(replace(FILM, position=320))
    assert track.value() == 320


# --- play, step, loop


def test_play_and_pause_are_one_button(bar: Transport) -> None:
    told: list[bool] = []
    bar.play_wanted.connect(told.append)
    press(button(bar, "Pause"))
    bar.show_place(replace(FILM, paused=True))
    press(button(bar, "Play"))
    assert told == [False, True]


def test_pictures_that_are_turned_by_hand_can_be_played(bar: Transport) -> None:
    told: list[bool] = []
    bar.play_wanted.connect(told.append)
    bar.show_place(replace(PICTURES, rate=0.0, seconds=0.0))
    press(button(bar, "Play"))
    assert told == [True]


@pytest.mark.parametrize(("place", "thing"), [(FILM, "frame"), (PICTURES, "picture")])
def test_steps(bar: Transport, place: Place, thing: str) -> None:
    told: list[int] = []
    bar.step_wanted.connect(told.append)
    bar.show_place(place)
    press(button(bar, f"Next {thing}"))
    press(button(bar, f"Previous {thing}"))
    assert told == [1, -1]


def test_the_loop_is_told_and_shown_as_the_source_has_it(bar: Transport) -> None:
    told: list[bool] = []
    bar.loop_wanted.connect(told.append)
    loop = button(bar, "Loop")
    assert loop.isChecked()
    press(loop)
    assert told == [False]
    assert loop.isChecked(), "it does not answer itself"
    bar.show_place(replace(FILM, loop=False))
    assert not loop.isChecked()
    press(loop)
    assert told == [False, True]
    assert not loop.isChecked()


@pytest.mark.parametrize("dark", [True, False])
def test_the_loop_has_the_accent_colour_while_it_is_on(
    bar: Transport, look: QApplication, dark: bool
) -> None:
    theme.apply(look, Theme(dark=dark))
    accent = theme.current().colour("accent")
    loop = button(bar, "Loop")
    assert is_written_in(loop, accent)
    bar.show_place(replace(FILM, loop=False))
    assert not is_written_in(loop, accent)


# --- the pace of still pictures


def open_menu(bar: Transport, name: str) -> QMenu:
    press(button(bar, name))
    [menu] = [menu for menu in bar.findChildren(QMenu) if menu.isVisible()]
    return menu


def test_only_still_pictures_have_a_pace(bar: Transport) -> None:
    assert names(bar) == ["Previous frame", "Pause", "Next frame", "Loop"]
    bar.show_place(PICTURES)
    assert names(bar) == ["Previous picture", "Pause", "Next picture", "Pace: 3 s", "Loop"]
    bar.show_place(replace(PICTURES, seconds=0.5))
    assert "Pace: 0.5 s" in names(bar)
    bar.show_place(replace(PICTURES, rate=0.0, seconds=0.0))
    assert "Pace: By hand" in names(bar)
    bar.show_place(FILM)
    assert names(bar) == ["Previous frame", "Pause", "Next frame", "Loop"]


def test_the_paces_are_offered_with_the_present_one_ticked(bar: Transport) -> None:
    bar.show_place(PICTURES)
    menu = open_menu(bar, "Pace: 3 s")
    assert [action.text() for action in menu.actions()] == ["By hand", "1 s", "2 s", "3 s", "5 s", "10 s"]
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["3 s"]
    menu.close()
    bar.show_place(replace(PICTURES, seconds=4.0))
    menu = open_menu(bar, "Pace: 4 s")
    assert [action.text() for action in menu.actions()][3:5] == ["3 s", "4 s"]
    menu.close()


def by_mouse(menu: QMenu) -> None:
    [place] = [menu.actionGeometry(action) for action in menu.actions() if action.text() == "5 s"]
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place.center())


def by_keyboard(menu: QMenu) -> None:
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)


@pytest.mark.parametrize("choose", [by_mouse, by_keyboard])
def test_a_pace_is_chosen_and_told(bar: Transport, choose: Callable[[QMenu], None]) -> None:
    told: list[float] = []
    bar.pace_wanted.connect(told.append)
    bar.show_place(PICTURES)
    menu = open_menu(bar, "Pace: 3 s")
    choose(menu)
    assert told == [5.0]
    assert not menu.isVisible()
    assert "Pace: 3 s" in names(bar), "it does not answer itself"


# --- its size


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_targets_are_large_and_named(bar: Transport, look: QApplication, scale: float) -> None:
    theme.apply(look, Theme(scale=scale))
    bar.resize(QSize(1800, bar.sizeHint().height()))
    bar.show_place(PICTURES)
    QApplication.processEvents()
    for found in bar.findChildren(QToolButton):
        assert min(found.width(), found.height()) >= 44 * scale
        assert found.accessibleName()
        assert found.toolTip()
    assert bar.findChildren(Track)[0].accessibleName() == "Position"
    menu = open_menu(bar, "Pace: 3 s")
    for action in menu.actions():
        assert menu.actionGeometry(action).height() >= 44 * scale
    menu.close()


@pytest.mark.parametrize("place", [FILM, LONG, PICTURES, replace(PICTURES, rate=0.0, seconds=0.0)])
@pytest.mark.parametrize("spoken", ["en", "ja"])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_nothing_is_cut_and_nothing_overlaps(
    bar: Transport, look: QApplication, place: Place, spoken: Language, scale: float
) -> None:
    language.speak(spoken)
    theme.apply(look, Theme(scale=scale))
    bar.retranslate()
    bar.show_place(place)
    for width in range(LEAST, 1800, 97):
        bar.resize(width, bar.sizeHint().height())
        QApplication.processEvents()
        parts = shown(bar)
        assert parts[0].x() >= 0
        assert parts[-1].geometry().right() < bar.width()
        for left, right in itertools.pairwise(parts):
            assert left.geometry().right() < right.x()
        for part in parts:
            assert part.width() >= part.minimumSizeHint().width(), f"{part} at {width}"
        assert len(names(bar)) == (5 if place.still else 4)


@pytest.mark.parametrize(
    ("place", "few"), [(FILM, "0:04 / 0:21"), (PICTURES, "3 / 12")], ids=["film", "pictures"]
)
def test_words_give_way_first_then_the_track(
    bar: Transport, look: QApplication, place: Place, few: str
) -> None:
    theme.apply(look, Theme(scale=2.0))
    bar.show_place(place)
    seen: list[tuple[str, bool, bool]] = []
    for width in range(2000, 400, -4):
        bar.resize(width, bar.sizeHint().height())
        QApplication.processEvents()
        pace_in_words = any(
            "Pace" in part.accessibleName() and part.toolButtonStyle() != ICON_ALONE
            for part in shown(bar)
            if isinstance(part, QToolButton)
        )
        track = any(isinstance(part, Track) for part in shown(bar))
        if (bar.words(), pace_in_words, track) not in seen[-1:]:
            seen.append((bar.words(), pace_in_words, track))
    said = place.still
    assert seen[:3] == [(place.words(), said, True), (few, said, True), ("", said, True)]
    assert not said or seen[3] == ("", False, True)
    assert seen[-1] == ("", False, False)
    tracks = [track for _words, _pace, track in seen]
    assert tracks == sorted(tracks, reverse=True)


def test_in_the_smallest_window_at_the_usual_size_everything_is_said(bar: Transport) -> None:
    for place in (FILM, PICTURES):
        bar.show_place(place)
        bar.resize(LEAST, 48)
        QApplication.processEvents()
        assert bar.words() == place.words()
        assert any(isinstance(part, Track) for part in shown(bar))


def test_the_language_may_change(bar: Transport) -> None:
    language.speak("ja")
    bar.retranslate()
    assert "124" in bar.words()
    assert "630" in bar.words()
    bar.show_place(PICTURES)
    assert bar.words() == "12 枚中 3 枚目"
    assert "切り替え：3 秒" in names(bar)
