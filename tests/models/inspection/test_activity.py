"""Figures of a layer, against NumPy in float64."""

from __future__ import annotations

import numpy as np
import pytest

from models.inspection.activity import BINS, activity_of, finite, histogram_of


@pytest.fixture
def maps() -> np.ndarray:
    return np.random.default_rng(1).normal(0.3, 2.0, (6, 9, 7)).astype(np.float32)


def test_figures_are_those_of_the_maps(maps: np.ndarray) -> None:
    exact = maps.astype(np.float64)
    activity = activity_of(maps)
    np.testing.assert_allclose(activity.means, exact.mean((1, 2)), rtol=1e-5)
    np.testing.assert_array_equal(activity.lowest, maps.min((1, 2)))
    np.testing.assert_array_equal(activity.highest, maps.max((1, 2)))
    assert activity.mean == pytest.approx(exact.mean(), rel=1e-5)
    assert activity.maximum == maps.max()
    assert activity.active == pytest.approx((exact > 0).mean())
    assert activity.signed


def test_what_is_never_negative_is_not_signed(maps: np.ndarray) -> None:
    assert not activity_of(np.abs(maps)).signed


def test_what_is_no_number_counts_as_nothing_and_is_told(maps: np.ndarray) -> None:
    maps[0, 0, 0], maps[1, 2, 3], maps[5, 8, 6] = np.nan, np.inf, -np.inf
    clean, strange = finite(maps)
    assert strange == 3
    assert clean[0, 0, 0] == clean[1, 2, 3] == clean[5, 8, 6] == 0
    assert np.isfinite(activity_of(clean, strange).means).all()


def test_short_rows_and_single_units_are_counted_alike() -> None:
    for shape in [(512, 7, 7), (1000, 1, 1), (1, 3, 5)]:
        maps = np.random.default_rng(4).normal(-0.2, 3.0, shape).astype(np.float32)
        activity = activity_of(maps)
        np.testing.assert_allclose(activity.means, maps.mean((1, 2), dtype=np.float64), rtol=1e-5, atol=1e-6)
        np.testing.assert_array_equal(activity.lowest, maps.min((1, 2)))
        np.testing.assert_array_equal(activity.highest, maps.max((1, 2)))
        assert activity.active == pytest.approx((maps > 0).mean())


def test_a_mean_of_numbers_whose_sum_is_beyond_all_bounds_is_a_number() -> None:
    assert activity_of(np.full((1, 4, 4), 3e38, np.float32)).mean == pytest.approx(3e38, rel=1e-5)


def test_the_histogram_counts_every_unit_once(maps: np.ndarray) -> None:
    low, high = float(maps.min()), float(maps.max())
    counts, _edges = np.histogram(maps, BINS, (low, high))
    found = histogram_of(maps, low, high)
    assert found.sum() == pytest.approx(1.0)
    np.testing.assert_allclose(
        found * maps.size, counts, atol=1.01
    )  # a value on an edge may go to either side


def test_a_layer_that_says_one_thing_has_a_histogram(maps: np.ndarray) -> None:
    assert histogram_of(np.ones_like(maps), 1.0, 1.0)[0] == pytest.approx(1.0)


@pytest.mark.parametrize("level", [0.0, 1e8, -3e38, float(np.finfo(np.float32).max)])
def test_whatever_the_one_thing_is(maps: np.ndarray, level: float) -> None:
    said = np.full_like(maps, level)
    assert histogram_of(said, float(said.min()), float(said.max()))[0] == pytest.approx(1.0)


def test_the_largest_numbers_have_a_histogram() -> None:
    most = np.finfo(np.float32).max
    said = np.array([-most, 0, most / 2, most * np.float32(0.999)], np.float32)[:, None, None]
    assert histogram_of(said, float(said.min()), float(said.max())).sum() == pytest.approx(1.0)
