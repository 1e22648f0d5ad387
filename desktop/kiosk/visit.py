"""What a visitor meets: the exhibit wanders, is used, counts down, is put back.

Times are in seconds of a clock that never goes back.
"""

from __future__ import annotations

import math
from enum import Enum
from typing import Protocol

from msgspec import Struct

from desktop.kiosk.kiosk import Attract, Idle, Presence
from desktop.kiosk.presence import InView


class Mode(Enum):
    WANDERING = "wandering"
    """It goes through its stations by itself; nobody is there."""
    USED = "used"
    """Somebody is at a station, or was a moment ago."""
    LEAVING = "leaving"
    """Nobody has done anything for long: seconds are counted down until it is put back."""
    RESTING = "resting"
    """It was put back and waits at its first station until it wanders."""

    @property
    def is_visit(self) -> bool:
        """Whether it belongs to somebody."""
        return self in (Mode.USED, Mode.LEAVING)


class Moment(Struct, frozen=True):
    """What is to be shown."""

    mode: Mode
    station: int
    left: int = 0
    """Whole seconds of the countdown, the one that runs with them: from the first to 1; 0 without one."""
    visit: int = 0
    """How many there were so far: what a visitor has set goes with the next one."""


class Listener(Protocol):
    """Who counts. Is told of everything once."""

    def visit_began(self) -> None: ...

    def station_chosen(self, station: int) -> None:
        """Another one than the visitor's last choice."""
        ...

    def visit_ended(self, seconds: float, faces: int) -> None:
        """From the first to the last sign of somebody; `faces` were there at once, at most."""
        ...


class Visit:
    """Is told of touches and faces, and says what is to be shown."""

    def __init__(
        self,
        stations: int,
        attract: Attract,
        idle: Idle,
        presence: Presence,
        *,
        now: float,
        listener: Listener,
    ) -> None:
        """`stations` is how many there are, one at least."""
        self._stations = stations
        self._attract, self._idle, self._presence = attract, idle, presence
        self._listener = listener
        self._view = InView(presence.seconds)
        self._mode = Mode.WANDERING
        self._station = 0
        self._chosen: int | None = None
        """The station of the visitor's last choice."""
        self._visit = 0
        self._faces = 0
        """The most at once during this visit."""
        self._turned = self._began = self._active = now

    def touch(self, now: float) -> None:
        """Somebody touched something: a visit begins at the station that is on screen, or goes on."""
        if self._mode.is_visit:
            self.at(now)  # the former one may be over long since
        self._note_somebody(now)

    def choose(self, station: int, now: float) -> None:
        """A station's button.

        Raises:
            ValueError: there is no such station.
        """
        if not 0 <= station < self._stations:
            raise ValueError(f"there are {self._stations} stations, not {station + 1}")
        self.touch(now)
        self._station = station
        if station != self._chosen:
            self._chosen = station
            self._listener.station_chosen(station)

    def see(self, faces: int, now: float) -> None:
        """So many faces are in the picture."""
        if self._presence.on:
            self._view.see(faces, now)
            if self._mode.is_visit:
                self._faces = max(self._faces, faces)

    def at(self, now: float) -> Moment:
        """What is to be shown now. Called often; after a long pause, of a machine that slept, say, what
        would have happened meanwhile has happened.
        """
        if self._presence.on and self._view.is_there(now):
            self._note_somebody(now)
        silent = now - self._active
        if self._mode.is_visit:
            self._grow_silent(silent)
        if self._mode is Mode.RESTING and silent >= self._attract.after:
            self._mode, self._turned = Mode.WANDERING, now
        elif self._mode is Mode.WANDERING and now - self._turned >= self._attract.each:
            self._station, self._turned = (self._station + 1) % self._stations, now
        return Moment(self._mode, self._station, self._left(silent), self._visit)

    def end(self) -> None:
        """The exhibit closes, whoever is there."""
        if self._mode.is_visit:
            self._put_back()

    def _note_somebody(self, now: float) -> None:
        self._active = now
        if not self._mode.is_visit:
            self._began = now
            self._visit += 1
            self._chosen, self._faces = None, self._view.faces(now)
            self._listener.visit_began()
        self._mode = Mode.USED

    def _grow_silent(self, silent: float) -> None:
        if silent - self._idle.after >= self._idle.countdown:
            self._put_back()
        elif silent >= self._idle.after:
            self._mode = Mode.LEAVING

    def _left(self, silent: float) -> int:
        counted = silent - self._idle.after
        return math.ceil(self._idle.countdown - counted) if self._mode is Mode.LEAVING else 0

    def _put_back(self) -> None:
        self._listener.visit_ended(self._active - self._began, self._faces)
        self._view.forget()
        self._mode, self._station = Mode.RESTING, 0
