"""One source and its lanes."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

import cv2

from pipelines.clock import SYSTEM_CLOCK, Clock
from pipelines.engine.capture import Capture, News
from pipelines.engine.flow import Flow, FreeFlow, LockStep
from pipelines.engine.lane import Lane, Patience
from pipelines.engine.leaving import Leaving
from pipelines.engine.mailbox import Mailbox
from pipelines.engine.outbox import Outbox
from pipelines.engine.outcome import Failed, Loading, Outcome, crowded, hung, loading
from pipelines.engine.task import Task
from pipelines.engine.view import Viewport
from pipelines.frame import Frame
from pipelines.parameters import Parameters
from pipelines.registry import AnyPipeline
from pipelines.sources.source import Source

HANG = 5.0
"""Seconds without an answer after which a lane counts as hung."""
LOAD = 90.0
"""The same while it loads what it needs: torch and a network, on a slow disk."""
TELL = 0.6
"""Seconds of loading after which the lane says so: what is there sooner is not worth a word."""
WATCH = 0.25
"""Seconds between two looks at who hangs."""
MOST_HUNG = 3
"""Hung threads of one pipeline beyond which no lane starts another one."""
CLOSE = 1.5
"""Seconds that `close` waits for drivers and pipelines; what hangs longer is left behind."""


class Studio:
    """Start, stop, freeze, step, lock-step. Its methods are called from one thread (the window's).

    `wake` is called from any thread when `collect` or `news` has something; never twice before the
    next `collect`. It must return at once and call nothing of the studio.
    """

    def __init__(self, wake: Callable[[], None] = lambda: None, clock: Clock = SYSTEM_CLOCK) -> None:
        self._clock = clock
        self._outbox = Outbox(wake)
        self._news: Mailbox[News, News] = Mailbox()
        self._has_news = False
        self._lock = threading.Lock()
        """Held whenever what follows is used from a thread that may not be the window's."""
        self._lanes: tuple[Lane, ...] = ()
        self._flow: Flow = FreeFlow((), self._outbox, None)
        self._take = 0
        self._told: set[Lane] = set()
        """Lanes that hang, and the window knows it."""
        self._loading: set[Lane] = set()
        """Lanes that load, and the window knows it."""
        self._waiting: set[Lane] = set()
        """Lanes that need a new thread and get it when an old one has ended."""
        self._lock_step = False
        self._frozen = False
        self._capture: Capture | None = None
        self._leaving: Leaving[Lane | Capture] = Leaving()
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
        self._has_news = False
        self._frozen = False
        with self._lock:
            self._take += 1
            self._flow = self._flow_from(None)
            self._told.clear()  # with the former picture the window has forgotten what was said about it
            self._loading.clear()
            self._outbox.forget()
        self._capture = Capture(source, self._deliver, self._tell, self._clock)
        self._capture.start()

    def news(self) -> News | None:
        """What has changed about the source since the last call."""
        self._has_news = False
        return self._news.poll()

    # --- the lanes

    @property
    def lanes(self) -> tuple[Lane, ...]:
        return self._lanes

    def add(self, pipeline: type[AnyPipeline], parameters: Parameters | None = None) -> Lane:
        """A new lane behind the others."""
        lane = self._started(pipeline, parameters)
        self._arrange((*self._lanes, lane))
        self._show_again(lane)
        return lane

    def replace(self, lane: Lane, pipeline: type[AnyPipeline], parameters: Parameters | None = None) -> Lane:
        """Another pipeline in the place of `lane`.

        Raises:
            ValueError: `lane` is not one of the lanes.
        """
        place = self._lanes.index(lane)
        fresh = self._started(pipeline, parameters)
        fresh.viewport = lane.viewport
        self._arrange((*self._lanes[:place], fresh, *self._lanes[place + 1 :]))
        self._leaving.stop(lane)
        self._show_again(fresh)
        return fresh

    def remove(self, lane: Lane) -> None:
        self._arrange(tuple(old for old in self._lanes if old is not lane))
        self._leaving.stop(lane)

    def set_parameters(self, lane: Lane, parameters: Parameters) -> None:
        """Takes effect with the next frame, or at once where the picture stands still; wakes a hung lane."""
        lane.parameters = parameters
        with self._lock:
            if lane in self._lanes and lane.hangs(_patience()):
                self._start_afresh(lane)
        self._show_again(lane)

    def set_viewport(self, lane: Lane, viewport: Viewport) -> None:
        """The room that the lane prepares its picture for."""
        lane.viewport = viewport
        self._show_again(lane)

    def collect(self) -> list[tuple[Lane, Outcome]]:
        """Outcomes since the last call; in lock-step those of one frame come together."""
        outcomes = self._outbox.collect()
        if self._has_news:  # it came after `news` was asked, while a wake-up was still under way
            self._has_news = False
            self._outbox.wake()
        return outcomes

    def dropped(self, lane: Lane) -> int:
        """Frames that came and were not shown by this lane."""
        with self._lock:
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
        lanes = self._lanes
        self._arrange(())
        for lane in lanes:
            self._leaving.stop(lane)
        deadline = time.monotonic() + CLOSE
        ended = self._leaving.join(CLOSE)
        self._watch.join(max(0.0, deadline - time.monotonic()))
        return ended and not self._watch.is_alive()

    # --- on the capture thread, the lanes' threads and the watch

    def _deliver(self, frame: Frame) -> None:
        with self._lock:
            self._flow.give(Task(frame, self._take))

    def _tell(self, news: News) -> None:
        self._news.put_notice(news)
        self._has_news = True
        self._outbox.wake()

    def _finished(self, lane: Lane, task: Task, outcome: Outcome | None) -> None:
        with self._lock:
            for known in (self._told, self._waiting, self._loading):
                known.discard(lane)
            too_late = task.take != self._take
            lane.missed += too_late or outcome is None
            if not too_late:
                self._flow.finished(lane, task, outcome)

    def _watch_lanes(self) -> None:
        while not self._clock.wait(self._closed, WATCH):
            with self._lock:
                for lane in self._lanes:
                    self._look_at(lane)

    def _look_at(self, lane: Lane) -> None:
        current = self._flow.current
        if not lane.hangs(_patience()):
            if current is not None and lane.owes(current.frame):
                self._again_if_still(lane)
            if current is not None and lane.loads and lane.silent_for() >= TELL:
                self._tell_loading(lane, current.frame)
        elif lane in self._waiting and not self._is_crowded(lane.pipeline):
            self._start_afresh(lane)
        elif lane not in self._told and current is not None:
            self._tell_hung(lane, current.frame)

    def _tell_hung(self, lane: Lane, frame: Frame) -> None:
        title = lane.pipeline.title
        if self._is_crowded(lane.pipeline):
            self._waiting.add(lane)
            text = crowded(title)
        else:
            text = hung(title, lane.silent_for())
        self._told.add(lane)
        self._flow.excuse(lane)
        self._outbox.put({lane: Failed(frame, text)})

    def _tell_loading(self, lane: Lane, frame: Frame) -> None:
        if lane not in self._loading:
            self._loading.add(lane)
            self._flow.excuse(lane)
            self._outbox.put({lane: Loading(frame, loading(lane.pipeline.title))})

    def _start_afresh(self, lane: Lane) -> None:
        """In a new thread; where too many of this pipeline's hang, as soon as one of them has ended."""
        if not self._is_crowded(lane.pipeline):
            self._waiting.discard(lane)
            self._told.discard(lane)
            lane.restart()
            self._again_if_still(lane)
        elif lane not in self._waiting:
            self._waiting.add(lane)
            self._told.discard(lane)  # what was said of it is true no more

    def _is_crowded(self, pipeline: type[AnyPipeline]) -> bool:
        """Too many threads of this pipeline hang, in lanes of now and in those that were left behind."""
        lanes = (lane for lane in (*self._lanes, *self._leaving) if isinstance(lane, Lane))
        return sum(lane.hung_threads(_patience()) for lane in lanes if lane.pipeline is pipeline) >= MOST_HUNG

    def _again_if_still(self, lane: Lane) -> None:
        """Where no other frame is about to come, what it has is what it shows."""
        capture = self._capture
        if capture is None or capture.still:
            self._flow.again(lane)

    # --- inside

    def _started(self, pipeline: type[AnyPipeline], parameters: Parameters | None) -> Lane:
        lane = Lane(
            pipeline,
            parameters or pipeline.parameters(),
            clock=self._clock,
            report=self._finished,
            threads=lambda: _share(len(self._lanes)),
        )
        with self._lock:
            if self._is_crowded(pipeline):
                self._waiting.add(lane)
            else:
                lane.start()
        return lane

    def _show_again(self, lane: Lane) -> None:
        with self._lock:
            self._again_if_still(lane)

    def _arrange(self, lanes: tuple[Lane, ...]) -> None:
        with self._lock:
            self._lanes = lanes
            self._outbox.arrange(lanes)
            self._flow.arrange(lanes)
            for known in (self._told, self._waiting, self._loading):
                known &= set(lanes)
        cv2.setNumThreads(_share(len(lanes)))

    def _flow_from(self, newest: Task | None) -> Flow:
        flow: Flow = (LockStep if self._lock_step else FreeFlow)(self._lanes, self._outbox, newest)
        for lane in self._lanes:
            if lane.loads or lane.hangs(_patience()):
                flow.excuse(lane)
        return flow

    def _end_source(self) -> None:
        capture, self._capture = self._capture, None
        if capture:
            self._leaving.stop(capture)


def _patience() -> Patience:
    return Patience(HANG, LOAD)


def _share(lanes: int) -> int:
    """How many threads a lane's libraries may use: all lanes share the cores, but for the one that reads
    the source and paints."""
    return max(1, ((os.cpu_count() or 1) - 1) // max(1, lanes))
