"""What a visitor meets: the exhibit wanders, is used, counts down, is put back. Times in seconds of a clock that
never goes back."""

from __future__ import annotations

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


class Moment(Struct, frozen=True):
    """What is to be shown."""

    mode: Mode
    station: int
    left: int = 0
    """Whole seconds of the countdown, at least 1 while there is one."""
    visit: int = 0
    """Grows with each visit: what a visitor has set is put back with the next one."""


class Listener(Protocol):
    """Who counts."""

    def visit_began(self) -> None: ...

    def station_chosen(self, station: int) -> None: ...

    def visit_ended(self, seconds: float, faces: int) -> None:
        """From the first to the last sign of somebody; `faces` were there at once, at most."""
        ...


class Visit:
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
        self._stations = stations
        self._attract, self._idle, self._presence = attract, idle, presence
        self._listener = listener
        self._view = InView(presence.seconds)
        self._mode = Mode.WANDERING
        self._station = 0
        self._visit = 0
        self._turned = self._began = self._active = now

    def touch(self, now: float) -> None:
        """Somebody touched something: a visit begins or goes on."""
        self.at(now)
        self._be_active(now)

    def choose(self, station: int, now: float) -> None:
        """A station's button.

        Raises:
            ValueError: there is no such station.
        """
        if not 0 <= station < self._stations:
            raise ValueError(f"there are {self._stations} stations, not {station + 1}")
        self.touch(now)
        self._station = station
        self._listener.station_chosen(station)

    def see(self, faces: int, now: float) -> None:
        """So many faces are in the picture."""
        if self._presence.on:
            self._view.see(faces, now)

    def at(self, now: float) -> Moment:
        """What is to be shown now. Called often: a second may pass between two calls, not a minute."""
        if self._presence.on and self._view.is_there(now):
            self._be_active(now)
        silent = now - self._active
        if self._mode in (Mode.USED, Mode.LEAVING):
            self._grow_silent(silent, now)
        elif self._mode is Mode.RESTING and silent >= self._attract.after:
            self._mode, self._turned = Mode.WANDERING, now
        elif self._mode is Mode.WANDERING and now - self._turned >= self._attract.each:
            self._station, self._turned = (self._station + 1) % self._stations, now
        left = self._idle.after + self._idle.countdown - silent
        return Moment(
            self._mode,
            self._station,
            max(1, -int(-left // 1)) if self._mode is Mode.LEAVING else 0,
            self._visit,
        )

    def end(self) -> None:
        """The exhibit closes, whoever is there."""
        if self._mode in (Mode.USED, Mode.LEAVING):
            self._put_back()

    def _be_active(self, now: float) -> None:
        self._active = now
        if self._mode in (Mode.WANDERING, Mode.RESTING):
            self._began = now
            self._visit += 1
            self._listener.visit_began()
        self._mode = Mode.USED

    def _grow_silent(self, silent: float, now: float) -> None:
        if silent >= self._idle.after + self._idle.countdown:
            self._put_back()
            if silent >= self._attract.after:
                self._mode, self._turned = Mode.WANDERING, now
        elif silent >= self._idle.after:
            self._mode = Mode.LEAVING

    def _put_back(self) -> None:
        self._listener.visit_ended(self._active - self._began, self._view.most)
        self._view.forget()
        self._mode, self._station = Mode.RESTING, 0
