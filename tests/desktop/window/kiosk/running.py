"""The window process of an exhibit, as its supervisor starts it, and the beats that it gives."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from pathlib import Path

from desktop.kiosk.beat import Beat, read

PATIENCE = 60.0
CHECKOUT = Path(__file__).parents[4]


class RunningWindow:
    """All that it writes goes below `folder`."""

    def __init__(self, folder: Path, kiosk: str, **environment: str) -> None:
        (folder / "kiosk.toml").write_text(kiosk)
        kept = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
        own = {"HOME": "home", "FUSIFORM_HOME": "home", "XDG_STATE_HOME": "state"}
        self.environment = {
            **kept,
            **{name: str(folder / path) for name, path in own.items()},
            "PYTHONPATH": str(CHECKOUT),
            **environment,
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "desktop", "run", "--kiosk", str(folder / "kiosk.toml"), "--supervised"],
            env=self.environment,
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._beats: queue.Queue[Beat] = queue.Queue()
        self._reader = threading.Thread(target=self._read, name="beats")
        self._reader.start()

    def next_beat(self) -> Beat:
        return self._beats.get(timeout=PATIENCE)

    def beat_to_come(self) -> Beat:
        """None that was given before."""
        while not self._beats.empty():
            self._beats.get_nowait()
        return self.next_beat()

    def live(self) -> Beat:
        """The next beat with a picture."""
        while True:
            beat = self.next_beat()
            if beat.age is not None and beat.live:
                return beat

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
