"""The thin line of figures under a lane's picture."""

from __future__ import annotations

from collections import deque

import numpy as np
from msgspec import Struct

SPAN = 2.0
"""Seconds that the figures look back."""


class Summary(Struct, frozen=True):
    """Frames a second shown, the pipeline's milliseconds, the picture's age from capture to paint."""

    fps: float
    milliseconds: float
    p95: float
    age: float


class Figures:
    """Measures what was really painted. Used from the window's thread only."""

    def __init__(self) -> None:
        self._painted: deque[tuple[float, float, float]] = deque()

    def painted(self, now: float, captured: float, milliseconds: float) -> None:
        """A new picture is on screen; `now` and `captured` in seconds of the same clock."""
        self._painted.append((now, milliseconds, (now - captured) * 1000))
        while self._painted and now - self._painted[0][0] > SPAN:
            self._painted.popleft()

    def summary(self, now: float) -> Summary | None:
        """Of the last two seconds; `None` where nothing was painted in them."""
        recent = [entry for entry in self._painted if now - entry[0] <= SPAN]
        if not recent:
            return None
        when, milliseconds, ages = np.array(recent).T
        span = when[-1] - when[0]
        fps = (len(recent) - 1) / span if span > 0 else 0.0
        typical, p95 = np.percentile(milliseconds, (50, 95))
        return Summary(float(fps), float(typical), float(p95), float(np.median(ages)))
