"""Time that a test can stand in for."""

from __future__ import annotations

import threading
import time
from typing import Protocol


class Clock(Protocol):
    def now(self) -> float:
        """Seconds of a clock that never goes back."""
        ...

    def wait(self, wake: threading.Event, seconds: float) -> bool:
        """Until `wake` is set (True) or the seconds are over (False)."""
        ...


class SystemClock:
    """`time.perf_counter`, the clock that frames are stamped with."""

    def now(self) -> float:
        return time.perf_counter()

    def wait(self, wake: threading.Event, seconds: float) -> bool:
        return wake.wait(seconds) if seconds > 0 else wake.is_set()


SYSTEM_CLOCK: Clock = SystemClock()
"""The one that everything uses outside of tests."""
