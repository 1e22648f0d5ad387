"""The file of the counts: a row a day, to be opened in a spreadsheet.

    date,visits,minutes,most faces,Tilt your head,Edges
    2026-11-26,41,97.25,5,30,22

A station that is added gets a column of its own; the column of one that is gone, or was renamed, stays, and
so does whatever else a person has added in columns of their own.
"""

from __future__ import annotations

import csv
import io
import logging
import os
import re
from collections.abc import Iterable, Mapping
from datetime import date
from math import inf
from pathlib import Path

from msgspec import Struct

from desktop.kiosk.tally import Tally
from pipelines.files import replace_file

log = logging.getLogger(__name__)
FIXED = ("date", "visits", "minutes", "most faces")
LARGEST = 20_000_000
"""Bytes: more than a century."""
MOST_BROKEN = 20
"""Broken files that are set aside; then nothing is written until somebody has looked at them."""
ENCODING = "utf-8-sig"
"""With a mark by which spreadsheets know Japanese."""


class CountsFile:
    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, days: Mapping[date, Tally]) -> dict[date, Tally]:
        """Add to what the file says of these days, and return what it says of them now. What is no file of
        counts is set aside first, never written over.

        Raises:
            OSError: it cannot be read, set aside or written; then the file is as it was.
        """
        table = self._read()
        sums = {day: table.tally(day, tally.stations).plus(tally) for day, tally in days.items()}
        replace_file(self.path, table.changed(sums).written())
        return sums

    def _read(self) -> _Table:
        try:
            if self.path.stat().st_size > LARGEST:
                raise ValueError("too large")
            table = _Table.parsed(self.path.read_text(ENCODING))
        except FileNotFoundError:
            return _Table()
        except (ValueError, csv.Error) as error:
            self._set_aside(error)
            return _Table()
        return table

    def _set_aside(self, error: Exception) -> None:
        names = (f"{self.path.stem}.broken-{number}.csv" for number in range(1, MOST_BROKEN + 1))
        free = (aside for name in names if not (aside := self.path.with_name(name)).exists())
        if (place := next(free, None)) is None:
            raise FileExistsError(f"{MOST_BROKEN} broken files of counts lie beside {self.path}")
        os.replace(self.path, place)
        log.warning("%s is no file of counts (%s) and was set aside as %s", self.path, error, place.name)


class _Table(Struct, frozen=True):
    """Cells as they stand in the file."""

    columns: tuple[str, ...] = FIXED
    rows: Mapping[date, Mapping[str, str]] = {}

    @classmethod
    def parsed(cls, text: str) -> _Table:
        """
        Raises:
            ValueError, csv.Error: this is no file of counts.
        """
        lines = [line for line in csv.reader(io.StringIO(text, newline=""), strict=True) if any(line)]
        if not lines:
            return cls()
        columns = tuple(lines[0])
        if columns[: len(FIXED)] != FIXED or len(set(columns)) != len(columns):
            raise ValueError("its first line names other columns")
        rows: dict[date, Mapping[str, str]] = {}
        for line in lines[1:]:
            if len(line) > len(columns):
                raise ValueError(f"a line is longer than the first: {','.join(line)[:80]}")
            day = _day(line[0])
            if day in rows:
                raise ValueError(f"{day} stands there twice")
            rows[day] = dict(zip(columns, line, strict=False))
        table = cls(columns, rows)
        for day in rows:
            table.tally(day, ())
        return table

    def tally(self, day: date, stations: Iterable[str]) -> Tally:
        """
        Raises:
            ValueError: there are no numbers in its cells.
        """
        cells = self.rows.get(day, {})
        visits, faces = int(cells.get("visits") or 0), int(cells.get("most faces") or 0)
        minutes = float(cells.get("minutes") or 0)
        if visits < 0 or faces < 0 or not 0 <= minutes < inf:
            raise ValueError(f"the numbers of {day} are none")
        return Tally(visits, minutes * 60, faces, {name: _number(cells.get(name)) for name in stations})

    def changed(self, days: Mapping[date, Tally]) -> _Table:
        stations = dict.fromkeys(name for tally in days.values() for name in tally.stations)
        columns = (*self.columns, *(name for name in stations if name not in self.columns))
        rows = {day: {**self.rows.get(day, {}), **_cells(day, tally)} for day, tally in days.items()}
        return _Table(columns, {**self.rows, **rows})

    def written(self) -> bytes:
        text = io.StringIO(newline="")
        lines = csv.writer(text)
        lines.writerow(self.columns)
        for _day, cells in sorted(self.rows.items()):
            lines.writerow([cells.get(name, "") for name in self.columns])
        return text.getvalue().encode(ENCODING)


def _day(written: str) -> date:
    """A spreadsheet may have written it with strokes."""
    year, month, day = re.split("[-/]", written)
    return date(int(year), int(month), int(day))


def _number(cell: str | None) -> int:
    """Of a station; 0 where a person has written something else into its column."""
    return int(cell) if cell and cell.isascii() and cell.isdigit() else 0


def _cells(day: date, tally: Tally) -> dict[str, str]:
    minutes = max(0.0, tally.seconds / 60)
    fixed = (day.isoformat(), str(tally.visits), f"{minutes:.2f}", str(tally.faces))
    stations = {name: str(number) for name, number in tally.stations.items()}
    return {**dict(zip(FIXED, fixed, strict=True)), **stations}
