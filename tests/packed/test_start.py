"""The packed program's window: something live is soon to be seen, also where little is there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.bench.start import Report, first_picture
from tests.desktop.x_screen import Screen
from tests.packed.conftest import PATIENCE, Program

pytestmark = pytest.mark.timeout(PATIENCE * 5)
GOAL = 5.0
"""Seconds from the start of the process to the first live picture."""
STARTS = 3
"""The machine may be busy with something else during one of them."""
ALONE = ("unshare", "--user", "--map-root-user", "--net")
"""Without any network, not even with itself."""
NOWHERE = Path("/proc")
"""A folder in which nobody, root included, can make a file."""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return tmp_path / "first.json"


def environment(report: Path, **others: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    return {**kept, "FUSIFORM_FIRST_PICTURE": str(report), "QT_QPA_PLATFORM": "offscreen", **others}


def start(program: Program, report: Path, *words: str, **others: str) -> Report:
    return first_picture([str(program.path), "run", *words], environment(report, **others), report)


def test_a_live_picture_is_soon_to_be_seen(program: Program, report: Path) -> None:
    start(program, report, "--source", "demo:")  # files come from the disk the first time
    starts = [start(program, report, "--source", "demo:") for _ in range(STARTS)]
    assert min(one.seconds_since_epoch for one in starts) <= GOAL
    assert {module for one in starts for module in one.modules} == set()


@pytest.mark.parametrize("lane", ["haar-faces", "cnn-faces", "feature-maps"])
def test_its_lanes_show_something(program: Program, report: Path, lane: str) -> None:
    assert start(program, report, "--source", "demo:", "--lane", lane).seconds_since_epoch > 0


@pytest.mark.skipif(sys.platform != "linux", reason="a folder that nobody can write into")
def test_a_home_in_which_nothing_can_be_written_costs_the_memory_only(program: Program, report: Path) -> None:
    bare = environment(report, HOME=str(NOWHERE))
    bare.pop("FUSIFORM_HOME", None)
    assert first_picture([str(program.path), "run"], bare, report).seconds_since_epoch > 0
    ended = program.run("detect", "cnn-faces", "resources/pictures/astronaut.jpg", env=bare)
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed")
def test_it_opens_on_a_real_screen(program: Program, report: Path, tmp_path: Path) -> None:
    screen = Screen(tmp_path)
    try:
        shown = start(program, report, "--source", "demo:", QT_QPA_PLATFORM="xcb", DISPLAY=screen.name)
    finally:
        screen.close()
    assert shown.seconds_since_epoch > 0


def test_it_starts_without_a_network(program: Program, report: Path) -> None:
    if shutil.which(ALONE[0]) is None or subprocess.run([*ALONE, "true"], check=False).returncode:
        pytest.skip("no process can be shut off from the network here")
    words = [*ALONE, str(program.path), "run", "--source", "demo:"]
    assert first_picture(words, environment(report), report).seconds_since_epoch > 0
