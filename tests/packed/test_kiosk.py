"""The packed program as an exhibit: it shows its stations, and gets up again by itself."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.kiosk.whole import WholeExhibit, is_well
from tests.packed.conftest import PATIENCE, Program

pytestmark = pytest.mark.timeout(PATIENCE * 5)


@pytest.fixture
def exhibit(program: Program, tmp_path: Path) -> Iterator[WholeExhibit]:
    made = WholeExhibit([str(program.path)], tmp_path)
    yield made
    made.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no signals are sent there")
def test_it_is_well_and_gets_up_again(exhibit: WholeExhibit) -> None:
    first = exhibit.wait_for(is_well)
    assert (first["restarts"], first["plain"]) == (0, False)
    assert {lane["pipeline"] for lane in first["lanes"]} == {"haar-faces", "cnn-faces"}
    exhibit.processes()[1].kill()
    second = exhibit.wait_for(lambda report: is_well(report) and report["restarts"] == 1)
    assert not second["plain"]
    exhibit.process.send_signal(signal.SIGTERM)
    assert exhibit.process.wait(PATIENCE) == 128 + signal.SIGTERM


@pytest.mark.parametrize("name", ["edges", "faces", "network"])
def test_the_shipped_kiosks_are_in_order(program: Program, name: str) -> None:
    (file,) = [path for path in program.folder.rglob(f"{name}.toml") if path.parent.name == "kiosks"]
    ended = program.run("kiosk", "check", str(file))
    assert (ended.returncode, ended.stderr) == (0, "")
