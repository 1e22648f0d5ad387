"""What a layer answers is laid out as maps, whatever the order of its axes."""

from __future__ import annotations

import numpy as np
import pytest

from models.inspection.maps import as_maps, form_of, maps_first, sides_of


def numbers(*shape: int) -> np.ndarray:
    return np.arange(np.prod(shape), dtype=np.float32).reshape(shape)


def test_channels_are_maps() -> None:
    values = numbers(5, 3, 4)
    assert form_of(values.shape) == "maps"
    np.testing.assert_array_equal(as_maps(values), values)


@pytest.mark.parametrize(
    ("shape", "picture"), [((7, 7, 5), (224, 224)), ((56, 56, 96), (224, 224)), ((8, 10, 96), (256, 320))]
)
def test_channels_may_stand_last(shape: tuple[int, ...], picture: tuple[int, int]) -> None:
    values = numbers(*shape)
    maps = maps_first(values, picture)
    assert maps.shape == (shape[2], *shape[:2])
    np.testing.assert_array_equal(maps[2], values[:, :, 2])


@pytest.mark.parametrize(
    ("shape", "picture"),
    [
        ((32, 32, 40), (256, 320)),
        ((3, 3, 2), (256, 192)),
        ((8, 8, 8), (64, 64)),
        ((64, 1, 1), (64, 64)),
        ((4, 35, 51), (37, 53)),
        ((512, 1, 26), (32, 104)),
        ((64, 1639, 1), (256, 320)),
        ((12, 197, 197), (224, 224)),
    ],
)
def test_as_many_maps_as_rows_are_maps_all_the_same(shape: tuple[int, ...], picture: tuple[int, int]) -> None:
    assert maps_first(numbers(*shape), picture).shape == shape


def test_the_sides_of_what_enters_are_found_in_either_order() -> None:
    assert sides_of((1, 3, 20, 30)) == sides_of((1, 20, 30, 3)) == (20, 30)
    assert sides_of((1, 1, 28, 3)) == (28, 3)


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
