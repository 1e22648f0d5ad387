"""The process with the window: started, listened to, weighed, ended."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections import deque
from collections.abc import Sequence

import psutil

from desktop.kiosk.beat import Beat, read
from desktop.kiosk.pipe import ListenedPipe
from desktop.kiosk.systemd import OF_SYSTEMD
from desktop.packed import own_command

MEGABYTE = 1_000_000
KEPT = 10
"""Beats, and lines of its last words, that wait to be asked for; of more, the newest."""
LAST_WORDS = 300
"""Characters of them."""
END = 2.0
"""Seconds for the system to end what was killed."""
FEW_ARENAS = {"MALLOC_ARENA_MAX": "2"}
"""For glibc, which otherwise gives each thread memory of its own and keeps it: with every station come new
threads, and the exhibit took 390 MB instead of 310 after ninety stations, in the same time a picture. Others
pass it over. Source: mallopt(3)."""


def command_of(kiosk: str, *, plain: bool) -> list[str]:
    """The command line of the window process for this kiosk file."""
    return [*own_command(), "run", "--kiosk", kiosk, "--supervised", *(["--plain"] if plain else [])]


class WindowProcess:
    """Ends by itself when its standard input is closed; so it never outlives the supervisor."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start it.

        Raises:
            OSError: the system cannot start it.
        """
        self._beats: deque[Beat] = deque(maxlen=KEPT)
        self._said: deque[bytes] = deque(maxlen=KEPT)
        self._window: psutil.Process | None = None
        self._family: set[psutil.Process] = set()
        self._output = ListenedPipe("kiosk-beats", self._hear)
        self._errors = ListenedPipe("kiosk-errors", self._said.append)
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=self._output.end,
                stderr=self._errors.end,
                env=_environment(),
                start_new_session=True,
            )
        except OSError:
            self._output.close()
            self._errors.close()
            raise
        with contextlib.suppress(psutil.Error, OSError):  # it may have ended already
            self._window = psutil.Process(self._process.pid)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def status(self) -> int | None:
        """Its exit status; `None` while it runs."""
        return self._process.poll()

    def beats(self) -> list[Beat]:
        """Those that came since it was asked last; the newest of many."""
        beats: list[Beat] = []
        with contextlib.suppress(IndexError):  # what comes meanwhile is taken as well
            while len(beats) < KEPT:
                beats.append(self._beats.popleft())
        return beats

    @property
    def last_words(self) -> str:
        """The last line that it wrote to standard error, complete once it was let go."""
        lines = [line.decode("utf-8", "replace").strip() for line in tuple(self._said)]
        return next((line[:LAST_WORDS] for line in reversed(lines) if line), "")

    def megabytes(self) -> float:
        """Of memory that it and its children take; 0 where that cannot be told any more."""
        self._note_family()
        total = 0
        for one in self._family:
            with contextlib.suppress(psutil.Error, OSError):
                total += one.memory_info().rss
        return total / MEGABYTE

    def write(self, line: bytes) -> None:
        """On its standard input. What cannot be written is lost."""
        stdin = self._process.stdin
        assert stdin
        with contextlib.suppress(OSError, ValueError):
            stdin.write(line)
            stdin.flush()

    def ask_to_end(self) -> None:
        assert self._process.stdin
        with contextlib.suppress(OSError):
            self._process.stdin.close()

    def kill(self) -> None:
        """With all that it has started."""
        self._note_family()
        if hasattr(os, "killpg"):
            with contextlib.suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
        for one in self._family:
            with contextlib.suppress(psutil.Error, OSError):
                one.kill()

    def let_go(self, seconds: float) -> None:
        """Wait so long for its end, kill what is left of it, and close what connects to it."""
        self.ask_to_end()
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):  # a driver that never returns
                self._process.wait(END)
        self.kill()  # what it has started and left behind
        self._output.close()
        self._errors.close()

    def _hear(self, line: bytes) -> None:
        if beat := read(line):
            self._beats.append(beat)

    def _note_family(self) -> None:
        """Who has lost its parent cannot be found any more: so it is noted before."""
        if self._window:
            with contextlib.suppress(psutil.Error, OSError):
                living = {one for one in self._family if one.is_running()}
                self._family = living | {self._window, *self._window.children(recursive=True)}


def _environment() -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if name not in OF_SYSTEMD}
    return FEW_ARENAS | own
