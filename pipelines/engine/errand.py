"""A thread that does one thing whenever it is woken."""

from __future__ import annotations

import threading
from collections.abc import Callable

from pipelines.engine.leaving import all_ended

IDLE = 1.0
"""Seconds after which a thread that waits looks whether it is still wanted."""


class Errand:
    """Woken while it is at work, it does it once more. Its thread begins when it is first woken."""

    def __init__(self, name: str, do: Callable[[], None]) -> None:
        self._do = do
        self._woken = threading.Event()
        self._stopped = False
        self._thread = threading.Thread(target=self._loop, name=name, daemon=True)

    def wake(self) -> None:
        """By one thread at a time. Returns at once."""
        self._woken.set()
        if self._thread.ident is None and not self._stopped:
            self._thread.start()

    def stop(self) -> None:
        self._stopped = True
        self._woken.set()

    def join(self, timeout: float) -> bool:
        """Wait for the end after `stop`; False if it still runs after `timeout` seconds."""
        return all_ended((self._thread,), timeout)

    def _loop(self) -> None:
        while not self._stopped:
            if self._woken.wait(IDLE):
                self._woken.clear()
                self._do()
