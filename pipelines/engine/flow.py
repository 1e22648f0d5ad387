"""How frames reach the lanes and outcomes leave them: each lane on its own, or all in step."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Protocol

from pipelines.engine.lane import Lane
from pipelines.engine.outbox import Outbox
from pipelines.engine.outcome import Outcome
from pipelines.frame import Frame


class Flow(Protocol):
    def frame(self, frame: Frame) -> None:
        """A new frame has been captured."""
        ...

    def finished(self, lane: Lane, frame: Frame, outcome: Outcome | None) -> None:
        """A lane is done with a frame; without an outcome while it rests."""
        ...

    def again(self, lane: Lane) -> None:
        """Process the last frame once more in this lane."""
        ...

    def excuse(self, lane: Lane) -> None:
        """Do not wait for this lane: it hangs."""
        ...


class FreeFlow:
    """Every lane takes the newest frame as soon as it can."""

    def __init__(self, lanes: Sequence[Lane], outbox: Outbox, newest: Frame | None = None) -> None:
        self._lanes = tuple(lanes)
        self._outbox = outbox
        self._newest = newest

    def frame(self, frame: Frame) -> None:
        self._newest = frame
        for lane in self._lanes:
            lane.inbox.put(frame)

    def again(self, lane: Lane) -> None:
        if self._newest is not None:
            lane.inbox.put(self._newest)

    def finished(self, lane: Lane, frame: Frame, outcome: Outcome | None) -> None:
        if outcome is not None:
            self._outbox.put({lane: outcome})

    def excuse(self, lane: Lane) -> None:
        """Nobody waits for it anyway."""


class LockStep:
    """All lanes get the same frame; its outcomes are published together when the last is done.

    What comes meanwhile waits in one slot, where the newest wins.
    """

    def __init__(self, lanes: Sequence[Lane], outbox: Outbox, newest: Frame | None = None) -> None:
        self._lanes = tuple(lanes)
        self._outbox = outbox
        self._lock = threading.Lock()
        self._round = newest
        self._awaited: set[Lane] = set()
        self._late: set[Lane] = set()
        self._outcomes: dict[Lane, Outcome] = {}
        self._next: Frame | None = None
        self.dropped = 0

    def frame(self, frame: Frame) -> None:
        with self._lock:
            self.dropped += self._next is not None
            self._next = frame
            self._begin()

    def finished(self, lane: Lane, frame: Frame, outcome: Outcome | None) -> None:
        with self._lock:
            self._late.discard(lane)
            if lane in self._awaited and frame is self._round:
                self._awaited.discard(lane)
                if outcome is not None:
                    self._outcomes[lane] = outcome
                self._end()
                return
            again = frame is self._round
        if again and outcome is not None:
            self._outbox.put({lane: outcome})

    def again(self, lane: Lane) -> None:
        with self._lock:
            if self._round is not None:
                lane.inbox.put(self._round)

    def excuse(self, lane: Lane) -> None:
        with self._lock:
            self._late.add(lane)
            self._awaited.discard(lane)
            self._end()

    def _begin(self) -> None:
        if self._awaited or self._next is None:
            return
        self._round, self._next = self._next, None
        self._awaited = set(self._lanes) - self._late
        for lane in self._awaited.copy():
            lane.inbox.put(self._round)

    def _end(self) -> None:
        if self._awaited:
            return
        together, self._outcomes = self._outcomes, {}
        if together:
            self._outbox.put(together)
        self._begin()
