"""From what the lanes show to the moments of a recording, each with its time."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from desktop.window.lane_view import LaneView
from desktop.window.recording.moment import Moment, look_at, moment_of
from desktop.window.wall import Wall
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
        self._frames: dict[LaneView, Frame] = {view: view.done.frame for view in views if view.done}
        self._latest = 0.0
        self._screen = look_at(wall, views)
        self._give(time.perf_counter())

    def look(self, views: Sequence[LaneView]) -> None:
        """At what lies over the pictures now; and at all of it, where nothing new has come for a while."""
        self._screen = look_at(self._wall, views)
        if (now := time.perf_counter()) - self._latest > STILL:
            self._give(now)

    def take(self, view: LaneView, outcome: Outcome) -> None:
        """The view shows something new."""
        former, frame = self._frames.get(view), outcome.frame
        self._frames[view] = frame
        is_new = former is not None and not frame.same(former)
        self._give(frame.captured if is_new else time.perf_counter())

    def _give(self, seconds: float) -> None:
        self._latest = max(self._latest, seconds)
        self._put(moment_of(self._screen), seconds)
