"""Work for a driver that may hang, on a thread of its own: whoever asks for it waits only so long."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from queue import SimpleQueue
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")


class LateError(Exception):
    """The work has not ended in time."""


class BusyError(Exception):
    """Former work, which was late, has still not ended."""


class _Job(NamedTuple):
    work: Callable[[], Any]
    future: Future[Any]
    is_last: bool = False


class Aside:
    """Asked from one thread at a time. Its thread lives until `end`, and as long as a driver hangs in it;
    it keeps no program from ending.
    """

    def __init__(self, name: str) -> None:
        self._jobs: SimpleQueue[_Job] = SimpleQueue()
        self._late: Future[Any] | None = None
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)
        self._thread.start()

    def do(self, work: Callable[[], T], seconds: float) -> T:
        """What `work` returns.

        Raises:
            LateError: it takes longer. It goes on, and what it returns in the end is lost.
            BusyError: `work` is not begun, for former work goes on.
            Exception: what it raised, or what work that was late has raised since.
        """
        if self._late is not None:
            self._look_after(self._late)
        job = _Job(work, Future())
        self._jobs.put(job)
        if not wait((job.future,), seconds).done:
            self._late = job.future
            raise LateError
        answer: T = job.future.result()
        return answer

    def end(self, last: Callable[[], object]) -> None:
        """`last` is done when all else has ended, and the thread ends with it."""
        self._jobs.put(_Job(last, Future(), is_last=True))

    def join(self, seconds: float) -> None:
        """Wait for the thread to end, at most this long."""
        self._thread.join(seconds)

    def _look_after(self, late: Future[Any]) -> None:
        if not late.done():
            raise BusyError
        self._late = None
        late.result()

    def _serve(self) -> None:
        ended = False
        while not ended:
            work, future, ended = self._jobs.get()
            try:
                future.set_result(work())
            except BaseException as error:  # noqa: BLE001 - it is raised where the work was asked for
                future.set_exception(error)
            del work, future  # what it returned is not kept until the next one comes
