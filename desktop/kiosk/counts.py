"""How many came, for how long, and to which stations: numbers of a day, never who."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import platformdirs

from desktop.kiosk.beat import Counted
from desktop.kiosk.counts_file import FIXED, CountsFile
from desktop.kiosk.kiosk import Kiosk, Station
from desktop.kiosk.tally import Tally

log = logging.getLogger(__name__)
FILE = "counts.csv"
EVERY = 10.0
"""Seconds between two looks whether something is to be written: what a crash may cost."""
END = 2.0
"""Seconds that the disk has for the last numbers."""


class Counts:
    """Is told by `visit.Visit`; writes a row a day, on a thread of its own: no window waits for a disk.

    A disk that is full or read-only stops nothing: the numbers stay in the memory until they can be written.
    Visits and their faces belong to the day on which the visit began; minutes and choices to their own.
    """

    def __init__(
        self,
        kiosk: Kiosk,
        today: Callable[[], date] = date.today,
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`today` by the clock on the wall, which may jump; `now` in seconds of one that never goes back."""
        self._file = CountsFile((kiosk.counts or _usual()) / FILE)
        self._names = _names(kiosk.stations)
        self._clock, self._now = today, now
        self._today = today()
        self._new: dict[date, Tally] = {self._today: self._nothing()}
        """What is not written yet."""
        self._written = Tally()
        """What the file says of today."""
        self._visit: tuple[date, float] | None = None
        """Of the visit that goes on: its day, and when it began."""
        self._added = 0.0
        """Seconds of it that are counted already."""
        self._failed = False
        self._changed = threading.Condition()
        self._wanted, self._closed = True, False
        self._thread = threading.Thread(target=self._work, name="kiosk-counts", daemon=True)
        self._thread.start()

    @property
    def path(self) -> Path:
        return self._file.path

    def visit_began(self) -> None:
        with self._changed:
            self._turn()
            self._visit, self._added = (self._today, self._now()), 0.0
            self._add(self._today, Tally(visits=1))

    def station_chosen(self, station: int) -> None:
        with self._changed:
            self._turn()
            self._add(self._today, Tally(stations={self._names[station]: 1}))

    def visit_ended(self, seconds: float, faces: int) -> None:
        with self._changed:
            self._turn()
            began, _ = self._visit or (self._today, 0.0)
            self._add(self._today, Tally(seconds=seconds - self._added))
            self._add(began, Tally(faces=faces))
            self._visit, self._added = None, 0.0
            self._want()

    def counted(self) -> Counted:
        """Of today, also before it is written."""
        with self._changed:
            self._turn()
            self._add_running()
            tally = self._written.plus(self._new.get(self._today, Tally()))
            stations = tuple(tally.stations.get(name, 0) for name in self._names)
            return Counted(tally.visits, max(0.0, round(tally.seconds / 60, 1)), tally.faces, stations)

    def close(self) -> None:
        """Writes what is left, as far as the disk takes it in time. May be called twice."""
        with self._changed:
            if not self._closed:
                self._turn()
                self._add_running()
            self._closed = True
            self._want()
        self._thread.join(END)

    # --- with the lock held

    def _turn(self) -> None:
        """Midnight begins a new row, and so does a clock that was set; a visit that goes on is parted."""
        today = self._clock()
        if today == self._today:
            return
        self._add_running()
        self._today = today
        self._written = Tally()
        self._add(today, self._nothing())
        self._want()

    def _add_running(self) -> None:
        """What the visit that goes on has taken so far. Its end says how long it really was."""
        if self._visit:
            _, began = self._visit
            taken = self._now() - began
            self._add(self._today, Tally(seconds=taken - self._added))
            self._added = taken

    def _add(self, day: date, tally: Tally) -> None:
        self._new[day] = self._new.get(day, self._nothing()).plus(tally)

    def _nothing(self) -> Tally:
        return Tally(stations=dict.fromkeys(self._names, 0))

    def _want(self) -> None:
        self._wanted = True
        self._changed.notify()

    # --- on the thread

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._wanted, EVERY)
                self._wanted, last = False, self._closed
                part = dict(self._new)
            if part:
                self._write(part)
            if last:
                return

    def _write(self, part: dict[date, Tally]) -> None:
        try:
            sums = self._file.add(part)
        except OSError as error:
            if not self._failed:
                log.warning("the counts could not be written and are kept in the memory: %s", error)
            self._failed = True
            return
        self._failed = False
        with self._changed:
            left = {day: tally.minus(part.get(day, Tally())) for day, tally in self._new.items()}
            self._new = {day: tally for day, tally in left.items() if day not in part or _counts(tally)}
            self._written = sums.get(self._today, self._written)


def _counts(tally: Tally) -> bool:
    """Whether there is something to write."""
    return bool(tally.visits or tally.seconds or tally.faces or any(tally.stations.values()))


def _names(stations: Sequence[Station]) -> list[str]:
    """Of the columns: their titles in English, each once."""
    names: list[str] = []
    for station in stations:
        title = " ".join(station.title.en.split())
        name, number = title, 2
        while name in names or name in FIXED:
            name, number = f"{title} ({number})", number + 1
        names.append(name)
    return names


def _usual() -> Path:
    chosen = os.environ.get("FUSIFORM_HOME")
    return Path(chosen) if chosen else platformdirs.user_data_path("fusiform", appauthor=False)
