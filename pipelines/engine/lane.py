"""One pipeline at work on the stream: a thread, a mailbox, its parameters."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from typing import NamedTuple, Protocol

from models.errors import FusiformError, PipelineError
from models.text import Text
from pipelines.clock import Clock
from pipelines.engine.check import checked, told
from pipelines.engine.failure_log import FailureLog
from pipelines.engine.leaving import all_ended
from pipelines.engine.mailbox import Mailbox
from pipelines.engine.outcome import Done, Failed, Outcome, failure
from pipelines.engine.task import Task
from pipelines.engine.turning import view_of
from pipelines.engine.view import Viewport
from pipelines.frame import Frame
from pipelines.onlooker import Onlooker
from pipelines.parameters import Parameters
from pipelines.registry import AnyPipeline
from pipelines.result import Result
from pipelines.status import Status

REST = 2.0
"""Seconds after which a lane that failed tries again by itself."""
IDLE = 1.0
"""Seconds after which a lane that waits for a frame looks whether it is still wanted."""
SMALL = Viewport(640, 360)


class Patience(NamedTuple):
    """Seconds of silence after which a lane counts as hung."""

    working: float
    loading: float

    def of(self, loads: bool) -> float:
        return self.loading if loads else self.working


class Report(Protocol):
    """Told of every task that a lane took; `None` while it rests after a failure."""

    def __call__(self, lane: Lane, task: Task, outcome: Outcome | None, /) -> None: ...


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
        defer: Callable[[Lane, Task], None] | None = None,
    ) -> None:
        """`defer` takes the frames of a lane that looks at others, until these have done them."""
        self.pipeline = pipeline
        self.parameters = parameters
        self.viewport = SMALL
        self.missed = 0
        """Frames that passed by this lane: it rested, was out of step or too late. Counted by the studio."""
        self.failures = FailureLog(pipeline.name)
        self._clock = clock
        self._report = report
        self._threads = threads
        self._defer = defer
        self._workers = [_Worker(self)]

    @property
    def inbox(self) -> Mailbox[Task, Task]:
        return self._workers[-1].inbox

    @property
    def dropped(self) -> int:
        """Frames that came and were not processed."""
        return self.missed + sum(worker.inbox.dropped for worker in self._workers)

    def give(self, task: Task) -> None:
        """A frame to do. Never blocks."""
        if self._defer:
            self._defer(self, task)
        else:
            self.inbox.put(task)

    def is_at(self, frame: Frame) -> bool:
        """Whether it works on this frame, or will if no other comes."""
        return self._workers[-1].is_at(frame)

    def start(self) -> None:
        self._workers[-1].thread.start()

    def silent_for(self) -> float:
        """Seconds since the pipeline began with a frame that it has not finished; 0 while idle, and
        infinitely many where `start` was never called.
        """
        return self._workers[-1].silent_for(self._clock.now())

    @property
    def loads(self) -> bool:
        """Whether it is silent because the pipeline loads what it needs."""
        return self._workers[-1].loads

    def hangs(self, patience: Patience) -> bool:
        """Whether it has been silent for longer than that."""
        return self.silent_for() >= patience.of(self.loads)

    def hung_threads(self, patience: Patience) -> int:
        """How many of its threads should have ended and have not, or have been silent for too long."""
        now = self._clock.now()
        return sum(worker.hangs(patience, now) for worker in self._workers)

    def owes(self, frame: Frame) -> bool:
        """It has the time, but no result of this frame with its parameters and viewport of now."""
        return self._workers[-1].owes(frame, self.parameters, self.viewport, self._clock.now())

    def restart(self) -> None:
        """Leave a hung thread behind (it ends as soon as it comes back) and go on in a new one."""
        self.stop()
        ended = {worker for worker in self._workers if not worker.thread.is_alive()}
        self.missed += sum(worker.inbox.dropped for worker in ended)
        self._workers = [*(worker for worker in self._workers if worker not in ended), _Worker(self)]
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
            while not worker.inbox.closed:
                if (task := worker.inbox.take(IDLE)) is not None:
                    self._do(worker, task)
        finally:
            worker.let_go()

    def _do(self, worker: _Worker, task: Task) -> None:
        outcome = self._outcome(worker, task)
        if not worker.inbox.closed:
            self._report(self, task, outcome)

    def _outcome(self, worker: _Worker, task: Task) -> Outcome | None:
        parameters, viewport = self.parameters, self.viewport
        began = self._clock.now()
        if worker.rests(parameters, task.take, began):
            return None
        worker.busy_since, worker.task = began, task
        try:
            result, milliseconds, status = self._result(worker, task, parameters)
            view = view_of(result, viewport)
            done = Done(task.frame, parameters, result, view, milliseconds, status)
            worker.keep(done, viewport, task)
        except BaseException as error:  # noqa: BLE001 - a library may raise `SystemExit`, too
            self.failures.failed(error)
            worker.rest(parameters, task.take, self._clock.now() + REST)
            # its traceback, which is told by now, would hold this call, its pictures and with them itself
            cause = error.with_traceback(None) if isinstance(error, FusiformError) else None
            return Failed(task.frame, failure(self.pipeline.title, error), cause)
        finally:
            worker.busy_since = worker.task = None
        self.failures.succeeded()
        return done

    def _result(
        self, worker: _Worker, task: Task, parameters: Parameters
    ) -> tuple[Result, float, Status | None]:
        """The result, its milliseconds, and how it went. What is known is not computed again: a still
        picture can be zoomed at once, and a pipeline that remembers does not see the same frame twice.
        """
        last = worker.last
        if last and last.parameters is parameters and worker.knows(task):
            return last.result, last.milliseconds, last.status
        pipeline = worker.loaded(self.pipeline, self._threads(), parameters, self._clock)
        started = self._clock.now()
        result = checked(_made(pipeline, task, parameters))
        return result, (self._clock.now() - started) * 1000, told(pipeline.status())


def _made(pipeline: AnyPipeline, task: Task, parameters: Parameters) -> Result:
    if not isinstance(pipeline, Onlooker) or task.seen is None:
        return pipeline.process(task.frame, parameters)
    if isinstance(task.seen, Text):
        raise PipelineError(task.seen.en, task.seen.ja)
    return pipeline.compare(task.frame, task.seen, parameters)


class _Worker:
    """A thread of a lane with its mailbox, and what only that thread may change: the pipeline, what it
    did last, and the rest after a failure. Closing the mailbox dismisses it.
    """

    def __init__(self, lane: Lane) -> None:
        self.inbox: Mailbox[Task, Task] = Mailbox(Task.same)
        self.busy_since: float | None = None
        self.loads = False
        self.task: Task | None = None
        """What it works on."""
        self.last: Done | None = None
        self._last_task: Task | None = None
        self._viewport: Viewport | None = None
        self._pipeline: AnyPipeline | None = None
        self._prepared: Parameters | None = None
        self._failures = lane.failures
        self._failed_with: Parameters | None = None
        self._failed_in = 0
        self._rest_until = 0.0
        self.thread = threading.Thread(
            target=lane._loop, args=(self,), name=f"lane-{lane.pipeline.name}", daemon=True
        )

    # --- from any thread

    def silent_for(self, now: float) -> float:
        if self.thread.ident is None:
            return math.inf
        since = self.busy_since
        return 0.0 if since is None else now - since

    def hangs(self, patience: Patience, now: float) -> bool:
        late = self.silent_for(now) >= patience.of(self.loads)
        return self.thread.is_alive() and (self.inbox.closed or late)

    def owes(self, frame: Frame, parameters: Parameters, viewport: Viewport, now: float) -> bool:
        if self.busy_since is not None or now < self._rest_until:
            return False
        last = self.last
        return last is None or (last.frame, last.parameters, self._viewport) != (frame, parameters, viewport)

    def is_at(self, frame: Frame) -> bool:
        task, waiting = self.task, self.inbox.waiting()
        return any(of is not None and of.frame is frame for of in (task, waiting))

    # --- from its own thread

    def knows(self, task: Task) -> bool:
        """Whether what it did last was this frame, with the same of others beside it."""
        last = self._last_task
        return last is not None and last.frame is task.frame and last.seen == task.seen

    def loaded(
        self, pipeline: type[AnyPipeline], threads: int, parameters: Parameters, clock: Clock
    ) -> AnyPipeline:
        """Opened, and prepared for these parameters; its patience for the frame begins after that."""
        if self._pipeline is not None and self._prepared is parameters:
            return self._pipeline
        self.loads = True
        try:
            if self._pipeline is None:
                self._pipeline = pipeline()
                self._pipeline.open(threads)
            self._pipeline.prepare(parameters)
            self._prepared = parameters
            self.busy_since = clock.now()
        finally:
            self.loads = False
        return self._pipeline

    def keep(self, done: Done, viewport: Viewport, task: Task) -> None:
        self.last, self._viewport, self._last_task = done, viewport, task

    def rests(self, parameters: Parameters, take: int, now: float) -> bool:
        """Not where something is new: the parameters or the take."""
        same = parameters is self._failed_with and take == self._failed_in
        return same and now < self._rest_until

    def rest(self, parameters: Parameters, take: int, until: float) -> None:
        """After a failure: a fresh pipeline next time, for this one's state cannot be trusted."""
        self._failed_with, self._failed_in, self._rest_until = parameters, take, until
        self.let_go()

    def let_go(self) -> None:
        pipeline, self._pipeline, self._prepared, self.last = self._pipeline, None, None, None
        if pipeline is None:
            return
        try:
            pipeline.close()
        except BaseException as error:  # noqa: BLE001 - as above
            self._failures.failed(error)
