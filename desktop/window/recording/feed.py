"""From what the lanes show to the moments of a recording, each with its time."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from desktop.window.lane_view import LaneView
from desktop.window.recording.moment import Moment, Screen, look_at, moment_of
from desktop.window.wall import Wall
from pipelines.engine.lane import Lane
from pipelines.engine.outcome import Outcome
from pipelines.frame import Frame

STILL = 1.0
"""Seconds without a new picture after which the one that is there is recorded again."""


class Feed:
    """A new frame is shown at the time of its capture, another look at the same one when it came."""

    def __init__(self, wall: Wall, views: Sequence[LaneView], put: Callable[[Moment, float], None]) -> None:
        """The first moment is what `views` show now."""
        self._wall = wall
        self._put = put
        self._frames: dict[Lane, Frame] = {}
        self._latest = 0.0
        self.screen = self._look(views)
        self._give(time.perf_counter())

    def show(self, views: Sequence[LaneView]) -> None:
        """What lies over the pictures now; and all of it, where nothing new has come for a while."""
        self.screen = self._look(views)
        if (now := time.perf_counter()) - self._latest > STILL:
            self._give(now)

    def take(self, lane: Lane, outcome: Outcome) -> None:
        """The lane shows something new."""
        former, frame = self._frames.get(lane), outcome.frame
        is_new = former is None or not frame.same(former)
        self._frames[lane] = frame
        self._give(frame.captured if is_new else time.perf_counter())

    def _look(self, views: Sequence[LaneView]) -> Screen:
        return look_at(self._wall, views)

    def _give(self, seconds: float) -> None:
        self._latest = max(self._latest, seconds)
        self._put(moment_of(self.screen), seconds)
