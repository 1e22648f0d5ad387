"""What a visitor meets, in the exhibit's own window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from desktop import language
from desktop.kiosk.kiosk import Attract, Hours, Idle, Kiosk, Presence
from desktop.kiosk.pin import hashed
from desktop.window.kiosk import camera, camera_search
from desktop.window.kiosk.lock import Lock
from models.text import Text
from pipelines.engine.outcome import Failed
from tests.desktop.window.kiosk.exhibit import Cameras, Exhibit, station
from tests.desktop.window.whole import picture

PIN = "2468"
GRATING = "stimulus:grating"


@pytest.fixture
def cameras(monkeypatch: pytest.MonkeyPatch) -> Cameras:
    monkeypatch.setattr(camera_search, "AGAIN", 0.05)
    monkeypatch.setattr(camera, "PATIENCE_MS", 100)
    return Cameras()


@pytest.fixture
def exhibit(look: QApplication, qtbot: QtBot, tmp_path: Path, cameras: Cameras) -> Iterator[Exhibit]:
    kiosk = Kiosk(
        tmp_path / "kiosk.toml",
        (
            station(tmp_path, "faces", "original", "grey"),
            station(tmp_path, "edges", "canny"),
            station(tmp_path, "stripes", "gabor", source=GRATING),
        ),
        text_size=100,
        pin=hashed(PIN),
        attract=Attract(after=20, each=5),
        idle=Idle(after=30, countdown=10),
        presence=Presence(on=True, seconds=1.0),
        hours=Hours(time(9, 30), time(17, 0)),
    )
    made = Exhibit(look, qtbot, kiosk, cameras)
    yield made
    made.close()


def words(exhibit: Exhibit) -> str:
    shown = exhibit.window.findChildren(QLabel) + exhibit.window.findChildren(QAbstractButton)
    return " ".join(part.text() for part in shown if part.isVisible())


def press(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


# --- stations, wandering, countdown


def test_it_wanders_by_itself_and_calls_in_both_languages(exhibit: Exhibit) -> None:
    assert exhibit.pipelines() == ["original", "grey"]
    assert exhibit.window.call.isVisible()
    exhibit.pass_(5)
    assert exhibit.pipelines() == ["canny"]
    exhibit.pass_(5)
    assert exhibit.pipelines() == ["gabor"]
    exhibit.pass_(5)
    assert exhibit.pipelines() == ["original", "grey"]
    assert exhibit.tally.said == []


def test_a_large_button_chooses_a_station(exhibit: Exhibit) -> None:
    press(exhibit.window.stations.buttons[1])
    assert exhibit.pipelines() == ["canny"]
    assert not exhibit.window.call.isVisible()
    assert "edges（日）" in words(exhibit)
    assert "edgesを試す。" in words(exhibit)
    exhibit.pass_(25)
    assert exhibit.pipelines() == ["canny"], "who looks is not led away"
    assert exhibit.tally.said == ["began", "station 1"]


def test_what_a_visitor_left_is_put_back_after_a_countdown_that_is_seen(exhibit: Exhibit) -> None:
    press(exhibit.window.stations.buttons[1])
    press(exhibit.window.stations.language)
    assert language.current() == "en"
    exhibit.pass_(29.5)
    assert not exhibit.window.countdown.isVisible()
    exhibit.pass_(0.5)
    assert exhibit.window.countdown.isVisible()
    exhibit.pass_(9.75)
    assert exhibit.window.countdown.isVisible()
    exhibit.pass_(0.25)
    assert not exhibit.window.countdown.isVisible()
    assert language.current() == "ja"
    assert exhibit.pipelines() == ["original", "grey"]
    assert exhibit.tally.said == ["began", "station 1", "ended after 0 s"]


def test_who_is_still_there_says_so(exhibit: Exhibit) -> None:
    press(exhibit.window.stations.buttons[1])
    exhibit.pass_(35)
    press(exhibit.window.countdown.stay)
    assert not exhibit.window.countdown.isVisible()
    assert exhibit.pipelines() == ["canny"]
    assert exhibit.tally.said == ["began", "station 1"]


def test_a_face_that_stays_begins_and_holds_a_visit(exhibit: Exhibit) -> None:
    for _half in range(3):
        exhibit.visit.see(1, exhibit.now)
        exhibit.pass_(0.5)
    assert not exhibit.window.call.isVisible()
    for _half in range(100):
        exhibit.visit.see(1, exhibit.now)
        exhibit.pass_(0.5)
    assert not exhibit.window.countdown.isVisible()
    assert exhibit.tally.said == ["began"]


def test_the_notice_says_in_both_languages_what_the_camera_is_for(exhibit: Exhibit) -> None:
    assert "保存も送信もしません" in words(exhibit)
    assert "Nothing is kept, nothing is sent." in words(exhibit)


# --- opening hours


def test_outside_of_the_opening_hours_the_screen_is_dark_and_the_camera_let_go(
    exhibit: Exhibit, cameras: Cameras
) -> None:
    press(exhibit.window.stations.buttons[1])
    exhibit.until(lambda: exhibit.window.camera.live)
    exhibit.wall = datetime(2026, 11, 26, 17, 0)
    exhibit.pass_(0.5)
    assert exhibit.window.dark.isVisible()
    assert exhibit.window.mode == "closed"
    assert exhibit.window.pictures.newest is None
    exhibit.until(lambda: all(source.closed.is_set() for source in cameras.given))
    image = exhibit.window.grab().toImage()
    assert {image.pixelColor(x, y).lightness() for x in range(0, 1280, 40) for y in range(0, 800, 40)} == {0}
    exhibit.window.touch()
    assert exhibit.tally.said == ["began", "station 1", "ended after 0 s"]
    exhibit.wall = datetime(2026, 11, 27, 9, 30)
    exhibit.pass_(0.5)
    assert not exhibit.window.dark.isVisible()
    exhibit.until(lambda: exhibit.window.camera.live)


# --- the camera


def test_a_camera_that_is_pulled_out_is_stood_in_for_and_comes_back_by_itself(
    exhibit: Exhibit, cameras: Cameras
) -> None:
    exhibit.until(lambda: exhibit.window.camera.live)
    cameras.become(present=False)
    exhibit.until(lambda: exhibit.source() == "demo:")
    assert not exhibit.window.camera.live
    assert exhibit.window.rest.isVisible()
    cameras.become(present=True)
    exhibit.until(lambda: exhibit.window.camera.live)
    assert exhibit.source() == "camera:"
    assert not exhibit.window.rest.isVisible()


def test_a_hand_on_the_lens_gives_no_dead_picture(exhibit: Exhibit, cameras: Cameras) -> None:
    exhibit.until(lambda: exhibit.window.camera.live)
    cameras.become(covered=True)
    exhibit.pass_until(lambda: exhibit.source() == "demo:")
    assert exhibit.window.rest.isVisible()
    assert not exhibit.window.camera.shows_visitors
    cameras.become(covered=False)
    exhibit.until(lambda: exhibit.window.camera.live)
    assert not exhibit.window.rest.isVisible()


def test_a_hand_that_goes_by_is_no_matter(exhibit: Exhibit, cameras: Cameras) -> None:
    exhibit.until(lambda: exhibit.window.camera.live)
    shown = exhibit.frames()
    cameras.become(covered=True)
    exhibit.until(lambda: exhibit.frames() > shown + 20)
    exhibit.pass_(camera.COVERED - 0.5)
    assert exhibit.window.camera.live
    cameras.become(covered=False)
    shown = exhibit.frames()
    exhibit.until(lambda: exhibit.frames() > shown + 20)
    exhibit.pass_(camera.COVERED)
    assert exhibit.window.camera.live


def test_a_station_with_a_source_of_its_own_lets_the_camera_go_and_takes_it_again(
    exhibit: Exhibit, cameras: Cameras
) -> None:
    exhibit.until(lambda: exhibit.window.camera.shows_visitors)
    press(exhibit.window.stations.buttons[2])
    exhibit.until(lambda: exhibit.source() == GRATING and exhibit.window.camera.live)
    assert cameras.given[-1].address == GRATING
    assert all(one.closed.is_set() for one in cameras.given[:-1])
    assert not exhibit.window.camera.shows_visitors, "a face in a film is nobody"
    cameras.become(present=False)
    exhibit.until(lambda: exhibit.source() == "demo:")
    cameras.become(present=True)
    exhibit.until(lambda: exhibit.source() == GRATING)
    press(exhibit.window.stations.buttons[0])
    exhibit.until(lambda: exhibit.window.camera.shows_visitors)


def test_health_hears_of_a_lane_that_fails_until_it_does_no_more(exhibit: Exhibit) -> None:
    exhibit.until(lambda: exhibit.frames() > 0)
    assert exhibit.window.pictures.trouble == ""
    lane = exhibit.session.studio.lanes[0]
    failed = Failed(picture(1), Text("It is out of order.", "故障です。"))
    exhibit.session.freeze(True)
    exhibit.session.outcome.emit(lane, failed)
    assert exhibit.window.pictures.trouble == "original: It is out of order."
    press(exhibit.window.stations.buttons[1])
    assert exhibit.window.pictures.trouble == ""


# --- no way out


@pytest.fixture
def lock(look: QApplication, exhibit: Exhibit) -> Iterator[Lock]:
    made = Lock(look)
    made.touched.connect(exhibit.window.touch)
    yield made
    made.open()
    made.deleteLater()


def test_no_key_and_no_close_does_anything(exhibit: Exhibit, lock: Lock) -> None:
    before = exhibit.window.grab().toImage()
    for key in (
        Qt.Key.Key_Escape,
        Qt.Key.Key_F11,
        Qt.Key.Key_Q,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Space,
        Qt.Key.Key_S,
    ):
        for modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
            QApplication.sendEvent(exhibit.window, QKeyEvent(QEvent.Type.KeyPress, key, modifier))
    exhibit.window.close()
    assert exhibit.window.isVisible()
    assert exhibit.tally.said == []
    assert before.size() == exhibit.window.grab().toImage().size()


def test_there_is_no_menu_and_no_field_to_write_in(exhibit: Exhibit, lock: Lock) -> None:
    middle = QPoint(640, 400)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, middle)
    QApplication.sendEvent(exhibit.window, event)
    assert QApplication.activePopupWidget() is None
    assert not exhibit.window.findChildren(QLineEdit)
    assert not [menu for menu in exhibit.window.findChildren(QMenu) if menu.isVisible()]


def test_the_pictures_take_no_touch(exhibit: Exhibit) -> None:
    child = exhibit.window.childAt(exhibit.window.pictures.wall.geometry().center())
    assert child is None or not exhibit.window.pictures.wall.isAncestorOf(child)


def test_every_button_is_large_enough_for_a_finger(exhibit: Exhibit) -> None:
    press(exhibit.window.stations.buttons[0])
    for button in exhibit.window.findChildren(QAbstractButton):
        if button.isVisible() and not exhibit.window.pictures.wall.isAncestorOf(button):
            assert min(button.width(), button.height()) >= 60, button.text()


def test_a_long_press_in_the_corner_and_the_pin_lead_out(exhibit: Exhibit) -> None:
    window = exhibit.window
    assert window.pad
    left: list[bool] = []
    window.left.connect(lambda: left.append(True))
    QTest.mousePress(window, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert window._press.isActive()
    window._press.timeout.emit()
    assert window.pad.isVisible()
    for digit in "1111":
        press(window.pad.digits[int(digit)])
    press(window.pad.done)
    assert not left
    for digit in PIN:
        press(window.pad.digits[int(digit)])
    press(window.pad.done)
    assert left


def test_a_short_press_asks_nothing(exhibit: Exhibit) -> None:
    QTest.mouseClick(exhibit.window, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert not exhibit.window._press.isActive()
    assert exhibit.window.pad is not None
    assert not exhibit.window.pad.isVisible()
