"""The packed program as an exhibit: it shows its stations, and gets up again by itself."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import psutil
import pytest

from tests.packed.conftest import PATIENCE, Program

pytestmark = [
    pytest.mark.timeout(PATIENCE * 5),
    pytest.mark.skipif(sys.platform == "win32", reason="no signals are sent there"),
]
KIOSK = """
source = "demo:"

[[stations]]
title = { en = "Who finds your face?", ja = "顔を見つけるのはどっち？" }
sentence = { en = "Tilt your head.", ja = "頭をかしげてみよう。" }
scene = "face-to-face"
picture = "tilt.svg"

[health]
port = PORT
"""


class Exhibit:
    def __init__(self, program: Program, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        file = folder / "展示.toml"
        file.write_text(KIOSK.replace("PORT", str(self._port)), "utf-8")
        self.process = subprocess.Popen(
            [str(program.path), "kiosk", str(file)],
            env={**os.environ, "HOME": str(folder), "QT_QPA_PLATFORM": "offscreen"},
        )

    def wait_for(self, what: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first report of which that is true."""
        deadline, wake = time.monotonic() + PATIENCE, threading.Event()
        while not what(report := self._report()):
            assert time.monotonic() < deadline, report
            wake.wait(0.2)
        return report

    def window(self) -> psutil.Process:
        (window,) = psutil.Process(self.process.pid).children()
        return window

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)

    def _report(self) -> dict[str, Any]:
        try:
            with urlopen(f"http://127.0.0.1:{self._port}/health", timeout=PATIENCE) as answer:
                return dict(json.load(answer))
        except HTTPError as answer:
            return dict(json.load(answer))
        except OSError:  # it does not listen yet
            return {}


@pytest.fixture
def exhibit(program: Program, tmp_path: Path) -> Iterator[Exhibit]:
    made = Exhibit(program, tmp_path)
    yield made
    made.close()


def is_well(report: dict[str, Any]) -> bool:
    return bool(report.get("healthy"))


def test_it_is_well_and_gets_up_again(exhibit: Exhibit) -> None:
    first = exhibit.wait_for(is_well)
    assert (first["restarts"], first["plain"]) == (0, False)
    assert {lane["pipeline"] for lane in first["lanes"]} == {"haar-faces", "cnn-faces"}
    exhibit.window().kill()
    second = exhibit.wait_for(lambda report: is_well(report) and report["restarts"] == 1)
    assert "SIGKILL" in second["newest_restarts"][0]["reason"]
    assert not second["plain"]
    exhibit.process.send_signal(signal.SIGTERM)
    assert exhibit.process.wait(PATIENCE) == 128 + signal.SIGTERM


@pytest.mark.parametrize("name", ["edges", "faces", "network"])
def test_the_shipped_kiosks_are_in_order(program: Program, name: str) -> None:
    (file,) = [path for path in program.folder.rglob(f"{name}.toml") if path.parent.name == "kiosks"]
    ended = program.run("kiosk", "check", str(file))
    assert (ended.returncode, ended.stderr) == (0, "")
