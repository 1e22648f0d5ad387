"""Whether a process grew: against a line of NumPy's, and only where it lived long enough to tell."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from desktop.kiosk.soak.life import Sample, Span, growth, span


def life(length: float, *, slope: float = 0.0, every: float = 5.0, leak: int = 0) -> list[Sample]:
    """A process whose memory fills in its first ten minutes and rises by `slope` megabytes an hour then, in
    two stations of which the second has four more threads; it loses `leak` handles and threads, evenly."""
    chance = Random(1)
    samples = []
    for at in np.arange(0.0, length, every):
        station = int(at // 90) % 2
        lost = round(leak * at / length)
        megabytes = 300 + min(at, 600) / 5 + slope * at / 3600 + chance.gauss(0, 0.3)
        samples.append(Sample(float(at), station, megabytes, 9 + lost, 10 + 4 * station + lost))
    return samples


@pytest.mark.parametrize("slope", [-2.0, 0.0, 0.5, 30.0])
def test_growth_is_the_slope_after_the_first_ten_minutes(slope: float) -> None:
    samples = life(4 * 3600, slope=slope)
    late = [one for one in samples if one.seconds >= 600]
    line = np.polyfit([one.seconds / 3600 for one in late], [one.megabytes for one in late], 1)
    found = growth(samples)
    assert found == pytest.approx(line[0], abs=1e-6)
    assert found == pytest.approx(slope, abs=0.2)


@pytest.mark.parametrize("length", [0, 60, 600, 1000])
def test_a_life_that_was_too_short_tells_of_no_growth(length: float) -> None:
    assert growth(life(length)) is None


def test_twenty_minutes_are_enough() -> None:
    assert growth(life(1200)) is not None


def test_the_span_begins_after_the_first_minute() -> None:
    samples = [Sample(0.0, 0, 300.0, 3, 99), *life(200)[12:]]
    assert span(samples, lambda one: one.handles) == Span(9, 9, None)
    assert span(samples, lambda one: one.threads) == Span(10, 14, None)


def test_a_life_of_seconds_has_the_span_it_has() -> None:
    assert span(life(30), lambda one: one.threads) == Span(10, 10, None)
    assert span([], lambda one: one.threads) == Span(0, 0, None)


def test_another_station_with_more_threads_is_no_growth() -> None:
    """The last third shows mostly the second one."""
    samples = life(1800)
    kept = [one for one in samples if one.station == 0 or one.seconds > 1000] + []
    assert span(kept, lambda one: one.threads) == Span(10, 14, 0.0)


def test_one_number_of_a_moment_is_no_growth() -> None:
    samples = life(1800)
    samples[-2] = Sample(samples[-2].seconds, samples[-2].station, 400.0, 500, 80)
    assert span(samples, lambda one: one.handles) == Span(9, 500, 0.0)
    assert span(samples, lambda one: one.threads).growth == 0.0


def test_a_leak_is_growth() -> None:
    found = span(life(1800, leak=12), lambda one: one.threads)
    assert found.growth == pytest.approx(12 * 2 / 3, abs=1)
