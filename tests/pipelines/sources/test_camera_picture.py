"""Pictures are compared exactly, and made usable or refused."""

from __future__ import annotations

import numpy as np
import pytest
import skimage.data

from pipelines.frame import Image
from pipelines.sources.camera_picture import as_bgr, is_black, is_covered, same


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


def noise(mean: float, spread: float) -> Image:
    """A sensor's that sees nothing, at full gain."""
    values = np.random.default_rng(5).normal(mean, spread, (720, 1280, 3))
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


@pytest.mark.parametrize(("mean", "spread"), [(0, 0), (12, 6), (40, 20)])
def test_a_hand_on_the_lens_covers_it_however_noisy_the_picture(mean: float, spread: float) -> None:
    assert is_covered(noise(mean, spread))


def test_a_wall_in_the_light_and_a_dim_room_are_no_hand() -> None:
    assert not is_covered(noise(120, 10))
    dim = noise(20, 5)
    dim[200:500, 500:800] += 40  # somebody stands there
    assert not is_covered(dim)


@pytest.mark.parametrize("share", [1.0, 0.4])
def test_no_photograph_is_taken_for_a_covered_lens(share: float) -> None:
    for picture in (skimage.data.astronaut(), skimage.data.coffee(), skimage.data.chelsea()):
        assert not is_covered((picture * share).astype(np.uint8))


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (500, 1), (7, 9)])
def test_a_picture_of_any_size_is_looked_at(size: tuple[int, int]) -> None:
    assert is_covered(np.zeros((*size, 3), np.uint8))
