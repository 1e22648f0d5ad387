"""One source and its lanes."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator

import cv2
from msgspec.structs import replace

from models.text import Text
from pipelines.clock import SYSTEM_CLOCK, Clock
from pipelines.distortions import Distortions
from pipelines.engine.capture import Capture, News
from pipelines.engine.distorting import Distorted, Distorting
from pipelines.engine.errand import Errand
from pipelines.engine.flow import Flow, FreeFlow, LockStep
from pipelines.engine.hanging import Hanging, hangs
from pipelines.engine.lane import Lane
from pipelines.engine.leaving import Leaving
from pipelines.engine.mailbox import Mailbox
from pipelines.engine.onlooking import Onlooking, waits_for
from pipelines.engine.outbox import Outbox
from pipelines.engine.outcome import Failed, Loading, Outcome
from pipelines.engine.task import Task
from pipelines.engine.view import Viewport
from pipelines.frame import Frame
from pipelines.onlooker import Onlooker
from pipelines.parameters import Parameters
from pipelines.registry import AnyPipeline
from pipelines.sources.source import Source

WATCH = 0.25
"""Seconds between two looks at who hangs."""
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
        self._onlooking = Onlooking()
        self._take = 0
        self._lock_step = False
        self._frozen = False
        self._capture: Capture | None = None
        self._distorting = Distorting(
            self._lock, is_still=self._is_still, renewed=self._renewed, troubled=self._outbox.wake
        )
        self._leaving: Leaving[Lane | Capture | Errand] = Leaving()
        self._hanging = Hanging(self._everyone)
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
            self._onlooking.forget()
            self._flow = self._flow_from(None)
            self._hanging.forget_what_was_said()  # with the former picture it has gone from the window
            self._outbox.forget()
            self._distorting.keep(None)
        self._capture = Capture(source, self._distorting.of, self._deliver, self._tell, self._clock)
        self._capture.start()

    def news(self) -> News | None:
        """What has changed about the source since the last call."""
        self._has_news = False
        return self._news.poll()

    # --- what happens to its picture

    @property
    def distortions(self) -> Distortions:
        return self._distorting.wanted

    @distortions.setter
    def distortions(self, wanted: Distortions) -> None:
        """Every lane sees them with the next frame, or at once where the picture stands still."""
        self._distorting.wanted = wanted
        self._distorting.catch_up()

    @property
    def trouble(self) -> Text | None:
        """Why the picture is shown without its distortions; `wake` is called when it changes."""
        return self._distorting.trouble

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
            if lane in self._lanes and hangs(lane):
                self._hanging.begin_afresh(lane)
            if lane in self._onlooking.onlookers:
                self._flow.excuse(lane)
            self._again_if_still(lane)

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
        self._distorting.catch_up()

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
        self._leaving.stop(self._distorting.renewal)
        deadline = time.monotonic() + CLOSE
        ended = self._leaving.join(CLOSE)
        self._watch.join(max(0.0, deadline - time.monotonic()))
        return ended and not self._watch.is_alive()

    # --- on the capture thread, the lanes' threads, the watch and the renewal

    def _deliver(self, made: Distorted) -> None:
        with self._lock:
            self._distorting.keep(made)
            self._flow.give(Task(made.frame, self._take))

    def _renewed(self, frame: Frame) -> None:
        self._flow.give(Task(frame, self._take))

    def _tell(self, news: News) -> None:
        self._news.put_notice(news)
        self._has_news = True
        self._outbox.wake()

    def _finished(self, lane: Lane, task: Task, outcome: Outcome | None) -> None:
        with self._lock:
            self._hanging.answered(lane)
            too_late = task.take != self._take
            lane.missed += too_late or outcome is None
            if not too_late:
                self._flow.finished(lane, task, outcome)
                self._tell_onlookers(lane, task, outcome)

    def _watch_lanes(self) -> None:
        while not self._clock.wait(self._closed, WATCH):
            with self._lock:
                for lane in self._lanes:
                    self._look_at(lane)
            self._distorting.catch_up()

    def _look_at(self, lane: Lane) -> None:
        current = self._flow.current
        if not hangs(lane):
            if current is not None and lane.owes(current.frame):
                self._again_if_still(lane)
            if current is not None and (text := self._hanging.news_of_loading(lane)):
                self._excuse(lane, Loading(current.frame, text))
        elif self._hanging.revived(lane):
            self._again_if_still(lane)
        elif current is not None and (text := self._hanging.complaint(lane)):
            self._excuse(lane, Failed(current.frame, text))

    def _excuse(self, lane: Lane, outcome: Loading | Failed) -> None:
        """Nobody waits for it any more, nor for those that look at it."""
        self._flow.excuse(lane)
        self._outbox.put({lane: outcome})
        for onlooker in self._onlooking.those_looking_at(lane):
            self._flow.excuse(onlooker)
            self._outbox.put({onlooker: replace(outcome, text=waits_for(lane.pipeline.title))})

    def _tell_onlookers(self, lane: Lane, task: Task, outcome: Outcome | None) -> None:
        """What a lane has done, or that it rests: then nobody waits for them in this round."""
        if outcome is not None:
            self._onlooking.finished(lane, task.frame, outcome)
            return
        for onlooker in self._onlooking.those_looking_at(lane):
            self._flow.excuse(onlooker)

    def _everyone(self) -> Iterator[Lane]:
        return (lane for lane in (*self._lanes, *self._leaving) if isinstance(lane, Lane))

    def _again_if_still(self, lane: Lane) -> None:
        """Where no other frame is about to come, what it has is what it shows."""
        if self._is_still():
            self._flow.again(lane)

    def _is_still(self) -> bool:
        """No other frame is about to come."""
        capture = self._capture
        return capture is None or capture.still

    # --- inside

    def _started(self, pipeline: type[AnyPipeline], parameters: Parameters | None) -> Lane:
        lane = Lane(
            pipeline,
            parameters or pipeline.parameters(),
            clock=self._clock,
            report=self._finished,
            threads=lambda: _share(len(self._lanes)),
            defer=self._onlooking.defer if issubclass(pipeline, Onlooker) else None,
        )
        with self._lock:
            self._hanging.begin(lane)
        return lane

    def _show_again(self, lane: Lane) -> None:
        with self._lock:
            self._again_if_still(lane)

    def _arrange(self, lanes: tuple[Lane, ...]) -> None:
        with self._lock:
            self._lanes = lanes
            self._outbox.arrange(lanes)
            self._onlooking.arrange(lanes)
            self._flow.arrange(lanes)
            for onlooker in self._onlooking.onlookers:
                self._flow.excuse(onlooker)  # who takes part in this round may be another one
            for lane in self._onlooking.unknown():
                self._again_if_still(lane)
            self._hanging.keep(lanes)
        cv2.setNumThreads(_share(len(lanes)))

    def _flow_from(self, newest: Task | None) -> Flow:
        flow: Flow = (LockStep if self._lock_step else FreeFlow)(self._lanes, self._outbox, newest)
        for lane in self._lanes:
            if lane.loads or hangs(lane):
                flow.excuse(lane)
        return flow

    def _end_source(self) -> None:
        capture, self._capture = self._capture, None
        if capture:
            self._leaving.stop(capture)


def _share(lanes: int) -> int:
    """How many threads a lane's libraries may use: all lanes share the cores, but for the one that reads
    the source and paints."""
    return max(1, ((os.cpu_count() or 1) - 1) // max(1, lanes))
