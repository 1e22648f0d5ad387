"""A distorted digit is the same digit, in its place."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from scipy import ndimage

from models.centring import Image
from models.training.digits.distort import AWAY, WAVE, WAVES, distorted


def seven() -> Image:
    digit = np.zeros((32, 32), np.uint8)
    cv2.polylines(digit, [np.array([[9, 8], [22, 8], [14, 25]])], False, 255, 3)
    return digit[..., None]


def test_it_stays_in_the_middle() -> None:
    for seed in range(100):
        made = distorted(seven(), np.random.default_rng(seed))
        assert made.shape == (32, 32, 1)
        assert made.dtype == np.uint8
        strokes = ndimage.median_filter(made[..., 0], 3)  # without grain, which lies everywhere
        place = np.array(ndimage.center_of_mass(strokes.astype(float)))
        assert np.abs(place - 16).max() <= AWAY + 1.5


def test_it_is_still_the_same_digit() -> None:
    """Thickened, the strokes of one hand cover most of those of the other, and they are not the same."""
    given = cv2.dilate(seven(), np.ones((9, 9), np.uint8)) > 0
    changed = 0
    for seed in range(100):
        strokes = ndimage.median_filter(distorted(seven(), np.random.default_rng(seed))[..., 0], 3)
        ink = strokes > strokes.max() / 2
        assert (ink & given).sum() > 0.85 * ink.sum()
        changed += int((ink != (seven()[..., 0] > 127)).sum() > 15)
    assert changed > 80


@pytest.mark.parametrize("seed", range(10))
def test_the_same_seed_gives_the_same_digit(seed: int) -> None:
    first, second = (distorted(seven(), np.random.default_rng(seed)) for _time in range(2))
    assert np.array_equal(first, second)


def test_waves_are_smooth_and_as_high_as_they_say() -> None:
    assert WAVES.std() == pytest.approx(WAVE, rel=1e-3)
    assert np.abs(np.diff(WAVES, axis=2)).mean() < WAVE / 4
