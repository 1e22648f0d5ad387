"""`engine/age-720p30`: how old a picture is when it is painted, in the whole window."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence

from desktop.bench.case import Effort, Goal, Row
from desktop.bench.opened_window import opened_window
from desktop.bench.painting import wait
from pipelines.engine.outcome import Done, Outcome
from pipelines.registry import find
from pipelines.scene import LaneScene, Scene

WARM_UP = 1.0


def measure(name: str, effort: Effort) -> Iterator[Row]:
    ages, numbers = painted(effort.segment * effort.segments)
    yield Row(name, "ms", Goal("value", "<=", 2.5), statistics.median(ages))
    yield Row(f"{name}-p99", "ms", Goal("value", "<=", 6), percentile(ages, 99))
    yield Row(f"{name}-shown", "%", Goal("value", ">=", 99), share_shown(numbers))


def painted(seconds: float) -> tuple[list[float], list[int]]:
    """Of every painted frame of the demo its age in milliseconds, the pipeline's own time taken off, and
    its number.
    """
    ages: list[float] = []
    numbers: list[int] = []

    def note(outcome: Outcome, now: float) -> None:
        if isinstance(outcome, Done):
            ages.append((now - outcome.frame.captured) * 1000 - outcome.milliseconds)
            numbers.append(outcome.frame.number)

    with opened_window() as window:
        dog = find("dog")
        window.session.play(Scene(source="demo:", lanes=(LaneScene(dog, dog.parameters()),)))
        wait(WARM_UP)
        view = window.wall.views[0]
        view.painted.connect(note)
        wait(seconds)
        view.painted.disconnect(note)
    return ages, numbers


def percentile(figures: Sequence[float], percent: int) -> float:
    """The smallest figure that `percent` of all figures do not exceed."""
    ranked = sorted(figures)
    return ranked[max(0, -(-percent * len(ranked) // 100) - 1)]


def share_shown(numbers: Sequence[int]) -> float:
    """Percent of the frames from the first to the last painted one that were painted."""
    return 100 * len(set(numbers)) / (max(numbers) - min(numbers) + 1)
