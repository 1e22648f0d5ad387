"""What the counts promise: a row a day that a spreadsheet reads, no number lost, whatever the disk does."""

from __future__ import annotations

import csv
import errno
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.kiosk import counts_file
from desktop.kiosk.beat import Counted
from desktop.kiosk.counts import Counts
from desktop.kiosk.kiosk import Kiosk, Station
from models.text import Text, plain
from pipelines.files import replace_file

DAY = date(2026, 11, 26)


class Clock:
    def __init__(self) -> None:
        self.today, self.now = DAY, 1000.0


@pytest.fixture
def clock() -> Clock:
    return Clock()


def kiosk(folder: Path, *titles: str) -> Kiosk:
    stations = [
        Station(Text(title, "顔"), plain("try"), Path("scene.toml")) for title in titles or ("Edges", "Faces")
    ]
    return Kiosk(folder / "kiosk.toml", tuple(stations), counts=folder)


@contextmanager
def counting(folder: Path, clock: Clock, *titles: str) -> Iterator[Counts]:
    counts = Counts(kiosk(folder, *titles), lambda: clock.today, now=lambda: clock.now)
    try:
        yield counts
    finally:
        counts.close()


def visit(counts: Counts, clock: Clock, seconds: float = 90.0, faces: int = 1, *chosen: int) -> None:
    counts.visit_began()
    for station in chosen:
        counts.station_chosen(station)
    clock.now += seconds
    counts.visit_ended(seconds, faces)


