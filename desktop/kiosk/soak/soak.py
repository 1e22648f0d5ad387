"""Drives the real exhibit through faults while visitors touch it, and measures how it stands them."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from desktop.kiosk.kiosk import HealthAddress, Kiosk
from desktop.kiosk.soak.deeds import CAMERA, Touch, written
from desktop.kiosk.soak.faults import Faults, fills_disks
from desktop.kiosk.soak.outcome import Outcome, Restarted, Trial, outcome
from desktop.kiosk.soak.schedule import DEADLY, Fault, Injection, Schedule
from desktop.kiosk.soak.watch import Watch
from desktop.kiosk.supervisor import Supervisor
from desktop.kiosk.window_process import command_of
from models.errors import FusiformError

EVERY, TOUCH = 60.0, 2.0
"""Seconds from one fault to the next, and from one touch to the next, without speed-up."""
LOOK = 0.25
PATIENCE = 60.0
"""Seconds after which a fault counts as not survived, or the exhibit as never begun."""
MIDDLE = (0.5, 0.4)
"""Where a touch falls on a picture, which chooses nothing."""
FOUND = {"hang": "no sign of life", "stuck-lane": "hangs"}
"""What the reason of a restart says where the supervisor has found what there was to find."""


class Soak:
    def __init__(
        self,
        kiosk: Kiosk,
        folder: Path,
        hours: float,
        *,
        speed_up: float,
        seed: int,
        tell: Callable[[Injection, Trial], object],
    ) -> None:
        """The window keeps its counts and its log in `folder`. `tell` hears of each fault once it is over."""
        self._length = 3600 * hours
        self._every, self._touch = EVERY / speed_up, TOUCH / speed_up
        self._places = random.Random(f"touches {seed}")
        self._tell = tell
        self._supervisor = Supervisor(
            _alone(kiosk),
            command=lambda plain: [*command_of(str(kiosk.path), plain=plain), "--rehearsed", str(folder)],
        )
        self._schedule = Schedule(self._length, seed, fills_disks=fills_disks())
        self._faults = Faults(self._supervisor, folder, self._live_on)
        self._watch = Watch(CAMERA)
        self._is_quiet = True
        self._trials: list[Trial] = []
        self._left_out: set[Fault] = set()
        self._meant = 0
        self._unmeant: list[str] = []

    def run(self) -> Outcome:
        """
        Raises:
            FusiformError: the exhibit never shows a picture.
        """
        keeper = threading.Thread(target=self._supervisor.run, name="kiosk-supervisor")
        keeper.start()
        try:
            begun = time.monotonic()
            if not self._is_back(begun):
                raise self._never_began()
            while (gone := time.monotonic() - begun) < self._length:
                self._live_on(self._every)
                self._try(self._schedule.next(gone))
        finally:
            self._supervisor.stop()
            keeper.join()
        return self._outcome()

    def _try(self, injection: Injection) -> None:
        self._note_restarts(None)
        self._is_quiet = False
        self._watch.begin(time.monotonic(), stills=injection.stills)
        if self._faults.bring(injection):
            self._judge(injection)
        else:
            self._left_out.add(injection.fault)
        self._is_quiet = True

    def _judge(self, injection: Injection) -> None:
        over = time.monotonic()
        self._watch.over(over)
        is_back = self._is_back(over)
        back_after = time.monotonic() - over
        survived = self._note_restarts(injection.fault) and is_back
        trial = Trial(injection.fault, survived, self._watch.gap, back_after)
        self._trials.append(trial)
        self._tell(injection, trial)

    def _note_restarts(self, fault: Fault | None) -> bool:
        """Whether those since the last time are just what this fault has to bring."""
        new = self._watch.reasons[self._meant + len(self._unmeant) :]
        if fault in DEADLY and len(new) == 1 and FOUND.get(fault, "") in new[0]:
            self._meant += 1
            return True
        self._unmeant += new
        return fault not in DEADLY and not new

    def _live_on(
        self, seconds: float, until: Callable[[], bool] = lambda: False, *, choosing: bool = True
    ) -> None:
        """As `faults.Wait` says: visitors touch it meanwhile."""
        end = time.monotonic() + seconds
        touched = time.monotonic()
        while (now := time.monotonic()) < end and not until():
            if now - touched >= self._touch:
                touched = now
                place = (self._places.random(), self._places.random()) if choosing else MIDDLE
                self._supervisor.write(written(Touch(*place)))
            self._look()
            time.sleep(min(LOOK, self._touch))

    def _is_back(self, since: float) -> bool:
        """Whether the exhibit's own pictures come in time, and all is in order."""
        deadline = time.monotonic() + PATIENCE
        while (now := time.monotonic()) < deadline:
            self._look()
            if self._watch.is_back(self._supervisor.condition.report(), now, since):
                return True
            time.sleep(LOOK)
        return False

    def _look(self) -> None:
        self._watch.look(self._supervisor.condition.report(), time.monotonic(), quiet=self._is_quiet)

    def _outcome(self) -> Outcome:
        self._note_restarts(None)
        return outcome(
            self._length / 3600,
            self._trials,
            left_out=self._left_out,
            longest_without_picture=self._watch.longest,
            plain_seconds=self._watch.plain,
            restarts=Restarted(self._meant, tuple(self._unmeant)),
            life=self._watch.longest_life,
        )

    def _never_began(self) -> FusiformError:
        restarts = self._supervisor.condition.report().newest_restarts
        why = f" ({restarts[-1].reason})" if restarts else ""
        return FusiformError(
            f"The exhibit showed no picture of its own within {PATIENCE:.0f} s{why}. "
            "Look at the log in the folder of “--out”.",
            f"{PATIENCE:.0f} 秒待っても展示に映像が出ませんでした{why}。"
            "「--out」のフォルダーにあるログを見てください。",
        )


def _alone(kiosk: Kiosk) -> Kiosk:
    """A soak answers no health in the exhibit's place; and a night in it brings no restart of its own."""
    return replace(kiosk, health=HealthAddress(port=0), keep=replace(kiosk.keep, restart=None))
