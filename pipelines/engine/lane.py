"""One pipeline at work on the stream: a thread, a mailbox, its parameters."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Protocol

from pipelines.clock import Clock
from pipelines.engine.mailbox import Mailbox
from pipelines.engine.outcome import Done, Failed, Outcome, checked, failure
from pipelines.engine.view import Viewport, prepare
from pipelines.frame import Frame
from pipelines.parameters import Parameters
from pipelines.registry import AnyPipeline

log = logging.getLogger(__name__)
REST = 2.0
"""Seconds after which a lane that failed tries again by itself."""
SMALL = Viewport(640, 360)


class Report(Protocol):
    """Told for every frame that a lane took; `None` while it rests after a failure."""

    def __call__(self, lane: Lane, frame: Frame, outcome: Outcome | None, /) -> None: ...


class Lane:
    """Runs one pipeline on the newest frame, over and over, on its own thread.

    Assigning `parameters` or `viewport` is the whole hand-over: both are immutable.
    """

    def __init__(
        self,
        pipeline: type[AnyPipeline],
        parameters: Parameters,
        *,
        clock: Clock,
        report: Report,
        threads: Callable[[], int] = lambda: 1,
    ) -> None:
        self.pipeline = pipeline
        self.parameters = parameters
        self.viewport = SMALL
        self.inbox: Mailbox[Frame, Frame] = Mailbox()
        self._clock = clock
        self._report = report
        self._threads = threads
        self._skipped = 0
        self._worker = _Worker(self)

    @property
    def dropped(self) -> int:
        """Frames that came and were not processed."""
        return self.inbox.dropped + self._skipped

    def start(self) -> None:
        self._worker.thread.start()

    def silent_for(self) -> float:
        """Seconds since the pipeline began with a frame that it has not finished; 0 while idle."""
        since = self._worker.busy_since
        return 0.0 if since is None else self._clock.now() - since

    def restart(self) -> None:
        """Leave a hung thread behind (it ends as soon as it comes back) and go on in a new one."""
        self._worker.dismissed = True
        self._worker = _Worker(self)
        self._worker.thread.start()

    def stop(self) -> None:
        """Ask the thread to end after what it is doing."""
        self._worker.dismissed = True
        self.inbox.close()

    def join(self, timeout: float) -> bool:
        """Wait for the thread; False if it still hangs after `timeout` seconds."""
        if self._worker.thread.is_alive():
            self._worker.thread.join(timeout)
        return not self._worker.thread.is_alive()

    def _loop(self, worker: _Worker) -> None:
        try:
            while not worker.dismissed and (frame := self.inbox.take()) is not None:
                outcome = self._outcome(worker, frame)
                if not worker.dismissed:
                    self._report(self, frame, outcome)
        finally:
            worker.let_go()

    def _outcome(self, worker: _Worker, frame: Frame) -> Outcome | None:
        parameters = self.parameters
        if worker.rests(parameters, self._clock.now()):
            self._skipped += 1
            return None
        worker.busy_since = started = self._clock.now()
        try:
            pipeline = worker.opened(self.pipeline, self._threads())
            started = self._clock.now()
            result = checked(pipeline.process(frame, parameters))
            milliseconds = (self._clock.now() - started) * 1000
            return Done(frame, parameters, result, prepare(result.picture, self.viewport), milliseconds)
        except Exception as error:
            log.exception("lane %s failed on frame %d", self.pipeline.name, frame.number)
            worker.rest(parameters, self._clock.now() + REST)
            return Failed(frame, failure(self.pipeline.title, error))
        finally:
            worker.busy_since = None


class _Worker:
    """A lane's thread and what only that thread may touch: the pipeline, and the rest after a failure."""

    def __init__(self, lane: Lane) -> None:
        self.dismissed = False
        self.busy_since: float | None = None
        self._pipeline: AnyPipeline | None = None
        self._failed_with: Parameters | None = None
        self._rest_until = 0.0
        self.thread = threading.Thread(
            target=lane._loop, args=(self,), name=f"lane-{lane.pipeline.name}", daemon=True
        )

    def opened(self, pipeline: type[AnyPipeline], threads: int) -> AnyPipeline:
        if self._pipeline is None:
            fresh = pipeline()
            fresh.open(threads)
            self._pipeline = fresh
        return self._pipeline

    def rests(self, parameters: Parameters, now: float) -> bool:
        return parameters is self._failed_with and now < self._rest_until

    def rest(self, parameters: Parameters, until: float) -> None:
        """After a failure: a fresh pipeline next time, for this one's state cannot be trusted."""
        self._failed_with, self._rest_until = parameters, until
        self.let_go()

    def let_go(self) -> None:
        pipeline, self._pipeline = self._pipeline, None
        if pipeline is None:
            return
        try:
            pipeline.close()
        except Exception:
            log.exception("pipeline %s did not close", pipeline.name)
