"""The window process as the supervisor sees it: its heartbeat, its end, and what it never does."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from desktop.kiosk.beat import Beat, read

PATIENCE = 60.0
CHECKOUT = Path(__file__).parents[4]
KIOSK = """
source = "demo:"

[[stations]]
title = { en = "Edges", ja = "輪郭" }
sentence = { en = "Where do they run?", ja = "どちらへ走る？" }
scene = "edges.toml"

[presence]
on = false
"""


class Window:
    """The process, and the beats that it has given."""

    def __init__(self, folder: Path) -> None:
        (folder / "edges.toml").write_text('[[lanes]]\npipeline = "canny"\n')
        (folder / "kiosk.toml").write_text(KIOSK)
        self.home = folder / "home"
        self.state = folder / "state"
        environment = os.environ | {
            "HOME": str(self.home),
            "PYTHONPATH": str(CHECKOUT),
            "FUSIFORM_HOME": str(self.home),
            "XDG_STATE_HOME": str(self.state),
            "QT_QPA_PLATFORM": "offscreen",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "desktop", "run", "--kiosk", str(folder / "kiosk.toml"), "--supervised"],
            env=environment,
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._beats: queue.Queue[Beat] = queue.Queue()
        self._reader = threading.Thread(target=self._read, name="beats")
        self._reader.start()

    def next_beat(self) -> Beat:
        return self._beats.get(timeout=PATIENCE)

    def ask_to_end(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()

    def close(self) -> None:
        self.process.kill()
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe
            pipe.close()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            if beat := read(line):
                self._beats.put(beat)


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    made = Window(tmp_path)
    yield made
    made.close()


def live(window: Window) -> Beat:
    """The first beat with a picture."""
    while True:
        beat = window.next_beat()
        if beat.age is not None and beat.live:
            return beat


def test_it_tells_once_a_second_how_it_is_and_ends_when_it_is_asked_to(window: Window) -> None:
    beat = live(window)
    assert beat.mode == "wandering"
    assert beat.source == "demo:"
    assert [lane.pipeline for lane in beat.lanes] == ["canny"]
    assert beat.threads > 1
    assert beat.handles > 3
    window.ask_to_end()
    assert window.process.wait(PATIENCE) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_not_taken_for_the_staffs_leaving(window: Window, number: signal.Signals) -> None:
    live(window)
    window.process.send_signal(number)
    assert window.process.wait(PATIENCE) == 128 + number


def test_what_keeps_pictures_is_not_even_loaded() -> None:
    code = "import sys, desktop.window.kiosk.program; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    ).stdout.split()
    assert "desktop.window.kiosk.kiosk_window" in loaded
    keepers = ("snapshot", "recording", "keeping", "video_writer", "recorder")
    assert not [name for name in loaded if name.rpartition(".")[2] in keepers]


def test_no_picture_reaches_the_disk_and_no_socket_is_opened(window: Window, tmp_path: Path) -> None:
    live(window)
    live(window)
    seen = psutil.Process(window.process.pid)
    assert not seen.net_connections("inet")
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.suffix for path in written} <= {".toml", ".log", ".csv", ".json"}
    assert all(path.stat().st_size < 100_000 for path in written)
