"""`start/first-picture`: from the start of the process to the first live picture."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import msgspec

from desktop.bench import screen
from desktop.bench.case import Case, CaseError, Effort, Goal, Row
from desktop.bench.interleave import in_turns
from desktop.language import _
from desktop.packed import packed
from resources import ROOT

NAME = "start/first-picture"
PATIENCE = 60.0
PICTURE = ROOT / "pictures" / "astronaut.jpg"
PROGRAM = (sys.executable, "-m", "desktop", "run", "--source", "demo:")
MINIMAL = (sys.executable, "-m", "desktop.bench.minimal_window", str(PICTURE))


class Report(msgspec.Struct):
    """What a program writes at its first picture."""

    seconds_since_epoch: float
    modules: list[str]
    """The slow ones that it had imported by then."""


def cases() -> Iterator[Case]:
    yield Case(NAME, _measure)


def first_picture(command: Sequence[str], environment: Mapping[str, str], report: Path) -> Report:
    """Start a program that writes `report`; `seconds_since_epoch` of the answer counts from the start.

    Raises:
        CaseError: it ends, or takes a minute, without a picture.
    """
    report.unlink(missing_ok=True)
    began = time.time()
    try:
        ended = subprocess.run(
            command, env=dict(environment), capture_output=True, text=True, timeout=PATIENCE
        )
        found = msgspec.json.decode(report.read_bytes(), type=Report)
    except subprocess.TimeoutExpired:
        raise CaseError(_("The window showed no picture within a minute.")) from None
    except (OSError, msgspec.DecodeError):
        last = ended.stderr.strip().rpartition("\n")[2]
        raise CaseError(_("The window ended without a picture: {reason}").format(reason=last)) from None
    return Report(found.seconds_since_epoch - began, found.modules)


def _measure(effort: Effort) -> Iterator[Row]:
    if packed():
        raise CaseError(_("The packed program cannot start the minimal window that it is compared with."))
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "first.json")
        environment = {
            **os.environ,
            **screen.platform(),
            "FUSIFORM_FIRST_PICTURE": str(report),
            "FUSIFORM_HOME": folder,
        }
        ours = partial(first_picture, PROGRAM, environment, report)
        minimal = partial(first_picture, (*MINIMAL, str(report)), environment, report)
        in_turns(ours, minimal, 1)  # files come from the disk the first time
        starts, references = in_turns(ours, minimal, effort.starts)
    heavy = {module for start in starts for module in start.modules}
    yield Row(NAME, "s", Goal("ratio", "<=", 1.5), _median(starts), _median(references))
    yield Row(f"{NAME}-slow-imports", "modules", Goal("value", "<=", 0), len(heavy))


def _median(starts: Sequence[Report]) -> float:
    return statistics.median(start.seconds_since_epoch for start in starts)
