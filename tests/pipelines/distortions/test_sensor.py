from __future__ import annotations

import numpy as np
import pytest
from skimage import data, transform

from pipelines.distortions.sensor import coarse, noisy

GREY = np.full((300, 400, 3), 128, np.uint8)


@pytest.mark.parametrize("deviation", [1.0, 5.0, 25.0])
def test_noise_is_gaussian_and_white(deviation: float) -> None:
    noise = noisy(GREY, deviation, 5).astype(float) - 128
    assert noise.mean() == pytest.approx(0, abs=0.02 * deviation)
    rounding = 1 / 12
    assert noise.std() == pytest.approx(np.sqrt(deviation**2 + rounding), rel=0.01)
    kurtosis = (noise**4).mean() / (noise**2).mean() ** 2
    assert kurtosis == pytest.approx(3, abs=0.1)
    for neighbour in (np.roll(noise, 1, 0), np.roll(noise, 1, 1), np.roll(noise, 1, 2)):
        assert np.corrcoef(noise.ravel(), neighbour.ravel())[0, 1] == pytest.approx(0, abs=0.01)


def test_frames_that_follow_each_other_have_noise_of_their_own() -> None:
    noises = [noisy(GREY, 20.0, number).astype(float).ravel() for number in range(12)]
    shared = np.corrcoef(noises) - np.eye(12)
    assert np.abs(shared).max() < 0.02


def test_noise_is_cut_at_black_and_white() -> None:
    black = noisy(np.zeros_like(GREY), 20.0, 0)
    assert (black == 0).mean() == pytest.approx(0.5, abs=0.02)
    assert black.max() < 150


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5])
def test_few_pixels_are_the_means_of_many(share: float) -> None:
    """A whole number of pixels becomes one; what is between two is interpolated."""
    image = np.ascontiguousarray(data.astronaut()[:400, :480, ::-1])
    block = round(1 / share)
    means = image.reshape(400 // block, block, 480 // block, block, 3).mean((1, 3))
    expected = transform.resize(means, image.shape, order=1, mode="edge", anti_aliasing=False)
    assert np.abs(coarse(image, share) - expected).max() <= 1.5


def test_one_pixel_is_the_mean_of_all() -> None:
    image = np.random.default_rng(0).integers(0, 256, (20, 20, 3), np.uint8)
    assert np.abs(coarse(image, 0.02) - image.mean((0, 1))).max() <= 0.51
