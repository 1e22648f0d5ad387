"""Which fault comes next in a soak. Decides only; `faults` brings it."""

from __future__ import annotations

import random
from typing import Literal, TypeAlias, get_args

from msgspec import Struct

from desktop.kiosk.counts import EVERY as COUNTS_EVERY
from desktop.kiosk.restarts import FAILURES, SILENCE, WITHIN
from desktop.kiosk.soak.deeds import CameraFault, LaneFault
from desktop.kiosk.soak.life import WARM

Fault = Literal["camera", "lane", "stall", "clock", "disk", "suspend", "kill", "hang", "stuck-lane"]
FAULTS: tuple[Fault, ...] = get_args(Fault)
DEADLY: frozenset[Fault] = frozenset({"kill", "hang", "stuck-lane"})
"""Those that cost the window process its life."""
DiskFault = Literal["refusing", "full"]
How: TypeAlias = CameraFault | LaneFault | DiskFault | None

SHORTEST, LONGEST = 2.0, 7.0
"""Seconds that a fault lasts, at least and at most."""
STILL = SILENCE - 3.0
"""Seconds that something stands still, at most: nobody may take it for a hang."""
DISK = COUNTS_EVERY + 2
"""Seconds that the disk takes nothing: so long that something was to be written."""
DAY = 86_400.0
DEATHS = FAILURES - 2
"""Deadly faults within `WITHIN` seconds: the plain kiosk is for failures of the exhibit's own, and one of
those is left to it."""
MARGIN = 30.0
"""Seconds from a deadly fault until the supervisor has counted it, at most."""


class Injection(Struct, frozen=True):
    """A fault as it is to be brought."""

    fault: Fault
    how: How = None
    seconds: float = 0.0
    """How long it lasts; of what is deadly, nothing."""
    jump: float = 0.0
    """Seconds by which the clock on the wall is set."""

    @property
    def name(self) -> str:
        return f"{self.fault} ({self.how})" if self.how else self.fault

    @property
    def stills(self) -> bool:
        """Whether the camera goes on to give pictures that do not change."""
        return self.how in ("frozen", "black")


class Schedule:
    """Each fault once in every round, in an order that the seed decides.

    Deadly ones are left out where one more would bring the plain kiosk; and so they are while a process has
    to live so long that its growth can be told.
    """

    def __init__(self, length: float, seed: int, *, fills_disks: bool) -> None:
        """`length` of the soak in seconds. `fills_disks`: whether a full disk can be brought here."""
        self._chance = random.Random(seed)
        self._deadly_until = _deadly_until(length)
        self._disk: tuple[DiskFault, ...] = ("refusing", "full") if fills_disks else ("refusing",)
        self._round: list[Injection] = []
        self._deaths: list[float] = []

    def next(self, gone: float) -> Injection:
        """`gone`: seconds since the soak began."""
        while True:
            self._round = self._round or self._drawn()
            injection = self._round.pop()
            if injection.fault not in DEADLY:
                return injection
            if self._may_kill(gone):
                self._deaths.append(gone)
                return injection

    def _may_kill(self, gone: float) -> bool:
        self._deaths = [at for at in self._deaths if gone - at <= WITHIN + MARGIN]
        return gone < self._deadly_until and len(self._deaths) < DEATHS

    def _drawn(self) -> list[Injection]:
        """A whole round at once, so that what is left out of it changes nothing of the next."""
        order = self._chance.sample(FAULTS, len(FAULTS))
        return [self._injection(fault) for fault in order]

    def _injection(self, fault: Fault) -> Injection:
        seconds = self._chance.uniform(SHORTEST, LONGEST)
        match fault:
            case "camera":
                return Injection(fault, self._chance.choice(get_args(CameraFault)), seconds)
            case "lane":
                return Injection(fault, self._chance.choice(get_args(LaneFault)), min(seconds, STILL))
            case "disk":
                return Injection(fault, self._chance.choice(self._disk), DISK)
            case "clock":
                return Injection(fault, None, seconds, self._chance.uniform(-DAY, DAY))
            case "suspend" | "stall":
                return Injection(fault, None, min(seconds, STILL))
            case "kill" | "hang" | "stuck-lane":
                return Injection(fault)


def _deadly_until(length: float) -> float:
    """Seconds: half of a long soak, and in any case the last `2 * WARM` belong to one process. A soak that
    is too short for that tells of no growth, and may kill to its end."""
    if length < 3 * WARM:
        return length
    return min(length / 2, length - 2 * WARM - MARGIN)
