"""The bar shows where a video is, and reports what a person wants; it never answers itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from desktop import language
from desktop.window.controls.track import Track
from desktop.window.transport import Transport

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def bar(qtbot: QtBot) -> Transport:
    made = Transport()
    qtbot.addWidget(made)
    made.resize(900, 48)
    made.show()
    made.show_position(123, 630, 30.0, False)
    return made


def button(bar: Transport, name: str) -> QToolButton:
    return next(found for found in bar.findChildren(QToolButton) if found.accessibleName() == name)


def test_it_says_time_and_frame(bar: Transport) -> None:
    assert bar.words() == "0:04 / 0:21   frame 124 of 630"
    bar.show_position(0, 300_000, 25.0, True)
    assert bar.words() == "0:00 / 3:20:00   frame 1 of 300000"
    bar.show_position(2, 3, 0.0, True)
    assert bar.words() == "frame 3 of 3"
    bar.show_position(0, 0, 30.0, True)
    assert bar.words() == "0:00 / 0:00   frame 0 of 0"


def test_showing_a_position_reports_nothing(bar: Transport) -> None:
    told: list[int] = []
    bar.seek_wanted.connect(told.append)
    bar.show_position(500, 630, 30.0, True)
    bar.show_position(1, 10, 30.0, True)
    assert not told
    assert bar.findChildren(Track)[0].value() == 1


def test_play_and_pause_are_one_button(bar: Transport) -> None:
    told: list[bool] = []
    bar.play_wanted.connect(told.append)
    QTest.mouseClick(button(bar, "Pause"), Qt.MouseButton.LeftButton)
    bar.show_position(123, 630, 30.0, True)
    QTest.mouseClick(button(bar, "Play"), Qt.MouseButton.LeftButton)
    assert told == [False, True]


def test_steps(bar: Transport) -> None:
    told: list[int] = []
    bar.step_wanted.connect(told.append)
    QTest.mouseClick(button(bar, "Next frame"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(button(bar, "Previous frame"), Qt.MouseButton.LeftButton)
    assert told == [1, -1]


def test_a_slider_that_is_held_stays_where_the_hand_is(bar: Transport) -> None:
    told: list[int] = []
    bar.seek_wanted.connect(told.append)
    track = bar.findChildren(Track)[0]
    middle = track.rect().center()
    QTest.mousePress(track, Qt.MouseButton.LeftButton, pos=middle)
    assert told
    assert told[-1] == pytest.approx(315, abs=3)
    bar.show_position(124, 630, 30.0, False)
    assert track.value() == told[-1]
    QTest.mouseRelease(track, Qt.MouseButton.LeftButton, pos=middle)
    bar.show_position(320, 630, 30.0, False)
    assert track.value() == 320


def test_targets_are_large_and_named(bar: Transport) -> None:
    for found in bar.findChildren(QToolButton):
        assert min(found.width(), found.height()) >= 44
        assert found.accessibleName()
        assert found.toolTip()
    assert bar.findChildren(Track)[0].accessibleName() == "Position"


def test_the_language_may_change(bar: Transport) -> None:
    language.speak("ja")
    bar.retranslate()
    assert "124" in bar.words()
    assert "630" in bar.words()
