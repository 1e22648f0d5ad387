"""Pictures are compared exactly, and made usable or refused."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.frame import Image
from pipelines.sources.camera_picture import as_bgr, is_black, same


@pytest.fixture
def picture() -> Image:
    return np.random.default_rng(3).integers(0, 256, (97, 61, 3), dtype=np.uint8)


@pytest.mark.parametrize("place", [(0, 0, 0), (1, 7, 2), (40, 60, 1), (96, 60, 2)])
def test_a_difference_anywhere_is_found(picture: Image, place: tuple[int, int, int]) -> None:
    other = picture.copy()
    assert same(picture, other)
    other[place] ^= 1
    assert not same(picture, other)


def test_another_size_is_another_picture(picture: Image) -> None:
    assert not same(picture, picture[:-1])


@pytest.mark.parametrize(
    "nonsense",
    [
        None,
        [1, 2, 3],
        np.zeros(0, np.uint8),
        np.zeros((0, 4, 3), np.uint8),
        np.zeros((4, 4, 2), np.uint8),
        np.zeros((4, 4, 5), np.uint8),
        np.zeros((2, 4, 4, 3), np.uint8),
        np.zeros((4, 4, 3), np.float64),
    ],
)
def test_what_is_no_picture_is_refused(nonsense: object) -> None:
    assert as_bgr(nonsense) is None


def test_values_survive_the_change_of_form(picture: Image) -> None:
    grey = picture[:, :, 1]
    expected = np.stack([grey] * 3, axis=2)
    for form in (grey, grey[:, :, None], grey.astype(np.uint16) * 256 + 255):
        made = as_bgr(form)
        assert made is not None
        assert np.array_equal(made, expected)
    made = as_bgr(np.dstack([picture, grey]))
    assert made is not None
    assert np.array_equal(made, picture)


def test_black_is_dark_everywhere() -> None:
    dark: Image = np.full((8, 8, 3), 16, np.uint8)
    assert is_black(dark)
    dark[7, 7, 2] = 17
    assert not is_black(dark)
