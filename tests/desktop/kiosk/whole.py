"""A whole exhibit, as its command starts it: supervisor and window, watched through its health."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import psutil

PATIENCE = 120.0
"""Seconds, on a machine where others work as well."""
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


class WholeExhibit:
    """All that it writes goes below `folder`."""

    def __init__(self, program: Sequence[str], folder: Path, **environment: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        file = folder / "展示.toml"
        file.write_text(KIOSK.replace("PORT", str(self.port)), "utf-8")
        kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
        kept.pop("FUSIFORM_HOME", None)
        self.process = subprocess.Popen(
            [*program, "kiosk", str(file)],
            cwd=folder,
            env={**kept, "HOME": str(folder), "QT_QPA_PLATFORM": "offscreen", **environment},
        )

    def wait_for(self, what: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first report of which that is true."""
        deadline, wake = time.monotonic() + PATIENCE, threading.Event()
        while not what(report := self.report()):
            assert time.monotonic() < deadline, report
            wake.wait(0.2)
        return report

    def report(self) -> dict[str, Any]:
        """What health says; nothing while it does not listen."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/health", timeout=PATIENCE) as answer:
                return dict(json.load(answer))
        except HTTPError as answer:
            return dict(json.load(answer))
        except OSError:
            return {}

    def processes(self) -> list[psutil.Process]:
        """The supervisor and all that came of it."""
        supervisor = psutil.Process(self.process.pid)
        return [supervisor, *supervisor.children(recursive=True)]

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)


def is_well(report: dict[str, Any]) -> bool:
    return bool(report.get("healthy"))
