"""Tells the supervisor once a second that the window lives, and ends the window with it."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.kiosk.beat import EVERY, Beat, written


class Heartbeat(QObject):
    """Through standard output, which is a pipe. `orphaned` is emitted when the supervisor closes the other
    pipe or is gone: the window must not stay behind.
    """

    orphaned = Signal()
    told = Signal(bytes)
    """A line that the supervisor has written; only in a soak it does."""

    def __init__(self, beat: Callable[[], Beat], parent: QObject) -> None:
        super().__init__(parent)
        self._beat = beat
        self._newest: bytes | None = None
        self._changed = threading.Condition()
        sys.stdout.flush()
        self._pipe = os.dup(sys.stdout.fileno())
        threading.Thread(target=self._write, name="kiosk-heartbeat", daemon=True).start()
        threading.Thread(target=self._wait_for_end, name="kiosk-supervisor", daemon=True).start()
        self._clock = QTimer(self, interval=round(1000 * EVERY))
        self._clock.timeout.connect(self.tell)
        self._clock.start()
        self.tell()

    def tell(self) -> None:
        """Now, and not only when the next second is over. The pipe may be full: the window does not wait."""
        line = written(self._beat())
        with self._changed:
            self._newest = line
            self._changed.notify()

    def _write(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._newest is not None)
                line, self._newest = self._newest, None
            try:
                os.write(self._pipe, line or b"")
            except OSError:
                self.orphaned.emit()
                return

    def _wait_for_end(self) -> None:
        for line in sys.stdin.buffer:
            self.told.emit(line)
        self.orphaned.emit()
