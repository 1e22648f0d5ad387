"""A slot for one item between two threads."""

from __future__ import annotations

import operator
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
N = TypeVar("N")


class Mailbox(Generic[T, N]):
    """Holds the newest item and the newest notice, in the order they came.

    An item replaces an unread item, and `dropped` counts it. A notice (a failure, an end) is never
    replaced by an item: it is delivered. So at most two things wait here, whatever the reader does.
    """

    def __init__(self, same: Callable[[T, T], bool] = operator.is_) -> None:
        """Where an item is the `same` as the unread one, nothing is dropped."""
        self._same = same
        self._changed = threading.Condition()
        self._waiting: list[tuple[bool, T | N]] = []
        self._closed = False
        self.dropped = 0

    @property
    def closed(self) -> bool:
        return self._closed

    def put(self, item: T) -> None:
        """Never blocks. After `close` it does nothing."""
        self._add(False, item)

    def put_notice(self, notice: N) -> None:
        """Never blocks; replaces an unread notice only. After `close` it does nothing."""
        self._add(True, notice)

    def take(self, timeout: float) -> T | N | None:
        """Wait for the next; `None` once closed, or after `timeout` seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or bool(self._waiting), timeout)
            return self._first()

    def poll(self) -> T | N | None:
        """What is there now, or `None`."""
        with self._changed:
            return self._first()

    def waiting(self) -> T | None:
        """The unread item, which stays."""
        with self._changed:
            return next((thing for is_notice, thing in self._waiting if not is_notice), None)  # type: ignore[return-value]

    def close(self) -> None:
        """Wake the reader and forget what was unread."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._changed.notify_all()

    def _add(self, is_notice: bool, thing: T | N) -> None:
        with self._changed:
            if self._closed:
                return
            replaced = [old for kind, old in self._waiting if kind is is_notice]
            if not is_notice:
                self.dropped += sum(not self._same(old, thing) for old in replaced)  # type: ignore[arg-type]
            self._waiting = [entry for entry in self._waiting if entry[0] is not is_notice]
            self._waiting.append((is_notice, thing))
            self._changed.notify()

    def _first(self) -> T | N | None:
        return self._waiting.pop(0)[1] if self._waiting else None
