"""A supervisor with windows that are small scripts, by a clock that runs ten times as fast."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from desktop.kiosk.kiosk import HealthAddress, Keep, Kiosk
from desktop.kiosk.supervisor import Supervisor
from models.text import Text

SPEED = 10
LIMIT = 30.0
"""Seconds that anything may take."""
WINDOW = r"""
import json, os, signal, subprocess, sys, threading, time
what, place = sys.argv[1], sys.argv[2]

def beat(**more):
    fields = {"mode": "used", "station": 0, "source": "demo:", "live": True, "age": 0.1, **more}
    os.write(1, json.dumps(fields).encode() + b"\n")

def end_with_supervisor():
    sys.stdin.buffer.read()
    os._exit(0)

def live(**more):
    threading.Thread(target=end_with_supervisor, daemon=True).start()
    while True:
        beat(**more)
        time.sleep(0.02)

def child(**more):
    started = subprocess.Popen([sys.executable, "-S", "-E", "-c", "import time; time.sleep(600)"], **more)
    with open(place, "a") as file:
        file.write(f"{started.pid}\n")

if what == "live":
    live()
elif what == "talk":
    print("A library says this and that.", file=sys.stderr, flush=True)
    live()
elif what == "crash":
    beat()
    sys.exit("one more thing\nThere is no screen.")
elif what == "hang":
    beat()
    time.sleep(600)
elif what == "mute":
    time.sleep(600)
elif what == "deaf":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        beat()
        time.sleep(0.02)
elif what == "stuck lane":
    live(lanes=[{"pipeline": "canny", "fps": 0.0, "silent": 11.0}])
elif what == "garbage":
    os.write(1, b"\xff\x00 hello\n\n{}\n[1, 2]\nnull\n" + b'{"x":' * 20000 + b"\n")
    os.write(1, b"x" * 3_000_000 + b"\n")
    os.write(2, b"\xff" * 3_000_000)
    live(station=3)
elif what == "flood":
    threading.Thread(target=end_with_supervisor, daemon=True).start()
    while True:
        os.write(1, b'{"mode": "used", "station": 0, "source": "demo:", "live": true}\n' * 100)
elif what == "parent":
    child()
    child(start_new_session=True)
    live(station=2)
elif what == "orphans":
    child()
    sys.exit(3)
elif what == "grow":
    taken = [b"x" * 120_000_000]
    live()
elif what == "leave":
    beat()
"""


class Exhibit:
    def __init__(self, folder: Path) -> None:
        self._script = folder / "window.py"
        self._script.write_text(WINDOW, "utf-8")
        self.place = folder / "children"
        self.plain: list[bool] = []
        """Of each start."""
        self.told: list[Text] = []

    def command(self, what: str) -> list[str]:
        return [sys.executable, "-S", "-E", str(self._script), what, str(self.place)]

    @contextmanager
    def run(
        self, *whats: str, keep: Keep | None = None, port: int = 0, end: float = 0.3
    ) -> Iterator[Supervisor]:
        """The windows one after another; the last one again and again."""
        left = list(whats)

        def command(plain: bool) -> list[str]:
            self.plain.append(plain)
            return self.command(left.pop(0) if len(left) > 1 else left[0])

        kiosk = Kiosk(
            Path("kiosk.toml"), (), keep=keep or Keep(restart=None), health=HealthAddress(port=port)
        )
        supervisor = Supervisor(
            kiosk,
            tell=self.told.append,
            command=command,
            now=lambda: SPEED * time.monotonic(),
            look=0.02,
            end=end,
        )
        thread = threading.Thread(target=supervisor.run, name="supervisor")
        thread.start()
        try:
            yield supervisor
        finally:
            supervisor.stop()
            thread.join(LIMIT)
            assert not thread.is_alive()
            assert not self.windows(), "a window outlived its supervisor"

    def windows(self) -> list[psutil.Process]:
        """Those of this exhibit: others' tests may have left a process of a library's."""
        return [child for child in psutil.Process().children() if self._is_window(child)]

    def _is_window(self, process: psutil.Process) -> bool:
        try:
            return str(self._script) in process.cmdline()
        except psutil.Error:
            return False

    def children(self) -> list[int]:
        return [int(pid) for pid in self.place.read_text().split()] if self.place.exists() else []


def until(there: Callable[[], object]) -> None:
    deadline = time.monotonic() + LIMIT
    pause = threading.Event()
    while not there():
        assert time.monotonic() < deadline, "it did not come to that"
        pause.wait(0.01)


def is_alive(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
