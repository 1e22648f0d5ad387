"""What a worse camera does, and what a canvas gives, against SciPy and the picture itself."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from models.centring import Image, to_centre_of_mass
from models.classifiers import classifiers
from models.evaluation.camera import BLUR, CAMERAS, DIM, NOISE, blurred, dim, noisy, poor
from models.evaluation.canvas import drawn
from tests.models.training.classified import made_digits

LENET = classifiers()["lenet-5"]


@pytest.fixture(params=[1, 3])
def picture(request: pytest.FixtureRequest) -> Image:
    shape = (64, 64, request.param)
    return np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)


def test_blur_is_a_gaussian(picture: Image) -> None:
    expected = ndimage.gaussian_filter(picture.astype(float), (BLUR, BLUR, 0), mode="mirror")
    assert np.abs(blurred(picture, 0) - expected)[8:-8, 8:-8].max() <= 2


def test_dim_is_a_share_of_the_light(picture: Image) -> None:
    assert np.abs(dim(picture, 0) - picture * DIM).max() <= 0.5


def test_noise_is_as_strong_as_it_says_and_the_same_for_the_same_number() -> None:
    grey = np.full((128, 128, 3), 127, np.uint8)
    added = noisy(grey, 3).astype(float) - 127
    assert added.std() == pytest.approx(NOISE, rel=0.05)
    assert np.array_equal(noisy(grey, 3), noisy(grey, 3))
    assert not np.array_equal(noisy(grey, 3), noisy(grey, 4))


def test_the_worst_has_all_three(picture: Image) -> None:
    assert np.array_equal(poor(picture, 5), noisy(dim(blurred(picture, 5), 5), 5))
    assert list(CAMERAS) == ["blurred", "dim", "noisy", "poor"]
    for look in CAMERAS.values():
        assert look(picture, 1).shape == picture.shape
        assert look(picture, 1).dtype == np.uint8


@pytest.mark.parametrize("number", range(6))
def test_a_drawn_digit_comes_back_from_the_canvas(number: int) -> None:
    pictures, _classes = made_digits(6)
    digit = np.pad(pictures[number], 2)
    found = drawn(LENET, digit[..., None], number)
    assert found.shape == (32, 32, 1)
    there, here = found[..., 0] > 127, to_centre_of_mass(digit) > 127
    common = (there & ndimage.binary_dilation(here, iterations=2)).sum()
    assert common > 0.9 * there.sum()
