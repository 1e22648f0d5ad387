"""A wish to stop, from one thread to another that may be waiting for a server or a process."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Stop:
    """Held by whoever may want something ended, and given to what does it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._end: Callable[[], object] | None = None
        self._is_asked = False

    @property
    def is_asked(self) -> bool:
        return self._is_asked

    def ask(self) -> None:
        """What is waited for ends at once. May be called twice, from any thread."""
        with self._lock:
            self._is_asked = True
            if self._end:
                self._end()

    def reaches(self, end: Callable[[], object]) -> None:
        """From now on `end` ends what is waited for; at once, where that was asked for already.

        It is called from any thread, perhaps twice, and also when there is nothing to end any more.
        """
        with self._lock:
            self._end = end
            if self._is_asked:
                end()
