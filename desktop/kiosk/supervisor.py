"""Keeps the window process running, for months: starts it, listens to it, starts it anew."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from queue import Empty, SimpleQueue

from desktop.kiosk.health import HealthError, HealthServer
from desktop.kiosk.kiosk import Kiosk
from desktop.kiosk.machine import temperature
from desktop.kiosk.report import Condition
from desktop.kiosk.restarts import Do, Restarts
from desktop.kiosk.systemd import ALIVE, READY, STOPPING, notify
from desktop.kiosk.window_process import WindowProcess, command_of
from models.text import Text

log = logging.getLogger(__name__)
LOOK = 0.2
"""Seconds between two looks at the process."""
WEIGH = 5.0
"""Seconds between two looks at its memory, and two words to systemd."""
PORT = 30.0
"""Seconds between two tries to open the health port."""
END = 5.0
"""Seconds that the window has to end together with the supervisor."""


class Supervisor:
    """`run` stays until `stop` is called, from any thread or a signal, or the staff leaves by the screen."""

    def __init__(
        self,
        kiosk: Kiosk,
        *,
        tell: Callable[[Text], object] = lambda text: None,
        command: Callable[[bool], Sequence[str]] | None = None,
        now: Callable[[], float] = time.monotonic,
        look: float = LOOK,
        end: float = END,
    ) -> None:
        """`tell` says what the staff should know. `command` makes the command line of the window process,
        plain or not. `now` is a clock that never goes back, in seconds: all times of restarts go by it.
        `look` and `end` are real seconds, as `LOOK` and `END`.
        """
        self.condition = Condition(now)
        self._kiosk = kiosk
        self._tell = tell
        self._command = command or (lambda plain: command_of(str(kiosk.path), plain=plain))
        self._now = now
        self._seconds = look, end
        self._restarts = Restarts(kiosk.keep, now(), datetime.now())
        self._window: WindowProcess | None = None
        self._stop: SimpleQueue[None] = SimpleQueue()
        self._weigh_at = self._port_at = now()
        self._health = (
            HealthServer(kiosk.health.address, kiosk.health.port, self.condition.report)
            if kiosk.health.port
            else None
        )
        self._refused = ""
        """Why the health port cannot be opened; said once."""

    def stop(self) -> None:
        self._stop.put(None)  # a signal may come while `run` looks at it: an event would lock up

    @property
    def pid(self) -> int | None:
        """Of the window process, while there is one."""
        window = self._window
        return window.pid if window else None

    def write(self, line: bytes) -> None:
        """To the window process, which reads it in a soak only."""
        if window := self._window:
            window.write(line)

    def run(self) -> None:
        """On whatever thread; it blocks."""
        look, end = self._seconds
        notify(READY)
        try:
            while self._look_safely() and not self._is_stopped(look):
                pass
        finally:
            notify(STOPPING)
            if self._window:
                self._window.let_go(end)
            if self._health:
                self._health.close()

    def _is_stopped(self, seconds: float) -> bool:
        """After so many seconds, or as soon as it is."""
        try:
            self._stop.get(timeout=seconds)
        except Empty:
            return False
        return True

    def _look_safely(self) -> bool:
        """A look that fails costs a look, not the exhibit."""
        try:
            return self._look()
        except Exception:
            log.exception("a look at the window failed")
            return True

    def _look(self) -> bool:
        """False where the staff has left."""
        now, wall = self._now(), datetime.now()
        window = self._window
        if window is not None:
            self._listen(window, now)
            if (status := window.status) is not None:
                if status == 0 and not self._restarts.ending:
                    return False
                self._note_end(window, status, now, wall)
        self._do(self._restarts.decide(now, wall), now, wall)
        if now >= self._weigh_at:
            self._weigh_at = now + WEIGH
            self._weigh()
            notify(ALIVE)
        self._open_health(now)
        return True

    def _do(self, what: Do, now: float, wall: datetime) -> None:
        match what:
            case Do.START:
                self._start(now, wall, plain=False)
            case Do.START_PLAIN:
                self._start(now, wall, plain=True)
            case Do.ASK_TO_END if self._window:
                self._window.ask_to_end()
            case Do.KILL if self._window:
                self._window.kill()

    def _start(self, now: float, wall: datetime, *, plain: bool) -> None:
        self._restarts.started(now)
        try:
            self._window = WindowProcess(self._command(plain))
        except OSError as error:
            self._restarts.ended(f"not started: {error.strerror}", now, wall)
            self._tell_end()
        else:
            self.condition.window_began()

    def _listen(self, window: WindowProcess, now: float) -> None:
        for beat in window.beats():
            self._restarts.hear(beat, now)
            self.condition.hear(beat)

    def _note_end(self, window: WindowProcess, status: int, now: float, wall: datetime) -> None:
        self._window = None
        window.let_go(0)
        self._restarts.ended(_why(status, window.last_words), now, wall)
        self._tell_end()

    def _tell_end(self) -> None:
        newest = self._restarts.history[-1]
        log.warning("the window ended (%s) and is started anew", newest.reason)
        self.condition.window_ended(
            tuple(self._restarts.history), self._restarts.count, plain=self._restarts.plain
        )

    def _weigh(self) -> None:
        megabytes = self._window.megabytes() if self._window else 0.0
        self._restarts.weigh(megabytes)
        self.condition.measure(megabytes, temperature())

    def _open_health(self, now: float) -> None:
        if self._health is None or self._health.runs or now < self._port_at:
            return
        self._port_at = now + PORT
        try:
            self._health.start()
        except HealthError as error:
            if error.text.en != self._refused:
                self._refused = error.text.en
                log.warning("%s", error.text.en)
                self._tell(error.text)
        else:
            self._refused = ""


def _why(status: int, last_words: str) -> str:
    """How it ended, in a few words, with its own last ones."""
    if status >= 0:
        how = f"ended with status {status}"
    else:
        how = f"ended by {_SIGNALS.get(-status, f'signal {-status}')}"
    if -status in FROM_OUTSIDE:
        return how
    return f"{how}: {last_words}" if last_words else how


FROM_OUTSIDE = (9, 15)
"""Signals of which a process knows nothing beforehand: its last words are about something else."""
_SIGNALS = {int(one): one.name for one in signal.Signals}
