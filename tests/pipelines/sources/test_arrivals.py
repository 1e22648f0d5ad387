"""The rate that is shown is the one at which pictures come."""

from __future__ import annotations

import pytest

from pipelines.sources.arrivals import ENOUGH, Arrivals, described
from tests.pipelines.sources.hand_clock import HandClock


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


def come(arrivals: Arrivals, clock: HandClock, rate: float, seconds: float) -> None:
    for _ in range(round(rate * seconds)):
        clock.time += 1 / rate
        arrivals.note(clock.now())


@pytest.mark.parametrize("rate", [0.5, 2, 14.985, 30, 240])
def test_an_even_stream_has_its_rate(clock: HandClock, rate: float) -> None:
    arrivals = Arrivals()
    come(arrivals, clock, rate, 20)
    assert arrivals.rate == pytest.approx(rate)


def test_nothing_is_said_before_enough_was_seen(clock: HandClock) -> None:
    arrivals = Arrivals()
    come(arrivals, clock, 30, ENOUGH * 0.9)
    assert arrivals.rate == 0
    come(arrivals, clock, 30, ENOUGH * 0.3)
    assert arrivals.rate == pytest.approx(30)
    arrivals.forget()
    assert arrivals.rate == 0


def test_a_hitch_does_not_move_it_and_a_new_rate_is_seen_within_two_seconds(clock: HandClock) -> None:
    arrivals = Arrivals()
    come(arrivals, clock, 30, 2)
    clock.time += 0.8
    come(arrivals, clock, 30, 0.5)
    assert arrivals.rate == pytest.approx(30)
    come(arrivals, clock, 10, 2.1)
    assert arrivals.rate == pytest.approx(10)


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (29.97, "64 × 36 · 30 fps"),
        (7.49, "64 × 36 · 7.5 fps"),
        (119.6, "64 × 36 · 120 fps"),
        (0.0, "64 × 36"),
        (float("nan"), "64 × 36"),
    ],
)
def test_it_is_written_rounded_and_only_where_it_is_known(rate: float, words: str) -> None:
    assert described((64, 36), rate).ja == words
