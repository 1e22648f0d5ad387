"""The last minute in steps of half a second."""

from __future__ import annotations

import numpy as np

from pipelines.contest.history import History, Moment


def test_each_point_is_the_average_of_its_half_second() -> None:
    history = History()
    dice = np.random.default_rng(1)
    times = np.sort(dice.uniform(1000, 1010, 300))
    values = dice.integers(0, 5, 300)
    for when, value in zip(times, values, strict=True):
        history.add(when, Moment(first=float(value)))

    x, past = history.averages()

    steps = np.floor(times / 0.5)
    expected = [values[steps == step].mean() for step in np.unique(steps)]
    np.testing.assert_allclose(past.first, expected)
    np.testing.assert_allclose(x, (np.unique(steps) - steps.max()) * 0.5)


def test_only_the_last_minute_is_kept() -> None:
    history = History()
    for second in range(200):
        history.add(float(second), Moment(first=float(second)))
    x, past = history.averages()
    assert x.min() > -60
    assert past.first[0] == 140
    assert len(x) == 60


def test_what_is_not_known_is_no_zero() -> None:
    history = History()
    history.add(0.0, Moment(first=4.0))
    history.add(0.1, Moment(first=2.0, second=1.0))
    _, past = history.averages()
    assert past.first.tolist() == [3.0]
    assert past.second.tolist() == [1.0]
    assert np.isnan(past.both).all()


def test_a_frame_from_before_begins_another_history() -> None:
    history = History()
    history.add(100.0, Moment(first=1.0))
    history.add(3.0, Moment(first=2.0))
    x, past = history.averages()
    assert x.tolist() == [0.0]
    assert past.first.tolist() == [2.0]
