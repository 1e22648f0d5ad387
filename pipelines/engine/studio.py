"""One source and its lanes."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from typing import TypeAlias

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
"""Seconds between two looks at who hangs."""
CLOSE = 1.5
"""Seconds that `close` waits for drivers and pipelines; what hangs longer is left behind."""

Leaving: TypeAlias = Lane | Capture


class Studio:
    """Start, stop, freeze, step, lock-step. Its methods are called from one thread (the window's).

    `wake` is called from any thread when `collect` or `news` has something; never twice before the
    next `collect`. It must return at once and call nothing of the studio.
    """

    def __init__(self, wake: Callable[[], None] = lambda: None, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._outbox = Outbox(wake)
        self._news: Mailbox[News, News] = Mailbox()
        self._lock = threading.Lock()
        """Held whenever `_lanes`, `_flow` or `_hung` is used from a thread that may not be the window's."""
        self._lanes: tuple[Lane, ...] = ()
        self._flow: Flow = FreeFlow((), self._outbox, None)
        self._hung: set[Lane] = set()
        self._lock_step = False
        self._frozen = False
        self._capture: Capture | None = None
        self._leaving: list[Leaving] = []
        self._closed = threading.Event()
        self._watch = threading.Thread(target=self._watch_lanes, name="studio-watch", daemon=True)
        self._watch.start()

    # --- the source

    @property
    def source(self) -> Source | None:
        return self._capture.source if self._capture else None

    def open(self, source: Source) -> None:
        """Read from `source` from now on, not frozen; the lanes go on and the former source is closed
        beside them.
        """
        self._end_source()
        self._news = Mailbox()
        self._frozen = False
        with self._lock:
            self._flow = self._flow_from(None)
            self._outbox.collect()  # what nobody has fetched yet is of the former source
        self._capture = Capture(source, self._deliver, self._tell, self._clock)
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
        self._leave(lane)
        self._begin(fresh)
        return fresh

    def remove(self, lane: Lane) -> None:
        self._arrange(tuple(old for old in self._lanes if old is not lane))
        self._leave(lane)

    def set_parameters(self, lane: Lane, parameters: Parameters) -> None:
        """Takes effect with the next frame, or at once where the picture stands still; wakes a hung lane."""
        lane.parameters = parameters
        with self._lock:
            if lane in self._hung and lane.silent_for() >= HANG:
                self._hung.discard(lane)
                lane.restart()
        self._again_if_still(lane)

    def set_viewport(self, lane: Lane, viewport: Viewport) -> None:
        """The room that the lane prepares its picture for."""
        lane.viewport = viewport
        self._again_if_still(lane)

    def collect(self) -> list[tuple[Lane, Outcome]]:
        """Outcomes since the last call; in lock-step those of one frame come together."""
        return self._outbox.collect()

    def dropped(self, lane: Lane) -> int:
        """Frames that came and were not shown by this lane."""
        return lane.dropped + self._outbox.dropped(lane)

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
        if value == self._lock_step:
            return
        self._lock_step = value
        with self._lock:
            self._flow = self._flow_from(self._flow.newest)

    def close(self) -> bool:
        """End all threads within 2 seconds; False if something hung and was left behind."""
        self._closed.set()
        self._end_source()
        for lane in self._lanes:
            self._leave(lane)
        self._arrange(())
        deadline = time.monotonic() + CLOSE
        left, self._leaving = self._leaving, []
        ended = [leaving.join(max(0.0, deadline - time.monotonic())) for leaving in left]
        self._watch.join(max(0.0, deadline - time.monotonic()))
        return all(ended) and not self._watch.is_alive()

    # --- on the capture thread, the lanes' threads and the watch

    def _deliver(self, frame: Frame) -> None:
        with self._lock:
            self._flow.frame(frame)

    def _tell(self, news: News) -> None:
        self._news.put_notice(news)
        self._outbox.wake()

    def _finished(self, lane: Lane, frame: Frame, outcome: Outcome | None) -> None:
        with self._lock:
            lane.missed += outcome is None
            self._flow.finished(lane, frame, outcome)

    def _watch_lanes(self) -> None:
        while not self._clock.wait(self._closed, WATCH):
            with self._lock:
                for lane in self._lanes:
                    self._look_at(lane)

    def _look_at(self, lane: Lane) -> None:
        silent, newest = lane.silent_for(), self._flow.newest
        if silent < HANG:
            self._hung.discard(lane)
        elif lane not in self._hung and newest is not None:
            self._hung.add(lane)
            self._flow.excuse(lane)
            self._outbox.put({lane: Failed(newest, hung(lane.pipeline.title, silent))})

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
        self._again_if_still(lane)

    def _again_if_still(self, lane: Lane) -> None:
        if self._capture is None or self._capture.still:
            with self._lock:
                self._flow.again(lane)

    def _arrange(self, lanes: tuple[Lane, ...]) -> None:
        with self._lock:
            self._lanes = lanes
            self._outbox.arrange(lanes)
            self._flow.arrange(lanes)
            self._hung &= set(lanes)
        cv2.setNumThreads(_share(len(lanes)))

    def _flow_from(self, newest: Frame | None) -> Flow:
        flow: Flow = (LockStep if self._lock_step else FreeFlow)(self._lanes, self._outbox, newest)
        for lane in self._hung:  # the watch has told of them already, and does so once only
            flow.excuse(lane)
        return flow

    def _end_source(self) -> None:
        capture, self._capture = self._capture, None
        if capture:
            self._leave(capture)

    def _leave(self, leaving: Leaving) -> None:
        """Stop it without waiting; who has not gone yet is waited for at the end."""
        leaving.stop()
        self._leaving = [*(other for other in self._leaving if not other.join(0.0)), leaving]


def _share(lanes: int) -> int:
    """How many threads a lane's libraries may use: all lanes share the cores, but for the one that reads
    the source and paints."""
    return max(1, ((os.cpu_count() or 1) - 1) // max(1, lanes))
