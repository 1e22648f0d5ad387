"""Levels stand for values; shrinking averages and lets no map bleed into another."""

from __future__ import annotations

import numpy as np
import pytest

from models.inspection.activity import activity_of
from models.inspection.pictures import ZERO, MapPictures, Scaling, pictures_of, where_active


@pytest.fixture
def maps() -> np.ndarray:
    made = np.random.default_rng(2).normal(0, 1, (4, 8, 12)).astype(np.float32)
    return made * np.array([0.1, 1, 5, 20], np.float32)[:, None, None]


def shown(maps: np.ndarray, scaling: Scaling, side: int = 0) -> MapPictures:
    return pictures_of(maps, activity_of(maps), scaling, side)


@pytest.mark.parametrize("scaling", [Scaling("map"), Scaling("layer"), Scaling("fixed", 3.0)])
@pytest.mark.parametrize("signed", [True, False])
def test_a_level_tells_the_value(maps: np.ndarray, scaling: Scaling, signed: bool) -> None:
    given = maps if signed else np.abs(maps)
    made = shown(given, scaling)
    assert made.signed == signed
    zero, steps = (ZERO, 127) if signed else (0, 255)
    limits = made.limits[:, None, None]
    told = (made.levels.astype(np.float64) - zero) / steps * limits
    wanted = given.clip(-limits if signed else 0, limits)
    assert (np.abs(told - wanted) <= 0.51 * limits / steps).all()


def test_the_brightest_is_of_the_map_of_the_layer_or_fixed(maps: np.ndarray) -> None:
    most = np.abs(maps).max((1, 2))
    np.testing.assert_array_equal(shown(maps, Scaling("map")).limits, most)
    np.testing.assert_array_equal(shown(maps, Scaling("layer")).limits, np.full(4, most.max()))
    np.testing.assert_array_equal(shown(maps, Scaling("fixed", 3.0)).limits, np.full(4, 3, np.float32))


def test_silent_maps_are_dark(maps: np.ndarray) -> None:
    assert (shown(np.zeros_like(maps), Scaling("map")).levels == 0).all()
    maps[1] = 0
    assert (shown(maps, Scaling("map")).levels[1] == ZERO).all()


def test_what_is_far_below_a_fixed_limit_is_the_darkest_level(maps: np.ndarray) -> None:
    levels = shown(maps, Scaling("fixed", 0.01)).levels
    assert (levels[maps < -0.02] == 1).all()
    assert (levels[maps > 0.02] == 255).all()


@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize("most", [1e6, 1e12, 3.4e38])
def test_what_is_however_far_above_a_fixed_limit_is_the_brightest(most: float, signed: bool) -> None:
    """Its level has no place in a whole number of 32 bits."""
    given = np.array([[[0.0, most, most / 2, -1.0 if signed else 0.0]]], np.float32)
    levels = shown(given, Scaling("fixed", 0.01), 8).levels[0, 0]
    assert list(levels) == [ZERO if signed else 0, 255, 255, 1 if signed else 0]


def test_the_faintest_answers_still_have_levels() -> None:
    for faint in (1e-36, 1e-38):
        levels = shown(
            np.array([[[0.0, faint, -faint]], [[0.0, 1.0, 0.0]]], np.float32), Scaling("map")
        ).levels
        assert levels[0, 0, 0] == ZERO
        assert levels[0, 0, 2] <= ZERO <= levels[0, 0, 1]


def test_what_is_shrunk_is_averaged_map_by_map(maps: np.ndarray) -> None:
    given = np.abs(maps)
    made = shown(given, Scaling("layer"), side=6)
    assert made.levels.shape == (4, 4, 6)
    averaged = given.reshape(4, 4, 2, 6, 2).mean((2, 4))
    np.testing.assert_allclose(made.levels / 255 * made.limits[0], averaged, atol=0.51 * made.limits[0] / 255)


def test_sides_that_are_no_multiples_are_cut() -> None:
    maps = np.random.default_rng(3).random((3, 13, 7)).astype(np.float32)
    made = shown(maps, Scaling("map"), side=5)
    assert made.levels.shape == (3, 4, 2)
    assert max(made.levels.shape[1:]) <= 5


def test_where_a_layer_is_active_is_where_its_maps_are() -> None:
    maps = np.zeros((6, 40, 60), np.float32)
    maps[:3, 10, 20] = -2.0
    maps[3:, 30, 50] = 1.0
    small = where_active(maps, 60)
    assert small.shape == (40, 60)
    assert small[10, 20] == 255
    assert small[30, 50] in (127, 128)
    assert np.count_nonzero(small) == 2
    assert max(where_active(maps, 16).shape) <= 16


@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize("most", [3.4e38, 1e-30])
def test_huge_and_faint_answers_are_stretched_as_others_are(
    maps: np.ndarray, most: float, signed: bool
) -> None:
    given = maps / np.abs(maps).max((1, 2))[:, None, None]
    given = given if signed else np.abs(given)
    for scaling in (Scaling("map"), Scaling("layer")):
        plain, scaled = shown(given, scaling, 6), shown(given * np.float32(most), scaling, 6)
        assert np.abs(plain.levels.astype(int) - scaled.levels.astype(int)).max() <= 1
    assert np.abs(where_active(given * np.float32(most), 60).astype(int) - where_active(given, 60)).max() <= 1


def test_what_is_too_faint_for_a_level_is_nothing(maps: np.ndarray) -> None:
    faint = np.abs(maps) * np.float32(1e-40)
    assert not shown(faint, Scaling("map")).levels.any()
    assert not where_active(faint, 60).any()
