"""A clock that goes on only when somebody waits for it or a test says so."""

from __future__ import annotations

import threading


class HandClock:
    """Waiting takes no real time: the clock jumps to the end of the wait at once."""

    def __init__(self) -> None:
        self.time = 100.0

    def now(self) -> float:
        return self.time

    def wait(self, wake: threading.Event, seconds: float) -> bool:
        if not wake.is_set():
            self.time += max(0.0, seconds)
        return wake.is_set()
