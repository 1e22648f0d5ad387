"""One pipeline at work on the stream: a thread, a mailbox, its parameters."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from typing import Protocol

from pipelines.clock import Clock
from pipelines.engine.check import checked
from pipelines.engine.mailbox import Mailbox
from pipelines.engine.outcome import Done, Failed, Outcome, failure
from pipelines.engine.view import Viewport, prepare
from pipelines.frame import Frame
from pipelines.parameters import Parameters
from pipelines.registry import AnyPipeline
from pipelines.result import Result

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
        self.missed = 0
        """Frames that passed by this lane: it rested, or was out of step. Counted by the studio."""
        self._clock = clock
        self._report = report
        self._threads = threads
        self._workers = [_Worker(self)]

    @property
    def inbox(self) -> Mailbox[Frame, Frame]:
        return self._workers[-1].inbox

    @property
    def dropped(self) -> int:
        """Frames that came and were not processed."""
        return self.missed + sum(worker.inbox.dropped for worker in self._workers)

    def start(self) -> None:
        self._workers[-1].thread.start()

    def silent_for(self) -> float:
        """Seconds since the pipeline began with a frame that it has not finished; 0 while idle."""
        since = self._workers[-1].busy_since
        return 0.0 if since is None else self._clock.now() - since

    def restart(self) -> None:
        """Leave a hung thread behind (it ends as soon as it comes back) and go on in a new one."""
        self.stop()
        self._workers.append(_Worker(self))
        self.start()

    def stop(self) -> None:
        """Ask the thread to end after what it is doing; of that it reports nothing."""
        self.inbox.close()

    def join(self, timeout: float) -> bool:
        """Wait for every thread it has had; False if one still hangs after `timeout` seconds."""
        threads = [worker.thread for worker in self._workers]
        return all_ended(threads, timeout)

    def _loop(self, worker: _Worker) -> None:
        try:
            while (frame := worker.inbox.take()) is not None:
                outcome = self._outcome(worker, frame)
                if not worker.inbox.closed:
                    self._report(self, frame, outcome)
        finally:
            worker.let_go()

    def _outcome(self, worker: _Worker, frame: Frame) -> Outcome | None:
        parameters, viewport = self.parameters, self.viewport
        if worker.rests(parameters, self._clock.now()):
            return None
        worker.busy_since = self._clock.now()
        try:
            result, milliseconds = self._result(worker, frame, parameters)
            done = Done(frame, parameters, result, prepare(result.picture, viewport), milliseconds)
        except BaseException as error:  # a library may raise `SystemExit`, which ends a thread unheard
            log.exception("lane %s failed on frame %d", self.pipeline.name, frame.number)
            worker.rest(parameters, self._clock.now() + REST)
            return Failed(frame, failure(self.pipeline.title, error))
        finally:
            worker.busy_since = None
        worker.last = done
        return done

    def _result(self, worker: _Worker, frame: Frame, parameters: Parameters) -> tuple[Result, float]:
        """The result and its milliseconds. What is known is not computed again: a still picture can be
        zoomed at once, and a pipeline that remembers does not see the same frame twice.
        """
        last = worker.last
        if last and last.frame is frame and last.parameters is parameters:
            return last.result, last.milliseconds
        pipeline = worker.opened(self.pipeline, self._threads())
        started = self._clock.now()
        result = checked(pipeline.process(frame, parameters))
        return result, (self._clock.now() - started) * 1000


class _Worker:
    """A thread of a lane with its mailbox, and what only that thread may touch: the pipeline, what it
    did last, and the rest after a failure. Closing the mailbox dismisses it.
    """

    def __init__(self, lane: Lane) -> None:
        self.inbox: Mailbox[Frame, Frame] = Mailbox()
        self.busy_since: float | None = None
        self.last: Done | None = None
        self._pipeline: AnyPipeline | None = None
        self._failed_with: Parameters | None = None
        self._rest_until = 0.0
        self.thread = threading.Thread(
            target=lane._loop, args=(self,), name=f"lane-{lane.pipeline.name}", daemon=True
        )

    def opened(self, pipeline: type[AnyPipeline], threads: int) -> AnyPipeline:
        if self._pipeline is None:
            self._pipeline = pipeline()
            self._pipeline.open(threads)
        return self._pipeline

    def rests(self, parameters: Parameters, now: float) -> bool:
        return parameters is self._failed_with and now < self._rest_until

    def rest(self, parameters: Parameters, until: float) -> None:
        """After a failure: a fresh pipeline next time, for this one's state cannot be trusted."""
        self._failed_with, self._rest_until = parameters, until
        self.let_go()

    def let_go(self) -> None:
        pipeline, self._pipeline, self.last = self._pipeline, None, None
        if pipeline is None:
            return
        try:
            pipeline.close()
        except Exception:
            log.exception("pipeline %s did not close", pipeline.name)


def all_ended(threads: Iterable[threading.Thread], timeout: float) -> bool:
    """Wait for threads (those never started have ended); False if one runs after `timeout` seconds."""
    deadline = time.monotonic() + timeout
    running = [thread for thread in threads if thread.is_alive()]
    for thread in running:
        thread.join(max(0.0, deadline - time.monotonic()))
    return not any(thread.is_alive() for thread in running)
