"""The process with the window: started, listened to, weighed, ended."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from typing import IO

import psutil

from desktop.kiosk.beat import LONGEST, Beat, read
from desktop.packed import packed

MEGABYTE = 1_000_000


def command_of(kiosk: str, *, plain: bool) -> list[str]:
    """The command line of the window process for this kiosk file."""
    program = [sys.executable] if packed() else [sys.executable, "-m", "desktop"]
    return [*program, "run", "--kiosk", kiosk, "--supervised", *(["--plain"] if plain else [])]


class WindowProcess:
    """Ends by itself when its standard input is closed; so it never outlives the supervisor."""

    def __init__(self, command: Sequence[str], hear: Callable[[Beat], None]) -> None:
        """`hear` is called from a thread of its own, with each beat."""
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdin
        assert self._process.stdout
        self._stdin = self._process.stdin
        self._seen = psutil.Process(self._process.pid)
        self._reader = threading.Thread(
            target=_listen, args=(self._process.stdout, hear), name="kiosk-beats", daemon=True
        )
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def status(self) -> int | None:
        """Its exit status; `None` while it runs."""
        return self._process.poll()

    def megabytes(self) -> float:
        """Of memory that it and its children take; 0 where that cannot be told any more."""
        try:
            family = [self._seen, *self._seen.children(recursive=True)]
            return sum(one.memory_info().rss for one in family) / MEGABYTE
        except psutil.Error:
            return 0.0

    def ask_to_end(self) -> None:
        with contextlib.suppress(OSError):
            self._stdin.close()

    def kill(self) -> None:
        """With all that it has started."""
        with contextlib.suppress(psutil.Error):
            for child in self._seen.children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    child.kill()
        self._process.kill()

    def let_go(self, seconds: float) -> None:
        """Wait for its end, kill it where that does not come, and close what connects to it."""
        self.ask_to_end()
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            self._process.wait()
        self._reader.join(1)
        assert self._process.stdout
        if not self._reader.is_alive():
            self._process.stdout.close()


def _listen(pipe: IO[bytes], hear: Callable[[Beat], None]) -> None:
    """Until the pipe ends. A line that is too long for a beat is read in pieces and none of them is one."""
    while line := pipe.readline(LONGEST):
        if beat := read(line):
            hear(beat)
