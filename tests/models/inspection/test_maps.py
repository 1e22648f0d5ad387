"""What a layer answers is laid out as maps, whatever the order of its axes."""

from __future__ import annotations

import numpy as np
import pytest

from models.inspection.maps import as_maps, form_of


def numbers(*shape: int) -> np.ndarray:
    return np.arange(np.prod(shape), dtype=np.float32).reshape(shape)


def test_channels_are_maps() -> None:
    values = numbers(5, 3, 4)
    assert form_of(values.shape) == "maps"
    np.testing.assert_array_equal(as_maps(values), values)


def test_channels_may_stand_last() -> None:
    values = numbers(7, 7, 5)
    maps = as_maps(values)
    assert maps.shape == (5, 7, 7)
    np.testing.assert_array_equal(maps[2], values[:, :, 2])


@pytest.mark.parametrize("shape", [(10,), (10, 1, 1), (1, 10)])
def test_a_vector_is_a_row_of_units(shape: tuple[int, ...]) -> None:
    assert form_of(shape) == "vector"
    assert as_maps(numbers(*shape)).shape == (10, 1, 1)


@pytest.mark.parametrize("first", [0, 1])
def test_tokens_become_the_grid_that_they_were_cut_from(first: int) -> None:
    """A token for the whole picture, where there is one, stands first and is left out."""
    values = numbers(first + 9, 6)
    assert form_of(values.shape) == "tokens"
    maps = as_maps(values)
    assert maps.shape == (6, 3, 3)
    assert maps[4, 1, 2] == values[first + 5, 4]


def test_what_is_no_grid_of_tokens_is_one_map() -> None:
    assert as_maps(numbers(7, 6)).shape == (1, 7, 6)


def test_slices_of_a_volume_are_maps() -> None:
    values = numbers(2, 3, 4, 5)
    maps = as_maps(values)
    assert maps.shape == (6, 4, 5)
    np.testing.assert_array_equal(maps[4], values[1, 1])
