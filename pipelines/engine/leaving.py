"""What has been told to stop, and ends in its own time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from typing import Generic, Protocol, TypeVar


class Stoppable(Protocol):
    def stop(self) -> None:
        """Returns at once."""
        ...

    def join(self, timeout: float) -> bool:
        """False if it still runs after `timeout` seconds."""
        ...


T = TypeVar("T", bound=Stoppable)


class Leaving(Generic[T]):
    """Whoever was stopped here and has perhaps not ended. Changed by one thread, read by any."""

    def __init__(self) -> None:
        self._stopped: tuple[T, ...] = ()

    def __iter__(self) -> Iterator[T]:
        return iter(self._stopped)

    def stop(self, leaver: T) -> None:
        """Stop it without waiting."""
        leaver.stop()
        self._stopped = (*(other for other in self._stopped if not other.join(0.0)), leaver)

    def join(self, timeout: float) -> bool:
        """Wait for all and forget them; False if one still runs after `timeout` seconds."""
        deadline = time.monotonic() + timeout
        stopped, self._stopped = self._stopped, ()
        ended = [leaver.join(max(0.0, deadline - time.monotonic())) for leaver in stopped]
        return all(ended)


def all_ended(threads: Iterable[threading.Thread], timeout: float) -> bool:
    """Wait for threads (those never started have ended); False if one runs after `timeout` seconds."""
    deadline = time.monotonic() + timeout
    running = [thread for thread in threads if thread.is_alive()]
    for thread in running:
        thread.join(max(0.0, deadline - time.monotonic()))
    return not any(thread.is_alive() for thread in running)
