"""Work that would hold up the window, done beside it."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject

from desktop.window.waker import Waker

log = logging.getLogger(__name__)
MOST_WAITING = 8
"""Each holds its picture; more only wait where a key is held down or the disk is asleep."""
T = TypeVar("T")


class Beside(QObject):
    """One piece of work after another, in a thread that lives as long as there is something to do.

    What came of each is told on the thread that made this, in the same order.
    """

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        """`name` is the thread's."""
        super().__init__(parent)
        self._name = name
        self._waker = Waker(self)
        self._waker.woken.connect(self._tell)
        self._lock = threading.Lock()
        self._waiting: deque[_Work[Any]] = deque()
        self._done: deque[_Work[Any]] = deque()
        self._thread: threading.Thread | None = None
        self._busy = self._closed = False

    def do(self, work: Callable[[], T], then: Callable[[Future[T]], object]) -> bool:
        """Do `work` when its turn comes, then call `then` with what it returned or raised.

        False, and it is never done, where `MOST_WAITING` wait already, or after `close`.
        """
        with self._lock:
            if self._closed or len(self._waiting) == MOST_WAITING:
                return False
            self._waiting.append(_Work(work, then))
            if not self._busy:
                self._busy = True
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
        return True

    def close(self, timeout: float) -> None:
        """Let what was asked for be done, for at most `timeout` seconds, and tell what came of it.

        Nothing is told afterwards. May be called twice.
        """
        if self._thread:
            self._thread.join(timeout)
        with self._lock:
            self._closed = True
            self._waiting.clear()
            if self._busy:
                log.error("%s: not done within %g s", self._name, timeout)
        self._tell()

    def _run(self) -> None:
        while work := self._next():
            work.do()
            with self._lock:
                if not self._closed:  # afterwards the waker may be gone
                    self._done.append(work)
                    self._waker.wake()

    def _next(self) -> _Work[Any] | None:
        with self._lock:
            self._busy = bool(self._waiting)
            return self._waiting.popleft() if self._busy else None

    def _tell(self) -> None:
        while self._done:
            self._done.popleft().tell()


class _Work(Generic[T]):
    def __init__(self, work: Callable[[], T], then: Callable[[Future[T]], object]) -> None:
        self._work = work
        self._then = then
        self._outcome: Future[T] = Future()

    def do(self) -> None:
        try:
            self._outcome.set_result(self._work())
        except Exception as error:  # noqa: BLE001 - it is raised where the outcome is looked at
            self._outcome.set_exception(error)

    def tell(self) -> None:
        self._then(self._outcome)
