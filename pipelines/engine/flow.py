"""How frames reach the lanes and outcomes leave them: each lane on its own, or all in step.

A flow has no lock of its own: the studio calls it under its lock, from whichever thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pipelines.engine.lane import Lane
from pipelines.engine.outbox import Outbox
from pipelines.engine.outcome import Failed, Outcome
from pipelines.engine.task import Task


class Flow(Protocol):
    @property
    def newest(self) -> Task | None:
        """The last frame that was captured."""
        ...

    @property
    def current(self) -> Task | None:
        """The last frame that the lanes were given."""
        ...

    def arrange(self, lanes: Sequence[Lane]) -> None:
        """Serve these lanes from now on."""
        ...

    def give(self, task: Task) -> None:
        """A new frame has been captured, or the newest one looks different now."""
        ...

    def finished(self, lane: Lane, task: Task, outcome: Outcome | None) -> None:
        """A lane is done with a frame; without an outcome while it rests."""
        ...

    def again(self, lane: Lane) -> None:
        """Process the current frame once more in this lane."""
        ...

    def excuse(self, lane: Lane) -> None:
        """Wait no longer for this lane, until it has finished a frame again."""
        ...


class FreeFlow:
    """Every lane takes the newest frame as soon as it can."""

    def __init__(self, lanes: Sequence[Lane], outbox: Outbox, newest: Task | None) -> None:
        self._lanes = tuple(lanes)
        self._outbox = outbox
        self.newest = newest
        if newest is not None:
            self.give(newest)

    @property
    def current(self) -> Task | None:
        return self.newest

    def arrange(self, lanes: Sequence[Lane]) -> None:
        self._lanes = tuple(lanes)

    def give(self, task: Task) -> None:
        self.newest = task
        for lane in self._lanes:
            lane.give(task)

    def finished(self, lane: Lane, task: Task, outcome: Outcome | None) -> None:
        if outcome is not None:
            self._outbox.put({lane: outcome})

    def again(self, lane: Lane) -> None:
        if self.newest is not None:
            lane.give(self.newest)

    def excuse(self, lane: Lane) -> None:
        """Nobody waits for it anyway."""


class LockStep:
    """All lanes get the same frame; its outcomes are published together when the last is done.

    What comes meanwhile waits in one slot, where the newest wins. A lane that is late (it hangs) is
    offered every frame but not waited for; it is in step again with the first frame that it finishes.
    """

    def __init__(self, lanes: Sequence[Lane], outbox: Outbox, newest: Task | None) -> None:
        self._lanes = tuple(lanes)
        self._outbox = outbox
        self._round: Task | None = None
        self._next = newest
        self._awaited: set[Lane] = set()
        self._late: set[Lane] = set()
        self._outcomes: dict[Lane, Outcome] = {}
        self._begin()

    @property
    def newest(self) -> Task | None:
        return self._next or self._round

    @property
    def current(self) -> Task | None:
        return self._round

    def arrange(self, lanes: Sequence[Lane]) -> None:
        """A new lane joins with the next frame; one that has gone is not waited for."""
        self._lanes = tuple(lanes)
        self._late &= set(lanes)
        self._awaited &= set(lanes)
        self._end()

    def give(self, task: Task) -> None:
        if self._next is not None and not self._next.same(task):
            self._miss()
        self._next = task
        self._end()

    def finished(self, lane: Lane, task: Task, outcome: Outcome | None) -> None:
        self._late.discard(lane)
        if self._round is not None and task.frame is self._round.frame:
            if outcome is not None:
                self._outcomes[lane] = outcome
            self._awaited.discard(lane)
            self._end()
        elif isinstance(outcome, Failed):
            self._outbox.put({lane: outcome})
        elif outcome is not None:
            lane.missed += 1

    def again(self, lane: Lane) -> None:
        if self._round is not None:
            lane.give(self._round)

    def excuse(self, lane: Lane) -> None:
        self._late.add(lane)
        self._awaited.discard(lane)
        self._end()

    def _begin(self) -> None:
        if self._next is None:
            return
        self._round, self._next = self._next, None
        self._awaited = set(self._lanes) - self._late
        for lane in self._lanes:
            lane.give(self._round)

    def _end(self) -> None:
        """Publish the round and begin the next, unless somebody is still at work on it."""
        if self._awaited:
            return
        together, self._outcomes = self._outcomes, {}
        if together:
            self._outbox.put(together)
        self._begin()

    def _miss(self) -> None:
        for lane in self._lanes:
            lane.missed += 1
