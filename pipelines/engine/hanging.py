"""Lanes that do not answer: which they are, what is said about them, and when they begin afresh."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from models.text import Text
from pipelines.engine.lane import Lane
from pipelines.engine.outcome import crowded, hung
from pipelines.registry import AnyPipeline

HANG = 5.0
"""Seconds without an answer after which a lane counts as hung."""
MOST_HUNG = 3
"""Hung threads of one pipeline beyond which no lane starts another one."""


def hangs(lane: Lane) -> bool:
    return lane.silent_for() >= HANG


class Hanging:
    """No thread and no lock of its own: the studio calls it under its lock, from whichever thread."""

    def __init__(self, everyone: Callable[[], Iterable[Lane]]) -> None:
        """`everyone` gives the lanes of now and those that were left behind and may still run."""
        self._everyone = everyone
        self._told: set[Lane] = set()
        """Lanes that hang, and the window knows it."""
        self._waiting: set[Lane] = set()
        """Lanes that need a new thread and get it when an old one has ended."""

    def keep(self, lanes: Iterable[Lane]) -> None:
        """Only these are there now."""
        self._told &= set(lanes)
        self._waiting &= set(lanes)

    def forget_what_was_said(self) -> None:
        """The window has forgotten it, too."""
        self._told.clear()

    def answered(self, lane: Lane) -> None:
        self._told.discard(lane)
        self._waiting.discard(lane)

    def begin(self, lane: Lane) -> None:
        """Start a new lane; where too many of its pipeline's threads hang, as soon as one has ended."""
        if self._is_crowded(lane.pipeline):
            self._waiting.add(lane)
        else:
            lane.start()

    def begin_afresh(self, lane: Lane) -> bool:
        """In a new thread; False where too many hang: then as soon as one of them has ended."""
        if not self._is_crowded(lane.pipeline):
            self.answered(lane)
            lane.restart()
            return True
        if lane not in self._waiting:
            self._waiting.add(lane)
            self._told.discard(lane)  # what was said of it is true no more
        return False

    def revived(self, lane: Lane) -> bool:
        """Whether it had waited for a thread to end, and has begun afresh now."""
        return lane in self._waiting and self.begin_afresh(lane)

    def complaint(self, lane: Lane) -> Text | None:
        """What to say about a lane that hangs; nothing where it was said."""
        if lane in self._told:
            return None
        self._told.add(lane)
        if not self._is_crowded(lane.pipeline):
            return hung(lane.pipeline.title, lane.silent_for())
        self._waiting.add(lane)
        return crowded(lane.pipeline.title)

    def _is_crowded(self, pipeline: type[AnyPipeline]) -> bool:
        """Too many threads of this pipeline hang."""
        same = (lane for lane in self._everyone() if lane.pipeline is pipeline)
        return sum(lane.hung_threads(HANG) for lane in same) >= MOST_HUNG
