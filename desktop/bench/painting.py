"""`engine/dog-720p`: threads, mailboxes and the window's own view against a single loop."""

from __future__ import annotations

import functools
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from functools import partial
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.bench import references, screen
from desktop.bench.case import Effort, Goal, Row
from desktop.bench.interleave import in_turns
from desktop.bench.pipelines import pictures
from desktop.window.lane_view import LaneView
from desktop.window.waker import Waker
from models.text import plain
from pipelines.engine.outcome import Done, Outcome
from pipelines.engine.studio import Studio
from pipelines.frame import Frame, Image
from pipelines.registry import find

SIZE = (1280, 720)
CAMERA_RATE = 240
WARM_UP = 10
"""Pictures at the beginning of a stretch that do not count."""


class FastCamera:
    """A JPEG to decode 240 times a second: what the fastest USB cameras deliver, and what reading costs.

    Whoever reads later than that finds the next one waiting.
    """

    address = "bench:"
    title = plain("bench")
    detail = plain("")

    def __init__(self, pictures: Sequence[bytes]) -> None:
        self._pictures = [np.frombuffer(picture, np.uint8) for picture in pictures]
        self._number = 0
        self._due = 0.0
        self._closed = threading.Event()

    def read(self) -> Frame:
        now = time.perf_counter()
        self._closed.wait(max(0.0, min(self._due - now, 1 / CAMERA_RATE)))
        self._due = max(self._due, now) + 1 / CAMERA_RATE
        image = cv2.imdecode(self._pictures[self._number % len(self._pictures)], cv2.IMREAD_COLOR)
        self._number += 1
        return Frame.of(cast(Image, image), self._number - 1, time.perf_counter())

    def close(self) -> None:
        self._closed.set()


class Canvas(QWidget):
    """The least that paints a picture: 32 bits a pixel, unscaled."""

    def __init__(self) -> None:
        super().__init__()
        self._pixels: NDArray[np.uint8] | None = None

    def paint(self, pixels: NDArray[np.uint8]) -> None:
        """Paint (height, width, 4) at once."""
        self._pixels = pixels
        self.repaint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._pixels is None:
            return
        height, width = self._pixels.shape[:2]
        image = QImage(self._pixels.data, width, height, self._pixels.strides[0], QImage.Format.Format_RGB32)
        painter = QPainter(self)
        painter.drawImage(0, 0, image)
        painter.end()


def measure(name: str, effort: Effort) -> Iterator[Row]:
    screen.application()
    ours, loop = in_turns(
        partial(engine_seconds, effort.segment), partial(loop_seconds, effort.segment), effort.segments
    )
    goal = Goal("ratio", "<=", 1.0)
    yield Row(name, "ms", goal, statistics.median(ours) * 1000, statistics.median(loop) * 1000)


def engine_seconds(seconds: float) -> float:
    """Seconds from one painted picture to the next through the studio and the window's view."""
    waker, view = Waker(), LaneView()
    view.resize(*SIZE)
    view.show()
    studio = Studio(waker.wake)
    lane = studio.add(find("dog"))
    view.show_pipeline(lane.pipeline)
    studio.set_viewport(lane, view.viewport)
    painted: list[float] = []

    def note(outcome: Outcome, now: float) -> None:
        if isinstance(outcome, Done):
            painted.append(now)

    def collect() -> None:
        for _lane, outcome in studio.collect():
            view.show_outcome(outcome)

    waker.woken.connect(collect)
    view.painted.connect(note)
    studio.open(FastCamera(jpegs()))
    try:
        wait(seconds)
    finally:
        waker.woken.disconnect(collect)
        studio.close()
        view.close()
        view.deleteLater()
    return interval(painted)


def loop_seconds(seconds: float) -> float:
    """Seconds from one painted picture to the next in a loop that reads, filters and paints in turn."""
    camera, dog, canvas = FastCamera(jpegs()), references.dog(), Canvas()
    canvas.resize(*SIZE)
    canvas.show()
    painted: list[float] = []
    until = time.perf_counter() + seconds
    try:
        while time.perf_counter() < until:
            pixels = cv2.cvtColor(dog(camera.read().image), cv2.COLOR_BGR2BGRA)
            canvas.paint(pixels.astype(np.uint8, copy=False))
            painted.append(time.perf_counter())
    finally:
        canvas.close()
        canvas.deleteLater()
    return interval(painted)


@functools.cache
def jpegs() -> list[bytes]:
    """Frames of the demo as a camera would send them."""
    return [
        cv2.imencode(".jpg", frame.image, (cv2.IMWRITE_JPEG_QUALITY, 90))[1].tobytes()
        for frame in pictures(SIZE, 8)
    ]


def interval(painted: list[float]) -> float:
    """The mean time between pictures, those of the warm-up left out where there are enough others."""
    counted = painted[WARM_UP:] if len(painted) > 2 * WARM_UP else painted
    return (counted[-1] - counted[0]) / (len(counted) - 1) if len(counted) > 1 else float("nan")


def wait(seconds: float) -> None:
    """Let Qt run."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
