"""`engine/backlog-memory`: what a stream that is too fast for its pipeline leaves in memory."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator

import psutil

from desktop.bench.case import Case, Effort, Goal, Row
from desktop.bench.pipelines import pictures
from desktop.bench.stream import Audience, Evenly, waiting

NAME = "engine/backlog-memory"
SIZE = (1280, 720)
RATE = 60
PROCESSED = 10
"""Frames a second that the pipeline can take."""
LOOKS = 60
"""How often memory is looked at."""
EDGE = 6
"""Of these looks, the first and the last ones are compared."""


def cases() -> Iterator[Case]:
    yield Case(NAME, _measure)


def resident() -> float:
    """Bytes of this process in memory now."""
    return float(psutil.Process().memory_info().rss)


def growth(looks: list[float]) -> float:
    """From the median of the first looks, after the very first, to that of the last ones."""
    return statistics.median(looks[-EDGE:]) - statistics.median(looks[1 : 1 + EDGE])


def _measure(effort: Effort) -> Iterator[Row]:
    images = [frame.image for frame in pictures(SIZE, 8)]
    audience = Audience()
    try:
        audience.studio.add(waiting(1 / PROCESSED))
        audience.studio.open(Evenly(images, RATE, sys.maxsize, fresh=True))
        looks = []
        for _look in range(LOOKS):
            audience.watch(effort.backlog / LOOKS)
            looks.append(resident())
    finally:
        audience.close()
    yield Row(NAME, "MB", Goal("value", "<=", 20), growth(looks) / 1e6)
