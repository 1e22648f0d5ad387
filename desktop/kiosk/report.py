"""How the exhibit is, as health tells it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from desktop.kiosk.beat import Beat, Counted, LaneBeat
from desktop.kiosk.restarts import Restart

OLD = 5.0
"""Seconds after which a picture is no live one, a lane no quick one, and a window not heard from."""
CLOSED = "closed"
"""The mode outside of the opening hours: then no picture is expected."""
STARTING, DOWN = "starting", "down"
"""The modes of a window that has not been heard yet, and of none."""
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
    """As a beat tells it, or `starting`, or `down`."""
    station: int | None
    """From 0; `None` while nothing is known."""
    plain: bool
    """Whether the plain kiosk has taken over after too many failures."""
    source: str
    """The address of what plays; empty while nothing does."""
    live: bool
    """As a beat tells it."""
    age: float | None
    """Seconds since the newest frame was captured."""
    lanes: tuple[LaneBeat, ...]
    restarts: int
    newest_restarts: tuple[Restart, ...]
    megabytes: float
    """Of memory that the window process and its children take; 0 while there is none."""
    threads: int
    handles: int
    """Files, pipes and sockets that the window process holds open."""
    temperature: float | None
    """In degrees Celsius, of the warmest sensor of the processor; `None` where the system does not tell."""
    counts: Counted
    """Of this day, as the window told it last."""


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
        self._counts = Counted()

    def window_began(self) -> None:
        with self._guard:
            self._window_began, self._beat = self._now(), None

    def window_ended(self, restarts: tuple[Restart, ...], count: int, *, plain: bool) -> None:
        """With all restarts that are remembered, and how many there were."""
        with self._guard:
            self._window_began = self._beat = None
            self._megabytes = 0.0
            self._restarts, self._count, self._plain = restarts, count, plain

    def hear(self, beat: Beat) -> None:
        with self._guard:
            self._beat, self._heard, self._counts = beat, self._now(), beat.counts

    def measure(self, megabytes: float, temperature: float | None) -> None:
        with self._guard:
            self._megabytes, self._temperature = megabytes, temperature

    def report(self) -> Report:
        with self._guard:
            now, beat, since = self._now(), self._beat, self._window_began
            reasons = tuple(self._reasons(now))
            mode = DOWN if since is None else STARTING
            known = beat or Beat(mode=mode, station=0, source="", live=False)
            return Report(
                not reasons,
                reasons,
                now - self._began,
                None if since is None else now - since,
                known.mode,
                known.station if beat else None,
                self._plain,
                known.source,
                known.live,
                None if known.age is None else known.age + now - self._heard,
                known.lanes,
                self._count,
                self._restarts[-NEWEST:],
                self._megabytes,
                known.threads,
                known.handles,
                self._temperature,
                self._counts,
            )

    def _reasons(self, now: float) -> list[str]:
        reasons = ["After too many failures only the plain station is shown."] if self._plain else []
        if self._window_began is None:
            return ["The window is not running.", *reasons]
        if self._beat is None:
            return ["The window is starting.", *reasons]
        if self._beat.trouble:
            reasons.append(self._beat.trouble)
        if (silence := now - self._heard) >= OLD:
            reasons.append(f"The window has given no sign of life for {silence:.0f} s.")
        if self._beat.mode != CLOSED:
            reasons += _reasons_of_pictures(self._beat, silence)
        return reasons


def _reasons_of_pictures(beat: Beat, silence: float) -> list[str]:
    """`silence`: seconds since this beat."""
    reasons = []
    if not beat.live:
        reasons.append("The camera gives no picture: another source stands in for it.")
    if beat.age is None:
        reasons.append("No picture has come yet.")
    elif (age := beat.age + silence) >= OLD:
        reasons.append(f"No new picture has come for {age:.0f} s.")
    reasons += [
        f"{lane.pipeline} has worked on one picture for {lane.silent:.0f} s."
        for lane in beat.lanes
        if lane.silent >= OLD
    ]
    return reasons


def stamp(at: datetime) -> str:
    """Local time, to the second, as health and logs write it."""
    return at.astimezone().isoformat(timespec="seconds")
