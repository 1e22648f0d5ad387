"""The window process as the supervisor sees it: its heartbeat, its end, and what it never does."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.desktop.window.kiosk.running import CHECKOUT, PATIENCE, RunningWindow

KIOSK = """
source = "demo:"

[[stations]]
title = { en = "Edges", ja = "輪郭" }
sentence = { en = "Where do they run?", ja = "どちらへ走る？" }
scene = "edges.toml"

[presence]
on = false
"""
KEPT = {".toml", ".log", ".csv"}


@pytest.fixture
def window(tmp_path: Path) -> Iterator[RunningWindow]:
    (tmp_path / "edges.toml").write_text('[[lanes]]\npipeline = "canny"\n')
    made = RunningWindow(tmp_path, KIOSK, QT_QPA_PLATFORM="offscreen")
    yield made
    made.close()


def test_it_tells_once_a_second_how_it_is_and_ends_when_it_is_asked_to(window: RunningWindow) -> None:
    beat = window.live()
    assert beat.mode == "wandering"
    assert beat.source == "demo:"
    assert [lane.pipeline for lane in beat.lanes] == ["canny"]
    assert beat.threads > 1
    assert beat.handles > 3
    window.ask_to_end()
    assert window.process.wait(PATIENCE) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_not_taken_for_the_staffs_leaving(window: RunningWindow, number: signal.Signals) -> None:
    window.live()
    window.process.send_signal(number)
    assert window.process.wait(PATIENCE) == 128 + number


def test_what_keeps_pictures_is_not_even_loaded() -> None:
    code = "import sys, desktop.window.kiosk.program; print(*sys.modules)"
    command = [sys.executable, "-c", code]
    loaded = subprocess.check_output(command, cwd=CHECKOUT, text=True, timeout=PATIENCE).split()
    assert "desktop.window.kiosk.kiosk_window" in loaded
    keepers = ("snapshot", "recording", "keeping", "video_writer", "recorder")
    assert not [name for name in loaded if name.rpartition(".")[2] in keepers]


def test_no_picture_reaches_the_disk_and_no_socket_is_opened(window: RunningWindow, tmp_path: Path) -> None:
    window.live()
    window.live()
    seen = psutil.Process(window.process.pid)
    assert not seen.net_connections("inet")
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.suffix for path in written} <= KEPT
    assert all(path.stat().st_size < 100_000 for path in written)
