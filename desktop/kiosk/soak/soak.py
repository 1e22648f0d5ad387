"""Drives the real exhibit through faults, and measures how it stands them.

In the first half the window process is killed and stopped as well; in the second it lives on, so that its
growth can be told.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Literal, get_args

from msgspec import Struct

from desktop.kiosk.kiosk import Kiosk
from desktop.kiosk.soak.deeds import (
    CameraDeed,
    CameraFault,
    ClockJump,
    LaneDeed,
    LaneFault,
    Stall,
    Touch,
    written,
)
from desktop.kiosk.supervisor import Supervisor
from desktop.kiosk.window_process import command_of
from models.errors import FusiformError

Fault = Literal["camera", "lane", "stall", "clock", "disk", "kill", "hang", "suspend"]
FAULTS: tuple[Fault, ...] = get_args(Fault)
DEADLY: frozenset[Fault] = frozenset({"kill", "hang"})
"""Those that cost the window process its life."""
EVERY, TOUCH = 60.0, 2.0
"""Seconds from one fault to the next, and from one touch to the next, without speed-up."""
LASTS = (2.0, 8.0)
"""Seconds, at least and at most."""
HANGS = 14.0
"""Seconds that a process is stopped to be found hanging."""
DAY = 86_400
LOOK = 0.25
LIVE = 2.0
"""A picture no older than this many seconds counts as live."""
PATIENCE = 60.0
"""Seconds after which a fault counts as not survived, or the exhibit as never begun."""
PROMISED = 10.0
"""Seconds to a live picture after any fault."""
WARM = 600.0
"""Seconds of a process that do not count for its growth: its caches still fill."""
COUNTS = "counts.csv"


class Outcome(Struct, frozen=True):
    """What a soak has found."""

    hours: float
    faults: dict[str, int]
    survived: int
    longest_without_picture: float
    """Seconds."""
    megabytes_an_hour: float | None
    """Growth of the process that lived longest, after its first ten minutes; `None` where none did."""
    handles: tuple[int, int]
    """The fewest and the most that the longest-lived process held after its first minute."""
    threads: tuple[int, int]
    restarts: int

    @property
    def holds(self) -> bool:
        """Every fault survived, and a live picture within the seconds that are promised."""
        return self.survived == sum(self.faults.values()) and self.longest_without_picture <= PROMISED


class _Life(Struct):
    """What was seen of one window process: seconds since it began, and what it took then."""

    seconds: list[float] = []
    megabytes: list[float] = []
    handles: list[int] = []
    threads: list[int] = []


class Soak:
    def __init__(
        self, kiosk: Kiosk, hours: float, speed_up: float, seed: int, say: Callable[[str], None]
    ) -> None:
        """`kiosk` keeps its counts in a folder that is the soak's own."""
        assert kiosk.counts
        self._counts: Path = kiosk.counts
        self._length = 3600 * hours
        self._every, self._touch = EVERY / speed_up, TOUCH / speed_up
        self._chance = random.Random(seed)
        self._say = say
        self._supervisor = Supervisor(
            kiosk, command=lambda plain: [*command_of(str(kiosk.path), plain=plain), "--rehearsed"]
        )
        self._faults: Counter[str] = Counter()
        self._survived = 0
        self._pictured = self._longest = 0.0
        self._lives = [_Life()]
        self._restarts = 0

    def run(self) -> Outcome:
        """
        Raises:
            FusiformError: the exhibit never shows a picture.
        """
        keeper = threading.Thread(target=self._supervisor.run, name="kiosk-supervisor")
        keeper.start()
        try:
            if not self._comes():
                raise FusiformError(
                    f"The exhibit showed no picture within {PATIENCE:.0f} s.",
                    f"{PATIENCE:.0f} 秒待っても展示に映像が出ませんでした。",
                )
            self._longest = 0.0
            begun = time.monotonic()
            while (gone := time.monotonic() - begun) < self._length:
                self._live_on(self._every)
                self._go_through(self._next(gone))
        finally:
            self._supervisor.stop()
            keeper.join()
        return self._outcome()

    # --- faults

    def _next(self, gone: float) -> Fault:
        first_half = gone < self._length / 2
        return self._chance.choice([fault for fault in FAULTS if first_half or fault not in DEADLY])

    def _go_through(self, fault: Fault) -> None:
        self._faults[fault] += 1
        begun = time.monotonic()
        self._bring(fault)
        good = self._comes()
        self._survived += good
        taken = time.monotonic() - begun
        self._say(f"{fault}: {'survived' if good else 'NOT survived'} after {taken:.1f} s")

    def _bring(self, fault: Fault) -> None:
        """Begin it, and wait until it is over."""
        seconds = self._chance.uniform(*LASTS)
        match fault:
            case "camera":
                self._tell(CameraDeed(self._chance.choice(get_args(CameraFault)), seconds))
            case "lane":
                self._tell(LaneDeed(self._chance.choice(get_args(LaneFault)), seconds))
            case "stall":
                self._tell(Stall(seconds))
            case "clock":
                self._tell(ClockJump(self._chance.uniform(-DAY, DAY)))
            case "disk":
                self._refuse(seconds)
                return
            case "kill":
                self._signal(signal.SIGKILL)
            case "hang":
                self._stop_for(HANGS)
                return
            case "suspend":
                self._stop_for(min(seconds, PROMISED / 2))
                return
        self._live_on(seconds)

    def _stop_for(self, seconds: float) -> None:
        self._signal(signal.SIGSTOP)
        self._live_on(seconds)
        self._signal(signal.SIGCONT)

    def _refuse(self, seconds: float) -> None:
        """A folder stands where the counts are to be written: no disk could refuse them more firmly."""
        path, aside = self._counts / COUNTS, self._counts / f"{COUNTS}.aside"
        with contextlib.suppress(OSError):
            path.rename(aside)
        path.mkdir(parents=True)
        self._live_on(seconds)
        path.rmdir()
        with contextlib.suppress(OSError):
            aside.rename(path)

    def _signal(self, number: signal.Signals) -> None:
        if pid := self._supervisor.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def _tell(self, deed: Touch | CameraDeed | LaneDeed | Stall | ClockJump) -> None:
        self._supervisor.write(written(deed))

    # --- watching

    def _live_on(self, seconds: float) -> None:
        """Visitors touch it meanwhile."""
        end = time.monotonic() + seconds
        touched = time.monotonic()
        while (now := time.monotonic()) < end:
            if now - touched >= self._touch:
                touched = now
                self._tell(Touch(self._chance.random(), self._chance.random()))
            self._look()
            time.sleep(min(LOOK, self._touch))

    def _comes(self) -> bool:
        """Whether a live picture comes in time."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self._look():
                return True
            time.sleep(LOOK)
        return False

    def _look(self) -> bool:
        """Whether there is a live picture; and all figures of this moment."""
        report, now = self._supervisor.condition.report(), time.monotonic()
        is_live = report.age is not None and report.age < LIVE
        if is_live or not self._pictured:
            self._pictured = now
        self._longest = max(self._longest, now - self._pictured)
        if report.restarts != self._restarts:
            self._restarts = report.restarts
            self._lives.append(_Life())
        life = self._lives[-1]
        if report.window_uptime is not None and report.megabytes and report.handles:
            life.seconds.append(report.window_uptime)
            life.megabytes.append(report.megabytes)
            life.handles.append(report.handles)
            life.threads.append(report.threads)
        return is_live

    def _outcome(self) -> Outcome:
        life = max(self._lives, key=lambda one: one.seconds[-1] if one.seconds else 0.0)
        settled = [place for place, seconds in enumerate(life.seconds) if seconds >= 60] or [0]
        handles = [life.handles[place] for place in settled if life.handles]
        threads = [life.threads[place] for place in settled if life.threads]
        return Outcome(
            self._length / 3600,
            dict(self._faults),
            self._survived,
            self._longest,
            _growth(life),
            (min(handles, default=0), max(handles, default=0)),
            (min(threads, default=0), max(threads, default=0)),
            self._restarts,
        )


def _growth(life: _Life) -> float | None:
    """Megabytes an hour, by a line through all that was seen after the warm-up."""
    late = [(at, mb) for at, mb in zip(life.seconds, life.megabytes, strict=True) if at >= WARM]
    if len(late) < 2 or late[-1][0] - late[0][0] < WARM:
        return None
    slope, _start = statistics.linear_regression(*zip(*late, strict=True))
    return slope * 3600
