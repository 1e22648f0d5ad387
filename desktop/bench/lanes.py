"""`engine/slow-lane`, `engine/haar-beside`: what a lane costs the one beside it."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from functools import partial

from desktop.bench.case import Case, Effort, Goal, Row
from desktop.bench.interleave import in_turns
from desktop.bench.pipelines import pictures
from desktop.bench.stream import LAST_MOMENT, Audience, Evenly, waiting
from pipelines.registry import AnyPipeline, find

SIZE = (1280, 720)
RATE = 30
WARM_UP = 0.5
"""Seconds at the beginning of a stream that do not count: pipelines open, pages are touched."""
SLOW = 0.3


def cases() -> Iterator[Case]:
    slow = "engine/slow-lane"
    yield Case(slow, partial(_measure, slow, lambda: waiting(SLOW), Goal("ratio", ">=", 0.99)))
    haar = "engine/haar-beside"
    yield Case(haar, partial(_measure, haar, lambda: find("haar-faces"), Goal("ratio", ">=", 0.90)))


def share_shown(seconds: float, fast: type[AnyPipeline], beside: type[AnyPipeline] | None) -> float:
    """Percent of the frames of a stream that the fast lane shows, with another lane beside it or without."""
    first = round(WARM_UP * RATE)
    count = first + max(1, round(seconds * RATE))
    source = Evenly([frame.image for frame in pictures(SIZE, 8)], RATE, count)
    audience = Audience()
    try:
        lane = audience.studio.add(fast)
        if beside:
            audience.studio.add(beside)
        audience.studio.open(source)
        shown = audience.shown.setdefault(lane, set())
        audience.watch(count / RATE + LAST_MOMENT, lambda: count - 1 in shown)
    finally:
        audience.close()
    return 100 * sum(number >= first for number in shown) / (count - first)


def _measure(name: str, beside: Callable[[], type[AnyPipeline]], goal: Goal, effort: Effort) -> Iterator[Row]:
    dog, other = find("dog"), beside()
    together, alone = in_turns(
        partial(share_shown, effort.segment, dog, other),
        partial(share_shown, effort.segment, dog, None),
        effort.segments,
    )
    yield Row(name, "%", goal, statistics.median(together), statistics.median(alone))
