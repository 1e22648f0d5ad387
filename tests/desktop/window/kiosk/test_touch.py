"""Fingers, palms and bags on the screen, as the window system tells of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QTouchEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop import language
from desktop.kiosk.kiosk import Idle, Kiosk, Presence
from desktop.kiosk.pin import hashed
from desktop.window.kiosk.lock import Lock
from tests.desktop.window.kiosk.exhibit import Cameras, Exhibit, station

PIN = "2244"
CORNER = QPoint(20, 20)
TITLES = ("faces", "edges", "lines", "motion")


class Hand:
    """Its fingers, by number, each where it is."""

    def __init__(self, window: QWidget) -> None:
        self._window, self._device = window, QTest.createTouchDevice()
        self._fingers: dict[int, QPoint] = {}

    def put(self, *places: QPoint) -> Sequence[int]:
        """Down at once; their numbers."""
        first = max(self._fingers, default=-1) + 1
        new = dict(enumerate(places, first))
        self._tell(down=new)
        return tuple(new)

    def move(self, places: dict[int, QPoint]) -> None:
        self._tell(moved=places)

    def lift(self, *fingers: int) -> None:
        """These, or all of them."""
        self._tell(up=fingers or tuple(self._fingers))

    def tap(self, *places: QPoint) -> None:
        self.lift(*self.put(*places))

    def cancel(self) -> None:
        """The screen has taken it for a palm."""
        handle = self._window.windowHandle()
        QApplication.sendEvent(handle, QTouchEvent(QEvent.Type.TouchCancel, self._device))

    def _tell(
        self,
        down: dict[int, QPoint] | None = None,
        moved: dict[int, QPoint] | None = None,
        up: Sequence[int] = (),
    ) -> None:
        handle, down, moved = self._window.windowHandle(), down or {}, moved or {}
        event = QTest.touchEvent(handle, self._device, False)
        for finger, place in self._fingers.items():
            if finger in up:
                event.release(finger, place, handle)
            elif finger in moved:
                event.move(finger, moved[finger], handle)
            else:
                event.stationary(finger)
        for finger, place in down.items():
            event.press(finger, place, handle)
        event.commit()
        self._fingers |= down | moved
        for finger in up:
            del self._fingers[finger]


@pytest.fixture
def exhibit(look: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Exhibit]:
    kiosk = Kiosk(
        tmp_path / "kiosk.toml",
        tuple(station(tmp_path, title, "original") for title in TITLES),
        text_size=100,
        pin=hashed(PIN),
        idle=Idle(after=30, countdown=10),
        presence=Presence(on=False),
    )
    made = Exhibit(look, qtbot, kiosk, Cameras())
    lock = Lock(look)
    lock.touched.connect(made.window.touch)
    lock.fingers.connect(made.window.count_fingers)
    yield made
    lock.open()
    lock.deleteLater()
    made.close()


@pytest.fixture
def hand(exhibit: Exhibit) -> Hand:
    return Hand(exhibit.window)


def on(button: QWidget) -> QPoint:
    return button.mapTo(button.window(), button.rect().center())


def is_well(exhibit: Exhibit, hand: Hand) -> None:
    """It is at a station, nothing is open, nothing stays pressed, and each button does what it did."""
    window = exhibit.window
    assert window.isVisible()
    assert QApplication.activePopupWidget() is None
    assert QApplication.activeModalWidget() is None
    assert QApplication.topLevelWidgets().count(window) == 1
    assert not [button for button in window.findChildren(QAbstractButton) if button.isDown()]
    assert window.pad is not None
    assert window.pad.isHidden()
    for number, button in enumerate(window.stations.buttons):
        hand.tap(on(button))
        assert window.mode == "used"
        assert window.station == number
        assert [one.isChecked() for one in window.stations.buttons].index(True) == number


def test_one_finger_chooses_a_station_however_quickly(exhibit: Exhibit, hand: Hand) -> None:
    buttons = exhibit.window.stations.buttons
    for number in (1, 0, 1, 2, 3, 2):
        hand.tap(on(buttons[number]))
        assert exhibit.window.station == number
    assert exhibit.tally.said[:2] == ["began", "station 1"]
    is_well(exhibit, hand)


def test_a_second_tap_on_the_same_button_takes_nothing_back(exhibit: Exhibit, hand: Hand) -> None:
    button = exhibit.window.stations.buttons[1]
    for _tap in range(3):
        hand.tap(on(button))
        assert button.isChecked()
    assert exhibit.tally.said == ["began", "station 1"]


def test_two_fingers_on_two_buttons(exhibit: Exhibit, hand: Hand) -> None:
    buttons = exhibit.window.stations.buttons
    first, second = hand.put(on(buttons[1]), on(buttons[2]))
    assert [button.isDown() for button in buttons] == [False, True, True, False]
    hand.lift(first)
    assert exhibit.window.station == 1
    hand.lift(second)
    assert exhibit.window.station == 2
    is_well(exhibit, hand)


def test_a_finger_that_leaves_its_button_has_chosen_nothing(exhibit: Exhibit, hand: Hand) -> None:
    button = exhibit.window.stations.buttons[2]
    (finger,) = hand.put(on(button))
    hand.move({finger: on(button) - QPoint(0, 300)})
    assert not button.isDown()
    hand.lift()
    assert exhibit.window.station == 0
    is_well(exhibit, hand)


def test_who_leans_on_the_screen_keeps_nobody_from_touching_it(exhibit: Exhibit, hand: Hand) -> None:
    hand.put(QPoint(600, 400))
    exhibit.pass_(20)
    for number, button in enumerate(exhibit.window.stations.buttons):
        (finger,) = hand.put(on(button))
        hand.lift(finger)
        assert exhibit.window.station == number
    hand.lift()
    is_well(exhibit, hand)


def test_a_finger_that_stays_for_a_minute_holds_nothing_up(exhibit: Exhibit, hand: Hand) -> None:
    buttons = exhibit.window.stations.buttons
    (stays,) = hand.put(on(buttons[3]))
    exhibit.pass_(60)
    assert exhibit.window.mode == "resting", "a bag that leans on it is no visitor"
    (other,) = hand.put(on(buttons[1]))
    hand.lift(other)
    assert exhibit.window.station == 1
    hand.lift(stays)
    assert exhibit.window.station == 3
    is_well(exhibit, hand)


@pytest.mark.parametrize("ends", ["lifted", "cancelled"])
def test_a_palm(ends: str, exhibit: Exhibit, hand: Hand) -> None:
    """Ten points between the corner and the buttons, that wander and do not leave together."""
    places = [QPoint(10 + 120 * number, 60 + 70 * number) for number in range(10)]
    fingers = hand.put(*places)
    for step in range(20):
        hand.move(
            {one: place + QPoint(3 * step, 2 * step) for one, place in zip(fingers, places, strict=True)}
        )
    if ends == "cancelled":
        hand.cancel()
    else:
        hand.lift(*fingers[:4])
    hand.lift()
    is_well(exhibit, hand)


def test_what_is_cancelled_was_no_tap(exhibit: Exhibit, hand: Hand) -> None:
    button = exhibit.window.stations.buttons[2]
    hand.put(on(button))
    assert button.isDown()
    hand.cancel()
    assert not button.isDown()
    assert exhibit.window.station == 0
    hand.lift()
    assert exhibit.window.station == 0
    is_well(exhibit, hand)


def test_a_pinch_and_a_long_swipe(exhibit: Exhibit, hand: Hand) -> None:
    middle, edge = QPoint(640, 400), exhibit.window.rect().bottomRight()
    first, second = hand.put(middle - QPoint(20, 0), middle + QPoint(20, 0))
    for step in range(1, 30):
        hand.move({first: middle - QPoint(20 * step, 0), second: middle + QPoint(20 * step, 0)})
    hand.lift()
    (finger,) = hand.put(QPoint(0, 400))
    for step in range(1, 100):
        hand.move({finger: QPoint(edge.x() * step // 100, 400 + 4 * step)})
    hand.lift()
    is_well(exhibit, hand)


def test_a_touch_anywhere_ends_the_countdown_and_so_does_its_button(exhibit: Exhibit, hand: Hand) -> None:
    countdown = exhibit.window.countdown
    hand.tap(on(exhibit.window.stations.buttons[1]))
    for place in (QPoint(100, 300), on(countdown.stay)):
        exhibit.pass_(35)
        assert countdown.isVisible()
        hand.tap(place)
        assert countdown.isHidden()
        assert exhibit.window.station == 1


def test_the_language_changes_at_a_tap(exhibit: Exhibit, hand: Hand) -> None:
    before = exhibit.window.stations.geometry(), exhibit.window.pictures.wall.geometry()
    hand.tap(on(exhibit.window.stations.language))
    assert language.current() == "en"
    assert before == (exhibit.window.stations.geometry(), exhibit.window.pictures.wall.geometry())


# --- the way out


def test_one_finger_that_stays_in_the_corner_is_asked_for_the_pin(exhibit: Exhibit, hand: Hand) -> None:
    pad, left = exhibit.window.pad, []
    assert pad is not None
    exhibit.window.left.connect(lambda: left.append(True))
    hand.put(CORNER)
    assert exhibit.window._press.isActive()
    exhibit.window._press.timeout.emit()
    hand.lift()
    assert pad.isVisible()
    for digit in PIN:  # the same twice is no double click
        hand.tap(on(pad.digits[int(digit)]))
    hand.tap(on(pad.done))
    assert left


@pytest.mark.parametrize("corner_first", [True, False])
def test_a_palm_in_the_corner_is_asked_for_nothing(corner_first: bool, exhibit: Exhibit, hand: Hand) -> None:
    places = (CORNER, CORNER + QPoint(50, 40), QPoint(300, 200))
    for place in places if corner_first else places[::-1]:
        hand.put(place)
    assert not exhibit.window._press.isActive()
    hand.lift()
    hand.put(*places)
    assert not exhibit.window._press.isActive()
    hand.lift()
    is_well(exhibit, hand)


def test_a_finger_that_leaves_the_corner_is_asked_for_nothing(exhibit: Exhibit, hand: Hand) -> None:
    (finger,) = hand.put(CORNER)
    hand.move({finger: QPoint(400, 300)})
    assert not exhibit.window._press.isActive()
    hand.lift()
    is_well(exhibit, hand)


def test_a_key_that_is_held_while_the_pad_goes_is_not_held_for_ever(exhibit: Exhibit, hand: Hand) -> None:
    pad = exhibit.window.pad
    assert pad is not None
    pad.ask()
    hand.put(on(pad.digits[5]))
    assert pad.digits[5].isDown()
    pad.hide()
    assert not pad.digits[5].isDown()
    hand.lift()
    is_well(exhibit, hand)
