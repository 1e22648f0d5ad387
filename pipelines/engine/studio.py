"""One source and its lanes."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

import cv2

from pipelines.clock import Clock, SystemClock
from pipelines.engine.capture import Capture, News
from pipelines.engine.flow import Flow, FreeFlow, LockStep
from pipelines.engine.lane import Lane
from pipelines.engine.mailbox import Mailbox
from pipelines.engine.outbox import Outbox
from pipelines.engine.outcome import Failed, Outcome, hung
from pipelines.engine.view import Viewport
from pipelines.frame import Frame
from pipelines.parameters import Parameters
from pipelines.registry import AnyPipeline
from pipelines.sources.source import Source

HANG = 5.0
"""Seconds without an answer after which a lane counts as hung."""
WATCH = 0.25
CLOSE = 2.0
"""Seconds within which `close` returns, whatever a driver or a pipeline does."""


class Studio:
    """Start, stop, freeze, step, lock-step. Its methods are called from one thread (the window's).

    `wake` is called from any thread when `collect` or `news` has something; never twice before the
    next `collect`.
    """

    def __init__(self, wake: Callable[[], None] = lambda: None, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._outbox = Outbox(wake)
        self._news: Mailbox[News, News] = Mailbox()
        self._lanes: tuple[Lane, ...] = ()
        self._flow: Flow = FreeFlow((), self._outbox)
        self._lock_step = False
        self._frozen = False
        self._capture: Capture | None = None
        self._newest: Frame | None = None
        self._leaving: list[threading.Thread] = []
        self._hung: set[Lane] = set()
        self._closed = threading.Event()
        self._watch = threading.Thread(target=self._watch_lanes, name="studio-watch", daemon=True)
        self._watch.start()

    # --- the source

    @property
    def source(self) -> Source | None:
        return self._capture.source if self._capture else None

    def open(self, source: Source) -> None:
        """Read from `source` from now on; the lanes go on and the former source is closed beside them."""
        former, self._capture = self._capture, Capture(source, self._deliver, self._tell, self._clock)
        if former:
            former.stop()
            self._leave("source-closing", lambda: former.close(CLOSE))
        if self._frozen:
            self.freeze(False)
        self._capture.start()

    def news(self) -> News | None:
        """What has changed about the source since the last call."""
        return self._news.poll()

    # --- the lanes

    @property
    def lanes(self) -> tuple[Lane, ...]:
        return self._lanes

    def add(self, pipeline: type[AnyPipeline], parameters: Parameters | None = None) -> Lane:
        """A new lane behind the others."""
        lane = self._made(pipeline, parameters)
        self._arrange((*self._lanes, lane))
        self._begin(lane)
        return lane

    def replace(self, lane: Lane, pipeline: type[AnyPipeline], parameters: Parameters | None = None) -> Lane:
        """Another pipeline in the place of `lane`."""
        fresh = self._made(pipeline, parameters)
        fresh.viewport = lane.viewport
        self._arrange(tuple(fresh if old is lane else old for old in self._lanes))
        self._end(lane)
        self._begin(fresh)
        return fresh

    def remove(self, lane: Lane) -> None:
        self._arrange(tuple(old for old in self._lanes if old is not lane))
        self._end(lane)

    def set_parameters(self, lane: Lane, parameters: Parameters) -> None:
        """Takes effect with the next frame, or at once on the frozen one; wakes a hung lane."""
        lane.parameters = parameters
        if lane in self._hung:
            self._hung.discard(lane)
            lane.restart()
        if self._frozen:
            self._flow.again(lane)

    def set_viewport(self, lane: Lane, viewport: Viewport) -> None:
        """The room that the lane prepares its picture for."""
        lane.viewport = viewport
        if self._frozen:
            self._flow.again(lane)

    def collect(self) -> list[tuple[Lane, Outcome]]:
        """Outcomes since the last call; in lock-step always those of one frame together."""
        return [(lane, outcome) for lane, outcome in self._outbox.collect() if lane in self._lanes]

    def dropped(self, lane: Lane) -> int:
        """Frames that came and were not shown by this lane."""
        common = self._flow.dropped if isinstance(self._flow, LockStep) else 0
        return lane.dropped + self._outbox.dropped(lane) + common

    # --- how it runs

    @property
    def frozen(self) -> bool:
        return self._frozen

    def freeze(self, frozen: bool) -> None:
        """Hold the last frame: it is processed again whenever a parameter changes."""
        self._frozen = frozen
        if self._capture:
            self._capture.freeze(frozen)

    def step(self, frames: int = 1) -> None:
        """While frozen, go on by one frame, or back where the source can."""
        if self._capture and self._frozen:
            self._capture.step(frames)

    @property
    def lock_step(self) -> bool:
        return self._lock_step

    @lock_step.setter
    def lock_step(self, value: bool) -> None:
        self._lock_step = value
        self._arrange(self._lanes)

    def close(self) -> bool:
        """End all threads; False if something hung and was left behind."""
        self._closed.set()
        for lane in self._lanes:
            lane.stop()
        capture, self._capture = self._capture, None
        if capture:
            capture.stop()
            self._leave("source-closing", lambda: capture.close(CLOSE))
        deadline = self._clock.now() + CLOSE
        joins = [lane.join for lane in self._lanes] + [
            _joined(thread) for thread in (*self._leaving, self._watch)
        ]
        ended = [join(max(0.0, deadline - self._clock.now())) for join in joins]
        self._lanes = ()
        return all(ended)

    # --- on the capture thread and the lanes' threads

    def _deliver(self, frame: Frame) -> None:
        self._newest = frame
        self._flow.frame(frame)

    def _tell(self, news: News) -> None:
        self._news.put_notice(news)
        self._outbox.wake()

    def _finished(self, lane: Lane, frame: Frame, outcome: Outcome | None) -> None:
        self._flow.finished(lane, frame, outcome)

    def _watch_lanes(self) -> None:
        while not self._clock.wait(self._closed, WATCH):
            for lane in self._lanes:
                silent = lane.silent_for()
                if silent < HANG:
                    self._hung.discard(lane)
                elif lane not in self._hung and self._newest is not None:
                    self._hung.add(lane)
                    self._flow.excuse(lane)
                    self._outbox.put({lane: Failed(self._newest, hung(lane.pipeline.title, silent))})

    # --- inside

    def _made(self, pipeline: type[AnyPipeline], parameters: Parameters | None) -> Lane:
        return Lane(
            pipeline,
            parameters or pipeline.parameters(),
            clock=self._clock,
            report=self._finished,
            threads=lambda: _share(len(self._lanes)),
        )

    def _begin(self, lane: Lane) -> None:
        lane.start()
        if self._frozen:
            self._flow.again(lane)

    def _end(self, lane: Lane) -> None:
        lane.stop()
        self._outbox.forget(lane)
        self._hung.discard(lane)
        self._leave("lane-closing", lambda: lane.join(CLOSE))

    def _arrange(self, lanes: tuple[Lane, ...]) -> None:
        self._lanes = lanes
        self._flow = (LockStep if self._lock_step else FreeFlow)(lanes, self._outbox, self._newest)
        cv2.setNumThreads(_share(len(lanes)))

    def _leave(self, name: str, end: Callable[[], object]) -> None:
        """See something out without keeping the window waiting."""
        thread = threading.Thread(target=end, name=name, daemon=True)
        thread.start()
        self._leaving = [*(other for other in self._leaving if other.is_alive()), thread]


def _share(lanes: int) -> int:
    """How many threads a lane's libraries may use, so that all lanes together use each core once."""
    return max(1, (os.cpu_count() or 1) // max(1, lanes))


def _joined(thread: threading.Thread) -> Callable[[float], bool]:
    def join(timeout: float) -> bool:
        thread.join(timeout)
        return not thread.is_alive()

    return join
