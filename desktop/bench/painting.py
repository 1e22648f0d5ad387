"""`engine/dog-720p`: threads, mailboxes and the window's own view against a single loop."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Iterator
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.bench import references, screen
from desktop.bench.case import Effort, Goal, Row
from desktop.bench.interleave import in_turns
from desktop.window.lane_view import LaneView
from desktop.window.waker import Waker
from pipelines.engine.outcome import Done, Outcome
from pipelines.engine.studio import Studio
from pipelines.frame import Frame
from pipelines.parameters import Parameters
from pipelines.registry import AnyPipeline, find
from pipelines.result import Result
from pipelines.sources.demo import Demo
from pipelines.sources.source import PATIENCE, Read

SIZE = (1280, 720)
WARM_UP = 10
"""Pictures at the beginning of a stretch that do not count."""


class AsTaken(Demo):
    """The demo, a frame as soon as the last one is taken up: nobody spends time on frames that are not
    seen, as with a camera that is just as fast as the program.
    """

    def __init__(self) -> None:
        super().__init__(live=False)
        self._wanted = threading.Semaphore(1)

    def taken(self) -> None:
        self._wanted.release()

    def read(self) -> Read:
        return super().read() if self._wanted.acquire(timeout=PATIENCE) else None


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
    source = AsTaken()
    lane = studio.add(_telling(find("dog"), source))
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
    studio.open(source)
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
    source, dog, canvas = Demo(live=False), references.dog(), Canvas()
    canvas.resize(*SIZE)
    canvas.show()
    painted: list[float] = []
    until = time.perf_counter() + seconds
    try:
        while time.perf_counter() < until:
            read = source.read()
            if isinstance(read, Frame):
                pixels = cv2.cvtColor(dog(read.image), cv2.COLOR_BGR2BGRA)
                canvas.paint(pixels.astype(np.uint8, copy=False))
                painted.append(time.perf_counter())
    finally:
        source.close()
        canvas.close()
        canvas.deleteLater()
    return interval(painted)


def _telling(pipeline: type[AnyPipeline], source: AsTaken) -> type[AnyPipeline]:
    """The pipeline, which lets the source read on as soon as it begins with a frame."""

    def process(self: AnyPipeline, frame: Frame, parameters: Parameters) -> Result:
        source.taken()
        return pipeline.process(self, frame, parameters)

    return type(pipeline.__name__, (pipeline,), {"process": process})


def interval(painted: list[float]) -> float:
    """The mean time between pictures, those of the warm-up left out where there are enough others."""
    counted = painted[WARM_UP:] if len(painted) > 2 * WARM_UP else painted
    return (counted[-1] - counted[0]) / (len(counted) - 1) if len(counted) > 1 else float("nan")


def wait(seconds: float) -> None:
    """Let Qt run."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
