"""The thread that reads the source."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from models.errors import FusiformError
from models.text import Text
from pipelines.clock import Clock
from pipelines.engine.distorting import Distorted
from pipelines.engine.leaving import all_ended
from pipelines.engine.outcome import in_words
from pipelines.frame import Frame
from pipelines.sources.source import PATIENCE, End, NoSignal, Playable, Source

log = logging.getLogger(__name__)


class Live(Struct, frozen=True):
    """Frames come."""


class Broken(Struct, frozen=True):
    """The source cannot go on; `text` says why."""

    text: Text


News: TypeAlias = Live | NoSignal | End | Broken


class Capture:
    """Reads `source` until it breaks or `stop` is called.

    `distorted` changes each frame, `deliver` gets what it gave, `tell` each change of state; all on the
    capture thread.
    """

    def __init__(
        self,
        source: Source,
        distorted: Callable[[Frame], Distorted],
        deliver: Callable[[Distorted], None],
        tell: Callable[[News], None],
        clock: Clock,
    ) -> None:
        self.source = source
        self._distorted = distorted
        self._deliver = deliver
        self._tell = tell
        self._clock = clock
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._frozen = False
        self._was_paused = False
        self._let_through = 0
        self._state: News | None = None
        self._reader = threading.Thread(target=self._loop, name="capture", daemon=True)
        self._closer = threading.Thread(target=self._close_source, name="source-closing", daemon=True)

    @property
    def still(self) -> bool:
        """No new frame is about to come: frozen, paused, silent, ended or broken."""
        paused = isinstance(self.source, Playable) and self.source.paused
        return self._frozen or paused or not isinstance(self._state, Live)

    def start(self) -> None:
        self._reader.start()

    def freeze(self, frozen: bool) -> None:
        """Hold the picture: a playable source pauses, of any other the frames are left out."""
        with self._lock:
            if frozen == self._frozen:
                return
            if isinstance(self.source, Playable):
                if frozen:
                    self._was_paused = self.source.paused
                self.source.paused = frozen or self._was_paused
            self._frozen = frozen
            self._let_through = 0

    def step(self, frames: int) -> None:
        """While frozen, let the next frame through; a playable source can also go back."""
        if isinstance(self.source, Playable):
            self.source.step(frames)
        elif frames > 0:
            with self._lock:
                self._let_through += 1

    def stop(self) -> None:
        """Deliver and tell nothing from now on; the thread ends and the source closes in their own time."""
        with self._lock:
            if not self._stop.is_set():
                self._stop.set()
                self._closer.start()

    def join(self, timeout: float) -> bool:
        """Wait for the end after `stop`; False if the source still hangs after `timeout` seconds."""
        return all_ended((self._reader, self._closer), timeout)

    def _loop(self) -> None:
        try:
            while not self._stop.is_set() and self._read():
                pass
        except FusiformError as error:
            self._say(Broken(error.text))
        except BaseException as error:  # a library may raise `SystemExit`, which ends a thread unheard
            log.exception("the source %s broke", self.source.title.en)  # an address may hold a password
            self._say(Broken(_broke(self.source.title, error)))

    def _read(self) -> bool:
        """Read once; False when nothing more will come."""
        match self.source.read():
            case Frame() as frame:
                self._say(Live())
                self._pass_on(frame)
            case NoSignal() as silence:
                self._say(silence)
            case End() as end:
                self._say(end)
                if not isinstance(self.source, Playable):
                    return False
                self._clock.wait(self._stop, PATIENCE)
            case None:
                pass
        return True

    def _pass_on(self, frame: Frame) -> None:
        with self._lock:
            held = self._frozen
            if self._stop.is_set() or (held and not self._lets_through()):
                return
        made = self._distorted(frame)  # takes its time: the window must not wait for it
        with self._lock:
            frozen_meanwhile = self._frozen and not held and not isinstance(self.source, Playable)
            if not self._stop.is_set() and not frozen_meanwhile:
                self._deliver(made)

    def _lets_through(self) -> bool:
        """While frozen."""
        if isinstance(self.source, Playable):
            return True
        stepped = self._let_through > 0
        self._let_through -= stepped
        return stepped

    def _say(self, news: News) -> None:
        with self._lock:
            if not self._stop.is_set() and news != self._state:
                self._state = news
                self._tell(news)

    def _close_source(self) -> None:
        try:
            self.source.close()
        except Exception:
            log.exception("the source %s did not close", self.source.title.en)


def _broke(title: Text, error: BaseException) -> Text:
    detail = in_words(error)
    return Text(
        f"{title.en} stopped because of an error in the program ({detail}). Choose it again to go on.",
        f"{title.ja}はプログラムの誤りにより停止しました（{detail}）。もう一度選ぶと再開します。",
    )
