"""Keeps the window process running, for months: starts it, listens to it, starts it anew."""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime

from desktop.kiosk.beat import Beat
from desktop.kiosk.kiosk import Kiosk
from desktop.kiosk.machine import temperature
from desktop.kiosk.report import Condition
from desktop.kiosk.restarts import Do, Restarts
from desktop.kiosk.window_process import WindowProcess, command_of

log = logging.getLogger(__name__)
LOOK = 0.2
"""Seconds between two looks at the process."""
WEIGH = 5.0
"""Seconds between two looks at its memory."""
END = 5.0
"""Seconds that it has to end together with the supervisor."""


class Supervisor:
    """`run` stays until `stop` is called, from any thread or a signal, or the staff leaves by the screen."""

    def __init__(self, kiosk: Kiosk) -> None:
        self.condition = Condition(time.monotonic)
        self._kiosk = kiosk
        self._restarts = Restarts(kiosk.keep, time.monotonic(), datetime.now())
        self._window: WindowProcess | None = None
        self._beats: list[Beat] = []
        self._guard = threading.Lock()
        self._stop = threading.Event()
        self._weighed = 0.0

    def stop(self) -> None:
        self._stop.set()

    def run(self) -> None:
        try:
            while not self._stop.wait(LOOK) and self._look():
                pass
        finally:
            if self._window:
                self._window.let_go(END)

    def _look(self) -> bool:
        """False where the staff has left."""
        now, wall = time.monotonic(), datetime.now()
        window = self._window
        if window is not None:
            if window.status is not None:
                if window.status == 0 and not self._restarts.ending:
                    return False
                self._note_end(window, now, wall)
            else:
                self._listen(window, now)
        match self._restarts.decide(now, wall):
            case Do.START:
                self._start(now, plain=False)
            case Do.START_PLAIN:
                self._start(now, plain=True)
            case Do.ASK_TO_END if self._window:
                self._window.ask_to_end()
            case Do.KILL if self._window:
                self._window.kill()
        return True

    def _start(self, now: float, *, plain: bool) -> None:
        with self._guard:
            self._beats.clear()
        self._window = WindowProcess(command_of(str(self._kiosk.path), plain=plain), self._keep_beat)
        self._restarts.started(now)
        self.condition.window_began()

    def _note_end(self, window: WindowProcess, now: float, wall: datetime) -> None:
        window.let_go(END)
        self._window = None
        self._restarts.ended(_why(window.status or 0), now, wall)
        newest = self._restarts.history[-1]
        log.warning("the window ended (%s) and is started anew", newest.reason)
        self.condition.window_ended(
            tuple(self._restarts.history), self._restarts.count, plain=self._restarts.plain
        )

    def _listen(self, window: WindowProcess, now: float) -> None:
        with self._guard:
            beats, self._beats = self._beats, []
        for beat in beats:
            self._restarts.hear(beat, now)
            self.condition.hear(beat)
        if now - self._weighed >= WEIGH:
            self._weighed = now
            megabytes = window.megabytes()
            self._restarts.weigh(megabytes)
            self.condition.measure(megabytes, temperature())

    def _keep_beat(self, beat: Beat) -> None:
        """On the thread that reads the pipe."""
        with self._guard:
            self._beats.append(beat)


def _why(status: int) -> str:
    """How it ended, in a few words."""
    return f"ended by signal {-status}" if status < 0 else f"ended with status {status}"