def rows(folder: Path) -> list[dict[str, str]]:
    with open(folder / "counts.csv", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_day_is_a_row_with_a_column_a_station(tmp_path: Path, clock: Clock) -> None:
    with counting(tmp_path, clock) as counts:
        visit(counts, clock, 90, 2, 0, 1, 1)
        visit(counts, clock, 30, 1)
        assert counts.counted() == Counted(2, 2.0, 2, (1, 2))
    assert rows(tmp_path) == [
        {
            "date": "2026-11-26",
            "visits": "2",
            "minutes": "2.00",
            "most faces": "2",
            "Edges": "1",
            "Faces": "2",
        }
    ]


def test_a_day_without_visitors_is_a_row_too(tmp_path: Path, clock: Clock) -> None:
    with counting(tmp_path, clock) as counts:
        clock.today += timedelta(days=1)
        assert counts.counted() == Counted(0, 0.0, 0, (0, 0))
    assert [row["date"] for row in rows(tmp_path)] == ["2026-11-26", "2026-11-27"]


def test_spreadsheets_know_that_it_is_japanese(tmp_path: Path, clock: Clock) -> None:
    with counting(tmp_path, clock, "輪郭", "=1+1"):
        pass
    assert (tmp_path / "counts.csv").read_bytes().startswith("\ufeffdate,".encode())
    assert rows(tmp_path)[0]["輪郭"] == "0"


def test_a_restart_in_the_middle_of_the_day_goes_on(tmp_path: Path, clock: Clock) -> None:
    for _ in range(3):
        with counting(tmp_path, clock) as counts:
            visit(counts, clock, 60, 4, 1)
    with counting(tmp_path, clock) as counts:
        visit(counts, clock, 60, 1, 1)
    [row] = rows(tmp_path)
    assert (row["visits"], row["minutes"], row["most faces"], row["Faces"]) == ("4", "4.00", "4", "4")


def test_earlier_days_columns_of_old_stations_and_remarks_of_a_person_stay(
    tmp_path: Path, clock: Clock
) -> None:
    (tmp_path / "counts.csv").write_text(
        "date,visits,minutes,most faces,Old one,Remarks\n2026/11/24,5,7.5,2,9,school class\n", "utf-8"
    )
    with counting(tmp_path, clock, "New", "New", "visits") as counts:
        visit(counts, clock, 60, 1, 1, 2)
    old, new = rows(tmp_path)
    assert list(old) == [
        "date",
        "visits",
        "minutes",
        "most faces",
        "Old one",
        "Remarks",
        "New",
        "New (2)",
        "visits (2)",
    ]
    assert list(old.values()) == ["2026/11/24", "5", "7.5", "2", "9", "school class", "", "", ""]
    assert list(new.values()) == ["2026-11-26", "1", "1.00", "1", "", "", "0", "1", "1"]


@pytest.mark.parametrize(
    "content",
    [
        b"a,b,c\n1,2,3\n",
        b"\xff\xfe\x00binary\x00",
        b"date,visits,minutes,most faces\n2026-11-25,five,1,1\n",
        b"date,visits,minutes,most faces\n2026-11-25,5,nan,1\n",
        b"date,visits,minutes,most faces\nyesterday,5,1,1\n",
        b"date,visits,minutes,most faces\n2026-11-25,5,1,1,77\n",
        b"date,visits,minutes,most faces\n2026-11-25,5,1,1\n2026-11-25,6,1,1\n",
        b'date,visits,minutes,most faces\n2026-11-25,5,"1\n',
    ],
)
def test_what_is_no_file_of_counts_is_set_aside_whole(tmp_path: Path, clock: Clock, content: bytes) -> None:
    (tmp_path / "counts.csv").write_bytes(content)
    (tmp_path / "counts.broken-1.csv").write_bytes(b"an earlier one")
    with counting(tmp_path, clock) as counts:
        visit(counts, clock)
    assert [row["visits"] for row in rows(tmp_path)] == ["1"]
    assert (tmp_path / "counts.broken-1.csv").read_bytes() == b"an earlier one"
    assert (tmp_path / "counts.broken-2.csv").read_bytes() == content


def test_with_too_many_broken_files_none_is_lost(tmp_path: Path, clock: Clock) -> None:
    for number in range(1, counts_file.MOST_BROKEN + 1):
        (tmp_path / f"counts.broken-{number}.csv").write_bytes(b"old")
    (tmp_path / "counts.csv").write_bytes(b"foreign")
    with counting(tmp_path, clock) as counts:
        visit(counts, clock)
        assert counts.counted().visits == 1
    assert (tmp_path / "counts.csv").read_bytes() == b"foreign"
    assert {file.read_bytes() for file in tmp_path.glob("counts.broken-*.csv")} == {b"old"}


def test_an_empty_file_is_none_yet(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "counts.csv").touch()
    with counting(tmp_path, clock) as counts:
        visit(counts, clock)
    assert [file.name for file in tmp_path.iterdir()] == ["counts.csv"]


class Disk:
    """As it is written to, and how often that was tried."""

    def __init__(self) -> None:
        self.error = 0
        self.tries = threading.Semaphore(0)

    def replace(self, path: Path, data: bytes) -> None:
        try:
            if self.error:
                raise OSError(self.error, os.strerror(self.error))
            replace_file(path, data)
        finally:
            self.tries.release()


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    disk = Disk()
    monkeypatch.setattr(counts_file, "replace_file", disk.replace)
    return disk


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_what_a_full_disk_does_not_take_it_gets_later_with_every_day(
    tmp_path: Path, clock: Clock, disk: Disk, error: int
) -> None:
    with counting(tmp_path, clock) as counts:
        visit(counts, clock, 60, 2, 0)
    while disk.tries.acquire(blocking=False):
        pass
    before = (tmp_path / "counts.csv").read_bytes()
    with counting(tmp_path, clock) as counts:
        disk.error = error
        visit(counts, clock, 60, 3, 0)
        clock.today += timedelta(days=1)
        visit(counts, clock, 60, 1, 1)
        assert counts.counted().visits == 1
        assert disk.tries.acquire(timeout=10)
        assert (tmp_path / "counts.csv").read_bytes() == before
        disk.error = 0
    first, second = rows(tmp_path)
    assert (first["visits"], first["most faces"], first["Edges"]) == ("2", "3", "2")
    assert (second["visits"], second["most faces"], second["Faces"]) == ("1", "1", "1")


def test_a_folder_that_cannot_be_made_stops_nothing(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "place").write_text("a file where the folder should be")
    with counting(tmp_path / "place", clock) as counts:
        visit(counts, clock, 60, 1, 0)
        assert counts.counted() == Counted(1, 1.0, 1, (1, 0))


def test_a_disk_that_does_not_answer_keeps_nobody_waiting(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, asked = threading.Event(), threading.Event()

    def hang(path: Path, data: bytes) -> None:
        asked.set()
        answers.wait(10)
        replace_file(path, data)

    monkeypatch.setattr(counts_file, "replace_file", hang)
    with counting(tmp_path, clock) as counts:
        assert asked.wait(10)
        visit(counts, clock, 60, 2, 0)
        assert counts.counted() == Counted(1, 1.0, 2, (1, 0))
        answers.set()
    assert rows(tmp_path)[0]["most faces"] == "2"


def test_midnight_in_the_middle_of_a_visit_parts_its_minutes(tmp_path: Path, clock: Clock) -> None:
    with counting(tmp_path, clock) as counts:
        counts.visit_began()
        counts.station_chosen(0)
        clock.now += 120
        assert counts.counted().minutes == 2.0, "also while the visit goes on"
        clock.today += timedelta(days=1)
        assert counts.counted() == Counted(0, 0.0, 0, (0, 0))
        counts.station_chosen(1)
        clock.now += 60
        counts.visit_ended(180, 3)
    first, second = rows(tmp_path)
    assert list(first.values()) == ["2026-11-26", "1", "2.00", "3", "1", "0"]
    assert list(second.values()) == ["2026-11-27", "0", "1.00", "0", "0", "1"]


def test_a_visit_counts_from_its_first_to_its_last_sign(tmp_path: Path, clock: Clock) -> None:
    with counting(tmp_path, clock) as counts:
        counts.visit_began()
        clock.now += 130
        counts.counted()
        counts.visit_ended(60, 1)  # 70 s of silence came after it
    assert rows(tmp_path)[0]["minutes"] == "1.00"


def test_a_clock_that_jumps_loses_nothing_and_adds_to_the_row_that_is_there(
    tmp_path: Path, clock: Clock
) -> None:
    with counting(tmp_path, clock) as counts:
        for day in (DAY, date(1970, 1, 1), DAY, DAY - timedelta(days=1), DAY):
            clock.today = day
            visit(counts, clock, 60, 1, 0)
    assert [(row["date"], row["visits"], row["minutes"]) for row in rows(tmp_path)] == [
        ("1970-01-01", "1", "1.00"),
        ("2026-11-25", "1", "1.00"),
        ("2026-11-26", "3", "3.00"),
    ]


def test_whoever_changes_the_file_meanwhile_is_heard(tmp_path: Path, clock: Clock) -> None:
    with counting(tmp_path, clock):
        pass
    with counting(tmp_path, clock) as counts:
        visit(counts, clock)
    (tmp_path / "counts.csv").unlink()  # to begin anew
    with counting(tmp_path, clock) as counts:
        visit(counts, clock)
    assert [row["visits"] for row in rows(tmp_path)] == ["1"]


def test_many_short_visits_do_not_lose_their_seconds(tmp_path: Path, clock: Clock) -> None:
    for _ in range(60):
        with counting(tmp_path, clock) as counts:
            visit(counts, clock, 2.0)
    assert float(rows(tmp_path)[0]["minutes"]) == pytest.approx(2.0, abs=0.21)
