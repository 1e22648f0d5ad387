"""Play, pause, seek and step: what all sources with a place to go to have in common."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod

from msgspec import Struct

from pipelines.clock import Clock
from pipelines.frame import Frame, Image, Truth
from pipelines.sources.pace import Pace
from pipelines.sources.source import CLOSE_PATIENCE, PATIENCE, End, Read


class Move(Struct, frozen=True):
    """What a person asked for: go to a frame (`None`: from where it is), then some frames on or back."""

    to: int | None = 0
    by: int = 0


class Playback(ABC):
    """The `Playable` half of a source, and the guard around its reading.

    Any thread asks (`seek`, `step`, `paused`, `close`); only the reading thread acts on it, in
    `_advance`, so that a decoder is never used by two threads.
    """

    def __init__(self, *, rate: float, length: int, clock: Clock, live: bool, loop: bool) -> None:
        """Without `live` every frame comes once, as fast as it is asked for, and `loop` stays off."""
        self._rate, self._length = rate, length
        self._clock, self._live, self._loop = clock, live, loop and live
        self._pace = Pace(clock, live=live)
        self._position = 0
        self._number = 0
        self._paused = False
        self._set_to_play = False
        self._asked: Move | None = Move(to=0)
        self._asking = threading.Lock()
        self._reading = threading.Lock()
        self._wake = threading.Event()
        self._closed = threading.Event()

    # --- from any thread

    @property
    def length(self) -> int:
        return self._length

    @property
    def position(self) -> int:
        return self._position

    @property
    def rate(self) -> float:
        return self._rate

    @property
    def paused(self) -> bool:
        return self._paused

    @paused.setter
    def paused(self, value: bool) -> None:
        with self._asking:
            self._paused, self._set_to_play = value, not value
        self._wake.set()

    @property
    def loop(self) -> bool:
        return self._loop

    @loop.setter
    def loop(self, value: bool) -> None:
        self._loop = value and self._live
        self._wake.set()

    def seek(self, position: int) -> None:
        with self._asking:
            self._asked = Move(to=position)
        self._wake.set()

    def step(self, frames: int) -> None:
        with self._asking:
            before = self._asked or Move(to=None)
            self._asked = Move(before.to, before.by + frames)
            self._paused = True
        self._wake.set()

    def close(self) -> None:
        self._closed.set()
        self._wake.set()
        if self._reading.acquire(timeout=CLOSE_PATIENCE):
            try:
                self._let_go()
            finally:
                self._reading.release()

    # --- on the reading thread

    def read(self) -> Read:
        with self._reading:
            self._wake.clear()
            try:
                return End() if self._closed.is_set() else self._advance()
            finally:
                if self._closed.is_set():
                    self._let_go()

    @abstractmethod
    def _advance(self) -> Read:
        """What `read` returns."""

    @abstractmethod
    def _let_go(self) -> None:
        """Release what is held; called by one thread at a time, perhaps more than once."""

    def _taken(self) -> Move | None:
        """What was asked for since the last call."""
        with self._asking:
            asked, self._asked = self._asked, None
        return asked

    def _newly_played(self) -> bool:
        """Whether it was set to play since the last call."""
        with self._asking:
            played, self._set_to_play = self._set_to_play, False
        return played

    def _inside(self, position: int) -> int:
        return max(0, min(position, self._length - 1))

    def _rest(self, moment: float) -> None:
        """While paused at `moment`: wait for something to be asked; in the recording no time goes by."""
        self._clock.wait(self._wake, PATIENCE)
        self._pace.anchor(moment)

    def _due(self, moment: float) -> bool:
        """Wait for `moment`; False if it did not come within the patience or something was asked first."""
        early = -self._pace.lag(moment)
        if early <= 0:
            return True
        return not self._clock.wait(self._wake, min(early, PATIENCE)) and early <= PATIENCE

    def _frame(
        self, image: Image, position: int, truth: tuple[Truth, ...] | None = None, name: str = ""
    ) -> Frame:
        """The frame to deliver, captured now; `truth` is `None` where nobody has labelled it."""
        frame = Frame.of(image, self._number, self._clock.now(), truth or (), truth is not None, name)
        self._position = position
        self._number += 1
        return frame
