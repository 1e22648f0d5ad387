"""Each case exists, runs when it is kept short, and is told in the contract's form."""

from __future__ import annotations

import json
import mmap
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from desktop.bench import memory, start
from desktop.bench.case import FULL, QUICK, Case, CaseError, Effort, Goal, Row
from desktop.bench.cases import chosen, every_case, rows_of
from desktop.bench.machine import describe
from desktop.bench.pipelines import pictures
from desktop.bench.stream import Evenly
from desktop.commands import bench
from desktop.commands.group import fusiform
from models.errors import PipelineError
from pipelines.sources.source import End

STATM = Path("/proc/self/statm")
TINY = Effort(turns=0, segments=1, segment=0.4, backlog=0.3, starts=1)
NAMES = [
    *(
        f"pipeline/{name}-{size}"
        for name in (
            "dog",
            "canny",
            "haar-faces",
            "grey",
            "laplacian",
            "sobel",
            "kernel",
            "gabor",
            "hog",
            "feature-points",
            "retina",
            "motion",
            "contours",
        )
        for size in ("640x480", "1280x720")
    ),
    "haar/inside-320",
    "engine/slow-lane",
    "engine/haar-beside",
    "engine/dog-720p",
    "engine/age-720p30",
    "engine/backlog-memory",
    "start/first-picture",
]
PAINTED = {"engine/dog-720p", "engine/age-720p30"}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(fusiform, ["bench", *arguments])


def test_the_promised_cases_exist() -> None:
    assert set(NAMES) <= set(every_case())


@pytest.mark.parametrize("name", [name for name in NAMES if name not in {*PAINTED, "start/first-picture"}])
def test_each_case_runs(name: str) -> None:
    rows = list(rows_of(every_case()[name], TINY))
    assert rows[0].case == name
    for row in rows:
        assert row.skipped is None
        assert row.value is not None
        assert row.goal is not None


@pytest.mark.parametrize("name", sorted(PAINTED))
def test_each_case_that_paints_runs(name: str, qtbot: object) -> None:
    rows = list(rows_of(every_case()[name], TINY))
    assert rows[0].case == name
    for row in rows:
        assert row.case.startswith(name)
        assert row.skipped is None
        assert row.value is not None


def test_quick_is_quicker() -> None:
    assert FULL.backlog == 600
    assert QUICK.backlog == 60
    assert QUICK.segment * QUICK.segments < FULL.segment * FULL.segments


def test_patterns_choose() -> None:
    known = every_case()
    assert [case.name for case in chosen(known, [])] == list(known)
    names = [case.name for case in chosen(known, ["pipeline/dog-*", "start/first-picture"])]
    assert names == ["pipeline/dog-640x480", "pipeline/dog-1280x720", "start/first-picture"]


def test_an_unknown_case_is_wrong_use_and_the_known_ones_are_named() -> None:
    told = run("engine/no-such-case", "--lang", "en")
    assert told.exit_code == 2
    for name in NAMES:
        assert name in told.output


# --- what is told


ROWS = [
    Row("a/fast", "ms", Goal("ratio", "<=", 1.15), 1.0, 2.0),
    Row("a/slow", "ms", Goal("ratio", "<=", 1.15), 412.0, 2.0),
    Row("a/absent", "", None, skipped="There is no such card."),
]


@pytest.fixture
def three_cases(monkeypatch: pytest.MonkeyPatch) -> list[Effort]:
    efforts: list[Effort] = []

    def measure(effort: Effort) -> Iterator[Row]:
        efforts.append(effort)
        yield from ROWS

    monkeypatch.setattr(bench, "every_case", lambda: {"a": Case("a", measure)})
    return efforts


def test_json_is_the_contract(three_cases: list[Effort]) -> None:
    told = run("--json", "--quick")
    assert told.exit_code == 0
    rows: list[dict[str, Any]] = json.loads(told.stdout)
    assert rows == [row.as_json(describe()) for row in ROWS]
    assert three_cases == [QUICK]


def test_a_person_reads_an_aligned_table(three_cases: list[Effort]) -> None:
    told = run("--lang", "en")
    assert told.exit_code == 0
    head, fast, slow, absent, _blank, machine = told.stdout.splitlines()
    assert head.index("ratio") == fast.index("0.500") == slow.index("206")
    assert fast.endswith("holds")
    assert "does not hold" not in fast
    assert slow.endswith("does not hold")
    assert absent.endswith("There is no such card.")
    assert machine == describe()
    assert three_cases == [FULL]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (CaseError("Not here."), "Not here."),
        (PipelineError("No weights.", "重みがありません。"), "No weights."),
        (ZeroDivisionError("by nothing"), "ZeroDivisionError: by nothing"),
    ],
)
def test_a_case_that_fails_is_skipped_with_a_sentence(error: Exception, words: str) -> None:
    def measure(effort: Effort) -> Iterator[Row]:
        raise error

    (row,) = rows_of(Case("a", measure), TINY)
    assert row.skipped is not None
    assert words in row.skipped
    assert row.holds is None


@pytest.mark.skipif(not STATM.exists(), reason="only Linux tells in a file")
def test_resident_memory_is_what_the_system_says() -> None:
    """In pages, the second number."""
    pages = int(STATM.read_text().split()[1])
    assert memory.resident() == pytest.approx(pages * mmap.PAGESIZE, rel=0.05)


# --- starting programs


def reporting(report: Path, words: str) -> list[str]:
    return [sys.executable, "-c", f"import pathlib; pathlib.Path({str(report)!r}).write_text({words!r})"]


def test_a_start_is_timed_from_its_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.bench.start.time.time", lambda: 1000.0)
    report = tmp_path / "report.json"
    words = '{"seconds_since_epoch": 1002.5, "modules": ["torch"]}'
    found = start.first_picture(reporting(report, words), os.environ, report)
    assert found == start.Report(2.5, ["torch"])


def test_a_program_that_shows_nothing_is_skipped_with_its_last_words(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "raise SystemExit('no screen')"]
    with pytest.raises(CaseError, match="no screen"):
        start.first_picture(command, os.environ, tmp_path / "report.json")


def test_the_minimal_window_reports_its_first_picture(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    found = start.first_picture((*start.MINIMAL, str(report)), environment, report)
    assert 0 < found.seconds_since_epoch < start.PATIENCE
    assert found.modules == []


def test_the_program_reports_its_first_picture_before_anything_slow_is_imported() -> None:
    (speed, imports) = rows_of(every_case()[start.NAME], replace(TINY, starts=1))
    assert speed.value is not None
    assert imports.value == 0


# --- the stream


def test_an_even_stream_numbers_its_frames_and_ends() -> None:
    image = pictures((64, 48), 1)[0].image
    source = Evenly([image], rate=1000, count=3, fresh=True)
    frames = [source.read() for _ in range(4)]
    assert [getattr(frame, "number", None) for frame in frames] == [0, 1, 2, None]
    assert isinstance(frames[-1], End)
    source.close()
