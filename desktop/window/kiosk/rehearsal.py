"""The window's side of a soak: does what it is told, with a camera whose driver is a bad one."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated

import numpy as np
from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication

from desktop.kiosk.soak.deeds import (
    CAMERA,
    CameraDeed,
    CameraFault,
    ClockJump,
    Deed,
    LaneDeed,
    Stall,
    Touch,
    read,
)
from desktop.window.kiosk.kiosk_window import KioskWindow
from models.errors import PipelineError
from models.text import Text, plain
from pipelines.frame import Frame, Image
from pipelines.parameters import Parameters, number
from pipelines.pipeline import Pipeline
from pipelines.result import Result
from pipelines.sources import demo_reel
from pipelines.sources.camera import Camera
from pipelines.sources.camera_backend import CameraDevice, OpenCamera, Wish
from pipelines.sources.source import Source

RATE = 30.0
LONGEST = 60.0
"""Seconds that a pipeline hangs, at most."""
NAME = "Rehearsal"


class BadDriver:
    """A `CameraBackend` with one camera, which films the demo and breaks down when it is told to."""

    def __init__(self) -> None:
        self._fault: CameraFault | None = None
        self._until = 0.0

    def break_down(self, fault: CameraFault, seconds: float) -> None:
        self._fault, self._until = fault, time.monotonic() + seconds

    @property
    def fault(self) -> CameraFault | None:
        """Of this moment."""
        return self._fault if time.monotonic() < self._until else None

    def devices(self) -> Sequence[CameraDevice]:
        return () if self.fault == "gone" else (CameraDevice(NAME, 0),)

    def open(self, device: CameraDevice, wish: Wish) -> OpenCamera | None:
        return None if self.fault in ("gone", "busy") else _BadCamera(self)

    def source(self, address: str) -> Source:
        """The real camera source, on this driver."""
        camera = Camera(backend=self)
        assert camera.address == CAMERA
        return camera


class _BadCamera:
    rate = RATE

    def __init__(self, driver: BadDriver) -> None:
        self._driver = driver
        self._number = 0
        self._released = threading.Event()

    def read(self) -> Image | None:
        self._released.wait(1 / RATE)
        match self._driver.fault:
            case "gone" | "busy":
                return None
            case "black":
                return np.zeros((720, 1280, 3), np.uint8)
            case "hanging":
                while self._driver.fault == "hanging" and not self._released.wait(0.1):
                    pass
            case "frozen":
                pass
            case None:
                self._number = (self._number + 1) % demo_reel.LENGTH
        return demo_reel.frame(self._number)[0].copy()

    def release(self) -> None:
        self._released.set()


class BadParameters(Parameters, frozen=True):
    """How it behaves: 0 fails, 1 hangs."""

    behaviour: Annotated[int, number(0, 1, title=plain("behaviour"), help=plain(""))] = 0


class BadPipeline(Pipeline[BadParameters]):
    """Stands in a lane for a while and does not do its work."""

    name = "rehearsal"
    title = Text("Rehearsal", "予行演習")
    explanation = plain("")
    citation = ""
    kind = "classic"
    parameters = BadParameters
    over = threading.Event()
    """Whoever hangs comes back then."""

    def process(self, frame: Frame, parameters: BadParameters) -> Result:
        if parameters.behaviour:
            BadPipeline.over.wait(LONGEST)
            return Result(frame.image)
        raise PipelineError("This is a rehearsal.", "予行演習です。")


class Rehearsal(QObject):
    _window: KioskWindow

    def __init__(self) -> None:
        super().__init__()
        self.driver = BadDriver()
        self._shift = timedelta()

    def begin(self, window: KioskWindow) -> None:
        """In this window, from now on."""
        self._window = window

    def wall(self) -> datetime:
        """The clock on the wall, as often as it was set."""
        return datetime.now() + self._shift

    def today(self) -> date:
        return self.wall().date()

    def hear(self, line: bytes) -> None:
        if deed := read(line):
            self._do(deed)

    def _do(self, deed: Deed) -> None:
        match deed:
            case Touch(x, y):
                self._touch(QPoint(round(x * self._window.width()), round(y * self._window.height())))
            case CameraDeed(fault, seconds):
                self.driver.break_down(fault, seconds)
            case LaneDeed(fault, seconds):
                self._break_lane(hangs=fault == "hanging")
                QTimer.singleShot(round(1000 * seconds), self._window, self._mend_lane)
            case Stall(seconds):
                time.sleep(seconds)
            case ClockJump(seconds):
                self._shift += timedelta(seconds=seconds)

    def _touch(self, at: QPoint) -> None:
        """As the window system would tell of it."""
        handle = self._window.windowHandle()
        for kind in (QMouseEvent.Type.MouseButtonPress, QMouseEvent.Type.MouseButtonRelease):
            self._send(handle, kind, QPointF(at))

    def _send(self, handle: QWindow, kind: QMouseEvent.Type, at: QPointF) -> None:
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        held = left if kind == QMouseEvent.Type.MouseButtonPress else none
        event = QMouseEvent(kind, at, at, handle.mapToGlobal(at), left, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(handle, event)

    def _break_lane(self, *, hangs: bool) -> None:
        BadPipeline.over.clear()
        lane = self._window.session.studio.lanes[0]
        self._window.session.studio.replace(lane, BadPipeline, BadParameters(behaviour=int(hangs)))
        self._window.session.lanes_changed.emit()

    def _mend_lane(self) -> None:
        BadPipeline.over.set()
        self._window.show_again()
