"""What stands where in the exhibit, on the screens of museums, with small and with large letters."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop import language
from desktop.kiosk.kiosk import Kiosk, Presence, Station
from desktop.kiosk.kiosk_file import MOST, SHIPPED, read_kiosk
from desktop.kiosk.pin import hashed
from desktop.window.kiosk.card import Card
from desktop.window.kiosk.kiosk_window import KioskWindow
from desktop.window.kiosk.large_button import LargeButton
from desktop.window.kiosk.notice import PRIVACY
from desktop.window.kiosk.phrases import lines, phrases
from desktop.window.kiosk.stations import SMALLEST_LETTERS
from tests.desktop.window.kiosk.exhibit import Cameras, Exhibit, station

SIZES = ((1280, 720), (1280, 800), (1920, 1080), (1080, 1920))
FINGER = 60
SHIPPED_STATIONS = tuple(
    station
    for name in ("edges", "network", "faces")
    for station in read_kiosk(SHIPPED / f"{name}.toml").stations
)


def stations(folder: Path, count: int) -> tuple[Station, ...]:
    """As they are shipped, with a scene that is quickly there."""
    scene = station(folder, "scene", "original").scene
    return tuple(replace(one, scene=scene, lanes=()) for one in SHIPPED_STATIONS[:count])


@pytest.fixture(params=[(100, 6), (150, MOST), (200, 6), (200, MOST)], ids=lambda of: f"{of[0]} %, {of[1]}")
def exhibit(
    request: pytest.FixtureRequest, look: QApplication, qtbot: QtBot, tmp_path: Path
) -> Iterator[Exhibit]:
    text_size, count = request.param
    kiosk = Kiosk(
        tmp_path / "kiosk.toml",
        stations(tmp_path, count),
        text_size=text_size,
        pin=hashed("2468"),
        presence=Presence(on=False),
    )
    made = Exhibit(look, qtbot, kiosk, Cameras())
    yield made
    made.close()


def sizes(exhibit: Exhibit) -> Iterator[KioskWindow]:
    """Its window, in one size after the other."""
    for size in SIZES:
        exhibit.window.resize(*size)
        assert exhibit.window.size().toTuple() == size
        yield exhibit.window


def place(part: QWidget) -> QRect:
    """In the window."""
    return QRect(part.mapTo(part.window(), part.rect().topLeft()), part.size())


def buttons(exhibit: Exhibit) -> list[QAbstractButton]:
    """But for those of the pictures, which nobody touches."""
    window = exhibit.window
    found = window.findChildren(QAbstractButton)
    return [one for one in found if one.isVisible() and not window.pictures.wall.isAncestorOf(one)]


def test_the_pictures_have_half_of_the_height(exhibit: Exhibit) -> None:
    for window in sizes(exhibit):
        assert window.pictures.wall.height() >= window.height() // 2
        assert window.pictures.wall.width() > 0.95 * window.width()


def test_nothing_lies_over_anything_else_nor_outside(exhibit: Exhibit) -> None:
    for window in sizes(exhibit):
        parts = (window.card, window.pictures.wall, *bar(window), window.notice)
        for part in parts:
            assert window.rect().contains(place(part))
        for one, other in combinations(parts, 2):
            assert not place(one).intersects(place(other)), (one, other)


def test_all_that_is_touched_is_large_enough_for_a_finger(exhibit: Exhibit) -> None:
    for window in sizes(exhibit):
        assert window.pad is not None
        window.pad.ask()
        window.countdown.show_left(7)
        keys = (*window.pad.digits, window.pad.back, window.pad.done, window.pad.leave)
        seen = buttons(exhibit)
        assert {*bar(window), window.countdown.stay, *keys} == {*seen}
        for button in seen:
            assert min(button.width(), button.height()) >= FINGER, button.text()
            assert window.rect().contains(place(button)), button.text()
        for one, other in combinations(keys, 2):
            assert not place(one).intersects(place(other))


def test_no_word_is_cut_or_torn_apart_and_nothing_moves(exhibit: Exhibit) -> None:
    for window in sizes(exhibit):
        parts = (window.card, window.pictures.wall, *bar(window), window.notice)
        before = [part.geometry() for part in parts]
        for _language in language.LANGUAGES:
            window.stations.language.click()
            for button in bar(window):
                assert_whole(button)
            for shown in window.kiosk.stations:
                window.card.show_station(shown)
                assert_inside(window.card)
        assert window.notice.sizeHint().width() <= window.notice.width()
        assert all(words in window.notice.text() for words in PRIVACY)
        assert [part.geometry() for part in parts] == before


def test_what_is_said_on_the_pictures_stays_on_them(exhibit: Exhibit) -> None:
    for window in sizes(exhibit):
        assert window.call.isVisible()
        for part in (window.call, window.rest):
            assert window.pictures.wall.geometry().contains(part.geometry())


def bar(window: KioskWindow) -> tuple[LargeButton, ...]:
    return (*window.stations.buttons, window.stations.language)


def assert_whole(button: LargeButton) -> None:
    metrics = QFontMetrics(button.lettering())
    assert button.lettering().pixelSize() >= SMALLEST_LETTERS
    assert len(lines(button.text(), metrics, button.room())) * metrics.lineSpacing() <= button.height()
    assert all(metrics.horizontalAdvance(one.rstrip()) <= button.room() for one in phrases(button.text()))


def assert_inside(card: Card) -> None:
    for label in card.findChildren(QLabel):
        assert card.rect().contains(label.geometry())
        assert label.sizeHint().width() <= label.width() + 1
        assert label.sizeHint().height() <= label.height() + 1
