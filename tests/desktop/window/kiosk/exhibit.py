"""A whole exhibit on a screen that is none, with clocks that a test moves."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.kiosk.check import read_scenes
from desktop.kiosk.kiosk import Kiosk, Station
from desktop.kiosk.visit import Visit
from desktop.settings import Settings
from desktop.window.kiosk.kiosk_window import KioskWindow
from desktop.window.kiosk.program import Forgetful
from desktop.window.preferences import Preferences
from desktop.window.session import Session
from models.text import Text
from pipelines.frame import Frame
from pipelines.sources.source import NoSignal, Read, Source
from tests.desktop.window.whole import picture
from tests.pipelines.engine.scripted import LiveSource

PATIENCE_MS = 15_000
OPEN = datetime(2026, 11, 26, 12, 0)
OUT = NoSignal(Text("No camera is connected.", "カメラがありません。"))
STEP = 0.25
"""Seconds between two ticks while time passes."""


class Standing(LiveSource):
    """A camera before which nothing moves, until it is pulled out, or a hand lies on it."""

    def __init__(self) -> None:
        super().__init__()
        self.present = True
        self.covered = False

    def read(self) -> Read:
        if given := super().read():
            return given
        if not self.present:
            return OUT
        return Frame.of(np.full((36, 64, 3), 9, np.uint8), 1, 0.0) if self.covered else picture(1)


class Cameras:
    """What the exhibit's own address opens."""

    def __init__(self) -> None:
        self.present, self.covered = True, False
        self.given: list[Standing] = []
        self._guard = threading.Lock()

    def open(self, address: str) -> Source:
        source = Standing()
        source.address = address
        source.present, source.covered = self.present, self.covered
        with self._guard:
            self.given.append(source)
        return source

    def become(self, *, present: bool = True, covered: bool = False) -> None:
        """All that were given, and those to come."""
        with self._guard:
            self.present, self.covered = present, covered
            for source in self.given:
                source.present, source.covered = present, covered


class Tally:
    """Who listens to the visits."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def visit_began(self) -> None:
        self.said.append("began")

    def station_chosen(self, station: int) -> None:
        self.said.append(f"station {station}")

    def visit_ended(self, seconds: float, faces: int) -> None:
        self.said.append(f"ended after {seconds:g} s")


def station(folder: Path, title: str, *pipelines: str, source: str = "") -> Station:
    scene = folder / f"{title}.toml"
    own = f'source = "{source}"\n' if source else ""
    lanes = "".join(f'[[lanes]]\npipeline = "{name}"\n' for name in pipelines)
    scene.write_text(f"{own}layout = {len(pipelines)}\n{lanes}")
    return Station(Text(title, f"{title}（日）"), Text(f"Try {title}.", f"{title}を試す。"), scene)


class Exhibit:
    def __init__(self, app: QApplication, qtbot: QtBot, kiosk: Kiosk, cameras: Cameras) -> None:
        self.qtbot = qtbot
        self.now, self.wall = 1000.0, OPEN
        self.tally = Tally()
        self.session = Session()
        settings = Settings(appearance="dark").changed(text_size=kiosk.text_size)
        self.preferences = Preferences(app, Forgetful(), settings, kiosk.language)
        self.preferences.dress()
        self.visit = Visit(
            len(kiosk.stations),
            kiosk.attract,
            kiosk.idle,
            kiosk.presence,
            now=self.now,
            listener=self.tally,
        )
        self.window = KioskWindow(
            kiosk,
            read_scenes(kiosk),
            self.session,
            self.preferences,
            self.visit,
            now=lambda: self.now,
            wall=lambda: self.wall,
            opens=cameras.open,
        )
        self._painted = 0
        self.window.pictures.painted.connect(self._paint)
        self.window.resize(1280, 800)
        self.window.show()

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=PATIENCE_MS)

    def pass_(self, seconds: float) -> None:
        """Time passes, and the window looks at its clock again and again."""
        end = self.now + seconds
        while self.now < end:
            self.now = min(end, self.now + STEP)
            self.window.tick()

    def pass_until(self, condition: Callable[[], bool]) -> None:
        """Time passes until it is so."""

        def is_so() -> bool:
            self.pass_(STEP)
            return condition()

        self.until(is_so)

    def frames(self) -> int:
        """How many pictures were painted."""
        return self._painted

    def _paint(self) -> None:
        self._painted += 1

    def pipelines(self) -> list[str]:
        return [lane.pipeline.name for lane in self.session.studio.lanes]

    def source(self) -> str:
        return self.session.source.address if self.session.source else ""

    def close(self) -> None:
        self.window.end()
        self.session.close()
        self.window.deleteLater()
        self.preferences.deleteLater()
