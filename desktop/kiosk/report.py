"""How the exhibit is, as health tells it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from desktop.kiosk.beat import Beat, Counted, LaneBeat
from desktop.kiosk.restarts import SILENCE, Restart

OLD = 5.0
"""Seconds after which the newest picture is no live one."""
NEWEST = 10
"""Restarts that are told with their reasons."""


class Report(Struct, frozen=True):
    healthy: bool
    reasons: tuple[str, ...]
    """What is wrong, each in a sentence; empty where nothing is."""
    uptime: float
    """Seconds since the supervisor began."""
    window_uptime: float | None
    """Seconds since the window process began; `None` while there is none."""
    mode: str
    station: int | None
    """From 0; `None` while nothing is known."""
    plain: bool
    """Whether the plain kiosk has taken over after too many failures."""
    source: str
    live: bool
    age: float | None
    """Seconds since the newest frame was captured."""
    lanes: tuple[LaneBeat, ...]
    restarts: int
    newest_restarts: tuple[Restart, ...]
    megabytes: float
    threads: int
    handles: int
    temperature: float | None
    """In degrees Celsius, of the warmest sensor of the processor; `None` where the system does not tell."""
    counts: Counted


class Condition:
    """What is known at any time. Written by the supervisor, read by health, each on its own thread."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._guard = threading.Lock()
        self._began = now()
        self._window_began: float | None = None
        self._beat: Beat | None = None
        self._heard = 0.0
        self._restarts: tuple[Restart, ...] = ()
        self._count = 0
        self._plain = False
        self._megabytes = 0.0
        self._temperature: float | None = None

    def window_began(self) -> None:
        with self._guard:
            self._window_began, self._beat = self._now(), None

    def window_ended(self, restarts: tuple[Restart, ...], count: int, *, plain: bool) -> None:
        """With all restarts that are remembered, and how many there were."""
        with self._guard:
            self._window_began = self._beat = None
            self._restarts, self._count, self._plain = restarts, count, plain

    def hear(self, beat: Beat) -> None:
        with self._guard:
            self._beat, self._heard = beat, self._now()

    def measure(self, megabytes: float, temperature: float | None) -> None:
        with self._guard:
            self._megabytes, self._temperature = megabytes, temperature

    def report(self) -> Report:
        with self._guard:
            now, beat, since = self._now(), self._beat, self._window_began
            reasons = tuple(self._reasons(now))
            silence = now - self._heard
            known = beat or Beat(mode="starting", station=-1, source="", live=False)
            return Report(
                not reasons,
                reasons,
                now - self._began,
                None if since is None else now - since,
                known.mode if since is not None else "down",
                known.station if beat else None,
                self._plain,
                known.source,
                known.live,
                None if known.age is None else known.age + silence,
                known.lanes,
                self._count,
                self._restarts[-NEWEST:],
                self._megabytes,
                known.threads,
                known.handles,
                self._temperature,
                known.counts,
            )

    def _reasons(self, now: float) -> list[str]:
        beat = self._beat
        if self._window_began is None:
            return ["The window is not running."]
        if beat is None:
            return ["The window is starting."]
        reasons = [beat.trouble] if beat.trouble else []
        silence = now - self._heard
        if silence >= SILENCE:
            reasons.append(f"The window has given no sign of life for {silence:.0f} s.")
        if self._plain:
            reasons.append("After too many failures only the plain station is shown.")
        if beat.mode == CLOSED:
            return reasons
        if not beat.live:
            reasons.append("The camera gives no picture: another source stands in for it.")
        if beat.age is None or beat.age + silence >= OLD:
            reasons.append(f"No new picture has come for {OLD:.0f} s.")
        return reasons


CLOSED = "closed"
"""The mode outside of the opening hours: then no picture is expected."""


def stamp(at: datetime) -> str:
    """Local time, to the second, as health and logs write it."""
    return at.astimezone().isoformat(timespec="seconds")
