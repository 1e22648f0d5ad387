"""Brings a fault on a running exhibit, by the means of the system it runs on."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import psutil

from desktop.kiosk.counts import FILE
from desktop.kiosk.restarts import CLOSING, SILENCE
from desktop.kiosk.soak.deeds import CameraDeed, ClockJump, Deed, LaneDeed, Stall, written
from desktop.kiosk.soak.schedule import Injection
from desktop.kiosk.supervisor import Supervisor

FOUND = SILENCE + CLOSING + 3
"""Seconds after which whatever hangs was to be found and ended."""
STUCK = 60.0
"""Seconds that a lane hangs which is to be found: longer than anybody waits."""
LOG = "kiosk-window.log"
FULL = 0
"""Bytes that a file may have on a full disk."""


class Wait(Protocol):
    """Lets the exhibit live on."""

    def __call__(
        self, seconds: float, until: Callable[[], bool] = lambda: False, *, choosing: bool = True
    ) -> None:
        """At most so long. `choosing`: visitors may choose another station meanwhile."""


def fills_disks() -> bool:
    """Whether a disk can be full for one process alone, as on Linux."""
    return hasattr(psutil.Process, "rlimit")


class Faults:
    def __init__(self, supervisor: Supervisor, folder: Path, wait: Wait) -> None:
        """`folder`: where the window process keeps its counts and its log."""
        self._supervisor = supervisor
        self._folder = folder
        self._wait = wait

    def bring(self, injection: Injection) -> bool:
        """Begin it, and wait until it is over; False where this system does not let it be brought."""
        try:
            self._bring(injection)
        except (psutil.Error, OSError):
            return False
        return True

    def _bring(self, injection: Injection) -> None:
        match injection:
            case Injection("camera", "gone" | "busy" | "frozen" | "black" | "hanging" as how, seconds):
                self._tell(CameraDeed(how, seconds), seconds)
            case Injection("lane", "failing" | "hanging" as how, seconds):
                self._tell(LaneDeed(how, seconds), seconds)
            case Injection("stall", _, seconds):
                self._tell(Stall(seconds), seconds)
            case Injection("clock", _, seconds, jump):
                self._tell(ClockJump(jump), seconds)
            case Injection("disk", "refusing", seconds):
                with contextlib.ExitStack() as refused:
                    refused.enter_context(_refused(self._folder / FILE))
                    with contextlib.suppress(PermissionError):  # Windows moves no log that is open
                        refused.enter_context(_refused(self._folder / LOG))
                    self._wait(seconds)
            case Injection("disk", _, seconds):
                with _full(self._process()):
                    self._wait(seconds)
            case Injection("suspend", _, seconds):
                with _suspended(self._process()):
                    self._wait(seconds)
            case Injection("kill"):
                with self._found():
                    self._process().kill()
            case Injection("hang"):
                with _suspended(self._process()), self._found():
                    pass
            case Injection("stuck-lane"):
                with self._found():
                    self._tell(LaneDeed("hanging", STUCK), 0)

    def _tell(self, deed: Deed, seconds: float) -> None:
        """The window does it; it takes so long."""
        self._supervisor.write(written(deed))
        self._wait(seconds)

    @contextlib.contextmanager
    def _found(self) -> Iterator[None]:
        """Afterwards the supervisor has noted the end of the window process, or was to have done so."""
        before = self._restarts()
        yield
        self._wait(FOUND, lambda: self._restarts() > before, choosing=False)

    def _restarts(self) -> int:
        return self._supervisor.condition.report().restarts

    def _process(self) -> psutil.Process:
        """
        Raises:
            psutil.Error: there is none just now.
        """
        if (pid := self._supervisor.pid) is None:
            raise psutil.Error("there is no window process")
        return psutil.Process(pid)


@contextlib.contextmanager
def _suspended(process: psutil.Process) -> Iterator[None]:
    process.suspend()
    try:
        yield
    finally:
        with contextlib.suppress(psutil.NoSuchProcess):  # it was found hanging
            process.resume()


@contextlib.contextmanager
def _full(process: psutil.Process) -> Iterator[None]:
    """Nothing can be added to any file, whichever it has open; pipes are none."""
    before = process.rlimit(psutil.RLIMIT_FSIZE)
    process.rlimit(psutil.RLIMIT_FSIZE, (FULL, before[1]))
    try:
        yield
    finally:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.rlimit(psutil.RLIMIT_FSIZE, before)


@contextlib.contextmanager
def _refused(path: Path) -> Iterator[None]:
    """A folder stands where the file is to be written: no disk could refuse it more firmly."""
    aside = path.with_name(f"{path.name}.aside")
    with contextlib.suppress(FileNotFoundError):
        path.rename(aside)
    path.mkdir(parents=True)
    try:
        yield
    finally:
        path.rmdir()
        with contextlib.suppress(FileNotFoundError):
            aside.rename(path)
