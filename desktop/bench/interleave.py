"""Two things measured in turns, so that whatever else the machine does strikes both alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def in_turns(first: Callable[[], T], second: Callable[[], T], times: int) -> tuple[list[T], list[T]]:
    """What each gives, called `times` times; which of the two goes first changes every time."""
    ones: list[T] = []
    others: list[T] = []
    for turn in range(times):
        if turn % 2:
            others.append(second())
            ones.append(first())
        else:
            ones.append(first())
            others.append(second())
    return ones, others


def median_times(
    measured: Callable[[T], object],
    reference: Callable[[T], object],
    inputs: Sequence[T],
    seconds: float,
    now: Callable[[], float] = time.perf_counter,
) -> tuple[float, float]:
    """Median seconds of both over all `inputs`, in rounds for `seconds`; the first round warms up."""

    def timed(work: Callable[[T], object]) -> Callable[[T], float]:
        def run(given: T) -> float:
            started = now()
            work(given)
            return now() - started

        return run

    return median_figures(timed(measured), timed(reference), inputs, seconds, now)


def median_figures(
    measured: Callable[[T], float],
    reference: Callable[[T], float],
    inputs: Sequence[T],
    seconds: float,
    now: Callable[[], float] = time.perf_counter,
) -> tuple[float, float]:
    """The same of what both say that they took themselves: a part of their work, say."""
    measured_times: list[float] = []
    reference_times: list[float] = []
    until = now() + seconds
    rounds = 0
    while rounds < 2 or now() < until:
        for number, given in enumerate(inputs):
            if (rounds + number) % 2:
                other, one = reference(given), measured(given)
            else:
                one, other = measured(given), reference(given)
            if rounds:
                measured_times.append(one)
                reference_times.append(other)
        rounds += 1
    return statistics.median(measured_times), statistics.median(reference_times)
