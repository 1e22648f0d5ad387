from __future__ import annotations

import pytest

from pipelines.engine.figures import Figures


def test_nothing_painted_gives_no_figures() -> None:
    assert Figures().summary(0.0) is None


def test_one_picture_has_no_rate() -> None:
    figures = Figures()
    figures.painted(10.0, 9.98, 5.0)
    summary = figures.summary(10.1)
    assert summary is not None
    assert (summary.fps, summary.milliseconds, summary.p95) == (0.0, 5.0, 5.0)
    assert summary.age == pytest.approx(20.0)


def test_by_hand() -> None:
    """Five pictures, 50 ms apart: 4 intervals in 0.2 s are 20 a second. The 95th percentile of 1, 2, 3,
    4, 10 lies 0.8 of the way from the fourth to the fifth: 4 + 0.8 · 6.
    """
    figures = Figures()
    for number, (milliseconds, age) in enumerate([(3, 10), (1, 20), (10, 30), (2, 40), (4, 90)]):
        now = 1 + number * 0.05
        figures.painted(now, now - age / 1000, milliseconds)
    summary = figures.summary(1.2)
    assert summary is not None
    assert summary.fps == pytest.approx(20)
    assert summary.milliseconds == 3
    assert summary.p95 == pytest.approx(8.8)
    assert summary.age == pytest.approx(30)


def test_a_percentile_is_never_beyond_what_was_measured() -> None:
    figures = Figures()
    figures.painted(1.0, 1.0, 1.0)
    figures.painted(1.1, 1.1, 2.0)
    summary = figures.summary(1.1)
    assert summary is not None
    assert summary.p95 <= 2.0


def test_only_the_last_two_seconds_count() -> None:
    figures = Figures()
    figures.painted(0.0, 0.0, 1000.0)
    figures.painted(2.5, 2.5, 4.0)
    summary = figures.summary(2.6)
    assert summary is not None
    assert summary.p95 == 4.0
    assert figures.summary(4.6) is None
