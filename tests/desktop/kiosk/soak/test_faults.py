"""Faults as they are brought: on a real process that writes to a real disk, and told to a window."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from queue import SimpleQueue

import psutil
import pytest

from desktop.kiosk.counts import FILE
from desktop.kiosk.report import Condition
from desktop.kiosk.restarts import Restart
from desktop.kiosk.soak.deeds import CameraDeed, ClockJump, Deed, LaneDeed, Stall, read
from desktop.kiosk.soak.faults import LOG, STUCK, Faults, fills_disks
from desktop.kiosk.soak.schedule import Injection
from tests.desktop.kiosk.exhibit import LIMIT, until

WRITER = """
import sys, time
while True:
    try:
        with open(sys.argv[1], "ab") as file:
            file.write(b"a line\\n")
        print("written", flush=True)
    except OSError:
        print("refused", flush=True)
    time.sleep(0.005)
"""


class Exhibit:
    """Stands in for the supervisor: its window is a process that writes a file again and again."""

    def __init__(self, file: Path) -> None:
        self.condition = Condition(time.monotonic)
        self.told: list[Deed] = []
        self._process = subprocess.Popen(
            [sys.executable, "-S", "-c", WRITER, str(file)], stdout=subprocess.PIPE, text=True
        )
        self.pid: int | None = self._process.pid
        self._lines: SimpleQueue[str] = SimpleQueue()
        self._reader = threading.Thread(target=self._read, name="lines")
        self._reader.start()
        self.next("written")

    def write(self, line: bytes) -> None:
        deed = read(line)
        assert deed
        self.told.append(deed)

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._lines.put(line.strip())

    def next(self, line: str) -> None:
        """From now on it says so."""
        while not self._lines.empty():
            self._lines.get()
        deadline = time.monotonic() + LIMIT
        while self._lines.get(timeout=LIMIT) != line:
            assert time.monotonic() < deadline

    @property
    def status(self) -> str:
        return str(psutil.Process(self._process.pid).status())

    def note_restart(self) -> None:
        self.condition.window_ended((Restart(datetime(2026, 11, 26), "why"),), 1, plain=False)

    def close(self) -> None:
        self._process.kill()
        self._process.wait(LIMIT)
        self._reader.join(LIMIT)
        assert self._process.stdout
        self._process.stdout.close()


@pytest.fixture
def exhibit(tmp_path: Path) -> Iterator[Exhibit]:
    made = Exhibit(tmp_path / "other")
    yield made
    made.close()


class Waiting:
    """Does what is to happen while a fault is at work, and remembers how it was waited for."""

    def __init__(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        self.seconds: list[float] = []
        self.found = False
        self._meanwhile = meanwhile

    def __call__(
        self, seconds: float, until: Callable[[], bool] = lambda: False, *, choosing: bool = True
    ) -> None:
        self.seconds.append(seconds)
        self._meanwhile()
        self.found = until()


def bring(
    exhibit: Exhibit, folder: Path, injection: Injection, meanwhile: Callable[[], object] = lambda: None
) -> Waiting:
    waiting = Waiting(meanwhile)
    assert Faults(exhibit, folder, waiting).bring(injection)  # type: ignore[arg-type]
    return waiting


@pytest.mark.parametrize(
    ("injection", "deed"),
    [
        (Injection("camera", "busy", 3.0), CameraDeed("busy", 3.0)),
        (Injection("lane", "failing", 4.0), LaneDeed("failing", 4.0)),
        (Injection("stall", None, 5.0), Stall(5.0)),
        (Injection("clock", None, 2.0, -7000.0), ClockJump(-7000.0)),
    ],
)
def test_what_the_window_does_itself_it_is_told(
    exhibit: Exhibit, tmp_path: Path, injection: Injection, deed: Deed
) -> None:
    waiting = bring(exhibit, tmp_path, injection)
    assert exhibit.told == [deed]
    assert waiting.seconds == [injection.seconds]


def test_a_disk_that_refuses_is_as_it_was_afterwards(exhibit: Exhibit, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("counts")

    def both_are_refused() -> None:
        for name in (FILE, LOG):
            with pytest.raises(OSError, match=name):
                (tmp_path / name).write_text("new")

    bring(exhibit, tmp_path, Injection("disk", "refusing", 12.0), both_are_refused)
    assert (tmp_path / FILE).read_text() == "counts"
    assert {path.name for path in tmp_path.iterdir()} == {FILE, "other"}


@pytest.mark.skipif(not fills_disks(), reason="this system fills no disk for one process")
def test_a_full_disk_takes_nothing_until_it_is_over(exhibit: Exhibit, tmp_path: Path) -> None:
    bring(exhibit, tmp_path, Injection("disk", "full", 12.0), lambda: exhibit.next("refused"))
    exhibit.next("written")


@pytest.mark.skipif(os.name == "nt", reason="Windows does not tell that a process stands still")
def test_what_is_suspended_stands_still_and_goes_on(exhibit: Exhibit, tmp_path: Path) -> None:
    def stands_still() -> None:
        until(lambda: exhibit.status == psutil.STATUS_STOPPED)

    waiting = bring(exhibit, tmp_path, Injection("suspend", None, 4.0), stands_still)
    assert waiting.seconds == [4.0]
    exhibit.next("written")
    assert exhibit.status != psutil.STATUS_STOPPED


def test_what_is_killed_is_waited_for_until_the_supervisor_has_noted_it(
    exhibit: Exhibit, tmp_path: Path
) -> None:
    def noted() -> None:
        assert exhibit._process.wait(LIMIT)
        exhibit.note_restart()

    assert bring(exhibit, tmp_path, Injection("kill"), noted).found


def test_a_hang_that_nobody_finds_is_over_all_the_same(exhibit: Exhibit, tmp_path: Path) -> None:
    waiting = bring(exhibit, tmp_path, Injection("hang"))
    assert not waiting.found
    exhibit.next("written")


def test_a_hang_that_is_found_is_over_at_once(exhibit: Exhibit, tmp_path: Path) -> None:
    def found() -> None:
        psutil.Process(exhibit.pid).kill()
        exhibit.note_restart()

    assert bring(exhibit, tmp_path, Injection("hang"), found).found


def test_a_lane_hangs_until_it_is_found(exhibit: Exhibit, tmp_path: Path) -> None:
    waiting = bring(exhibit, tmp_path, Injection("stuck-lane"), exhibit.note_restart)
    assert exhibit.told == [LaneDeed("hanging", STUCK)]
    assert waiting.found


@pytest.mark.parametrize("fault", ["kill", "hang", "suspend"])
def test_what_cannot_be_brought_is_no_exception(exhibit: Exhibit, tmp_path: Path, fault: str) -> None:
    exhibit.pid = None
    injection = Injection(fault, None, 1.0)  # type: ignore[arg-type]
    assert not Faults(exhibit, tmp_path, Waiting()).bring(injection)  # type: ignore[arg-type]
