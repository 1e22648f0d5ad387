"""The menu of sources: what is there now, without keeping anybody waiting."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.window import icons, source_menu
from desktop.window.actions import ActionSet
from desktop.window.source_menu import SourceMenu, icon_name
from pipelines.sources.camera_list import CameraInfo
from pipelines.stimuli import discover
from tests.pipelines.engine.scripted import DEADLINE

pytestmark = [
    pytest.mark.usefixtures("look"),
    pytest.mark.qt_log_ignore("This plugin does not support"),  # popups, on a screen that is none
]


class System:
    """Lists its cameras as soon as the test lets it."""

    def __init__(self) -> None:
        self.cameras: list[CameraInfo] = [
            CameraInfo("Front", "camera:Front"),
            CameraInfo("机の カメラ", "camera:机の カメラ"),
        ]
        self.answers = threading.Event()
        self.asked = 0

    def list_cameras(self) -> Sequence[CameraInfo]:
        self.asked += 1
        self.answers.wait(DEADLINE)
        return tuple(self.cameras)


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> System:
    made = System()
    monkeypatch.setattr(source_menu, "list_cameras", made.list_cameras)
    return made


@pytest.fixture
def menu(qtbot: QtBot, system: System) -> Iterator[SourceMenu]:
    window = QWidget()
    qtbot.addWidget(window)
    made = SourceMenu(ActionSet(window), window)
    yield made
    system.answers.set()
    made.close()
    made.close_search(DEADLINE)


def words(menu: SourceMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def entry(menu: SourceMenu, text: str) -> QAction:
    return next(action for action in menu.actions() if action.text() == text)


def test_it_opens_at_once_and_the_cameras_come_when_the_system_has_found_them(
    menu: SourceMenu, system: System, qtbot: QtBot
) -> None:
    menu.popup(QPoint(0, 0))
    assert words(menu)[0] == "Looking for cameras…"
    assert "Demo (no camera needed)" in words(menu)
    assert not entry(menu, "Looking for cameras…").isEnabled()
    system.answers.set()
    qtbot.waitUntil(lambda: words(menu)[:2] == ["Front", "机の カメラ"], timeout=5000)


def test_it_looks_again_each_time_it_opens(menu: SourceMenu, system: System, qtbot: QtBot) -> None:
    system.answers.set()
    menu.popup(QPoint(0, 0))
    qtbot.waitUntil(lambda: "Front" in words(menu), timeout=5000)
    menu.close()
    system.cameras.clear()
    menu.popup(QPoint(0, 0))
    assert "Front" in words(menu), "what was there last time, until it is known better"
    qtbot.waitUntil(lambda: words(menu)[0] == "No camera is connected", timeout=5000)
    assert system.asked == 2


def test_a_system_that_hangs_is_asked_once(menu: SourceMenu, system: System) -> None:
    for _ in range(3):
        menu.popup(QPoint(0, 0))
        menu.close()
    assert system.asked == 1


def test_choosing_tells_the_address_and_what_plays_is_ticked(
    menu: SourceMenu, system: System, qtbot: QtBot
) -> None:
    system.answers.set()
    menu.show_address("camera:Front")
    menu.popup(QPoint(0, 0))
    qtbot.waitUntil(lambda: "Front" in words(menu), timeout=5000)
    assert entry(menu, "Front").isChecked()
    assert not entry(menu, "Demo (no camera needed)").isChecked()
    chosen: list[str] = []
    menu.chosen.connect(chosen.append)
    entry(menu, "机の カメラ").trigger()
    entry(menu, "Demo (no camera needed)").trigger()
    assert chosen == ["camera:机の カメラ", "demo:"]


def test_every_stimulus_and_the_canvas_are_offered_and_ticked_however_they_are_set(
    menu: SourceMenu, system: System, qtbot: QtBot
) -> None:
    chosen: list[str] = []
    menu.chosen.connect(chosen.append)
    for text, address in (
        *((stimulus.title.en, f"stimulus:{name}") for name, stimulus in discover().items()),
        ("Canvas", "canvas:"),
    ):
        menu.show_address(f"{address}?speed=0")
        menu.popup(QPoint(0, 0))
        assert [action.text() for action in menu.actions() if action.isChecked()] == [text]
        assert icon_name(address) in icons.names()
        entry(menu, text).trigger()
        assert chosen[-1] == address
        menu.close()


def test_a_closed_menu_asks_no_more(menu: SourceMenu, qtbot: QtBot) -> None:
    menu.popup(QPoint(0, 0))
    menu.close()
    assert not any(timer.isActive() for timer in menu.findChildren(QTimer))


@pytest.mark.parametrize(
    ("address", "icon"),
    [
        ("camera:", "camera"),
        ("camera:Front", "camera"),
        ("video:/a/b.mp4", "video"),
        ("/a/b.mp4", "video"),
        ("pictures:/a", "pictures"),
        ("demo:", "demo"),
        ("stimulus:grating?orientation=45", "grating"),
        ("stimulus:bar", "bar"),
        ("canvas:?ink=white", "canvas"),
        ("http://host/stream", "network"),
        ("rtsp://host/stream", "network"),
    ],
)
def test_every_kind_of_source_has_its_icon(address: str, icon: str) -> None:
    assert icon_name(address) == icon
