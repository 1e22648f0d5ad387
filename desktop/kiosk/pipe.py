"""A pipe that another process writes lines to, listened to until it is closed here."""

from __future__ import annotations

import contextlib
import os
import secrets
import threading
from collections.abc import Callable

from desktop.kiosk.beat import LONGEST

END = 2.0
"""Seconds that the thread has to read what is left."""


class ListenedPipe:
    """`end` is what the other process gets for its output.

    The end of that process is not always the end of the pipe: a process that it has started may hold it open
    for ever. So listening ends with a line that only we know.
    """

    def __init__(self, name: str, hear: Callable[[bytes], object]) -> None:
        """`hear` is called on a thread of that name, with each line; of a longer one, with its pieces."""
        self._hear = hear
        self._last = secrets.token_hex(16).encode() + b"\n"
        self._reading, self.end = os.pipe()
        self._thread = threading.Thread(target=self._listen, name=name, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """What was written before is heard. May be called twice."""
        if self.end < 0:
            return
        with contextlib.suppress(OSError):
            os.write(self.end, b"\n" + self._last)
        self._thread.join(END)
        os.close(self.end)
        self.end = -1

    def _listen(self) -> None:
        with open(self._reading, "rb") as pipe:
            while (line := pipe.readline(LONGEST)) and line != self._last:
                self._hear(line)
