"""What goes wrong is written down, and the log itself never is what goes wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SAY = "logging.getLogger('lanes').warning('手が足りない')"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def run(code: str, home: Path) -> str:
    """Keep the log and do this, in a process of its own; what comes on standard error."""
    environment = {**os.environ, "HOME": str(home), "XDG_STATE_HOME": str(home), "LOCALAPPDATA": str(home)}
    line = [sys.executable, "-c", f"import logging, sys, desktop.log; desktop.log.keep_log(); {code}"]
    return subprocess.run(
        line, env=environment, stderr=subprocess.PIPE, check=True, encoding="utf-8", timeout=60
    ).stderr


def test_a_warning_is_written_with_who_said_it(home: Path) -> None:
    assert run(f"{SAY}; logging.getLogger('lanes').info('all is well')", home) == ""
    [log] = home.rglob("fusiform.log")
    [line] = log.read_text("utf-8").splitlines()
    assert "WARNING MainThread lanes: 手が足りない" in line


def test_without_anything_to_say_nothing_is_opened_nor_imported(home: Path) -> None:
    run("assert 'logging.handlers' not in sys.modules", home)
    assert not list(home.rglob("fusiform.log"))


def test_a_folder_that_cannot_be_written_is_no_trouble(home: Path) -> None:
    home.write_text("a file where the folder should be")
    assert run(f"{SAY}; {SAY}", home) == ""


def test_the_log_never_grows_beyond_three_files(home: Path) -> None:
    run(f"desktop.log.BYTES = 1000; [{SAY} for _ in range(200)]", home)
    files = list(home.rglob("fusiform.log*"))
    assert len(files) == 3
    assert all(file.stat().st_size <= 1000 for file in files)


def test_a_folder_that_can_be_written_later_is_written_later(home: Path) -> None:
    home.write_text("a file where the folder should be")
    assert run(f"{SAY}; import os; os.remove({str(home)!r}); {SAY}", home) == ""
    [log] = home.rglob("fusiform.log")
    assert len(log.read_text("utf-8").splitlines()) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_no_trouble(home: Path) -> None:
    full = "f = desktop.log.log_file(); f.parent.mkdir(parents=True); f.symlink_to('/dev/full')"
    assert run(f"{full}; [{SAY} for _ in range(1000)]; f.unlink(); {SAY}", home) == ""


def test_files_that_cannot_be_renamed_do_not_grow(home: Path) -> None:
    refuse = "import os; os.rename = lambda *_: (_ for _ in ()).throw(OSError(30, 'read-only'))"
    run(f"desktop.log.BYTES = 1000; {refuse}; [{SAY} for _ in range(200)]", home)
    assert sum(file.stat().st_size for file in home.rglob("fusiform.log*")) <= 1000


def test_two_processes_that_run_side_by_side_have_a_file_each(home: Path) -> None:
    run(f"desktop.log.keep_log('kiosk'); {SAY}; assert desktop.log.log_file().name == 'kiosk.log'", home)
    run(f"desktop.log.keep_log('kiosk-window'); {SAY}", home)
    names = sorted(file.name for file in home.rglob("*.log"))
    assert names == ["kiosk-window.log", "kiosk.log"]


def test_one_record_cannot_fill_a_file(home: Path) -> None:
    run("logging.getLogger('lanes').warning('begin' + 'x' * 10_000_000 + 'end')", home)
    [log] = home.rglob("fusiform.log")
    written = log.read_text("utf-8")
    assert len(written) < 30_000
    assert "begin" in written
    assert written.endswith("end\n")
