"""A stream at an even rate and somebody who watches it, for the cases that need no window."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from models.text import plain
from pipelines.engine.lane import Lane
from pipelines.engine.outcome import Done, Outcome
from pipelines.engine.studio import Studio
from pipelines.frame import Frame, Image
from pipelines.pipeline import Nothing, Pipeline
from pipelines.result import Result
from pipelines.sources.source import End, Read

LAST_MOMENT = 1.0
"""Seconds after the stream in which what is under way may still arrive."""


class Evenly:
    """Pictures, over and over, `rate` a second, `count` of them, then the end.

    With `fresh` each frame has memory of its own, as a camera's has.
    """

    address = "bench:"
    title = plain("bench")
    detail = plain("")

    def __init__(self, images: Sequence[Image], rate: float, count: int, *, fresh: bool = False) -> None:
        self._images = images
        self._rate = rate
        self._count = count
        self._fresh = fresh
        self._number = 0
        self._began: float | None = None
        self._closed = threading.Event()

    def read(self) -> Read:
        if self._number >= self._count:
            return End()
        now = time.perf_counter()
        if self._began is None:
            self._began = now
        self._closed.wait(max(0.0, self._began + self._number / self._rate - now))
        image = self._images[self._number % len(self._images)]
        frame = Frame.of(image.copy() if self._fresh else image, self._number, time.perf_counter())
        self._number += 1
        return frame

    def close(self) -> None:
        self._closed.set()


class Waiting(Pipeline[Nothing]):
    """Takes its time and does nothing."""

    title = explanation = plain("waiting")
    citation = ""
    kind = "classic"
    seconds = 0.0

    def process(self, frame: Frame, parameters: Nothing) -> Result:
        threading.Event().wait(self.seconds)
        return Result(frame.image)


def waiting(seconds: float) -> type[Waiting]:
    """A pipeline that needs this long for every frame."""
    return type("Waiting", (Waiting,), {"name": f"waiting-{seconds:g}", "seconds": seconds})


class Audience:
    """A studio, and a thread's worth of window: it collects whenever it is woken."""

    def __init__(self, hear: Callable[[Outcome], object] = lambda _outcome: None) -> None:
        """`hear` is told of everything that comes."""
        self.shown: dict[Lane, set[int]] = {}
        """The numbers of the frames that each lane showed."""
        self._hear = hear
        self._woken = threading.Event()
        self.studio = Studio(self._woken.set)

    def watch(self, seconds: float, over: Callable[[], bool] = lambda: False) -> None:
        """Collect for `seconds`, or until `over`."""
        until = time.perf_counter() + seconds
        while not over() and (left := until - time.perf_counter()) > 0:
            self._woken.wait(left)
            self._woken.clear()
            for lane, outcome in self.studio.collect():
                self._hear(outcome)
                if isinstance(outcome, Done):
                    self.shown.setdefault(lane, set()).add(outcome.frame.number)

    def close(self) -> None:
        self.studio.close()
