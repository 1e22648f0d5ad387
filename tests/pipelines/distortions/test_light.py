from __future__ import annotations

import numpy as np
import pytest
import skimage.exposure
from skimage.util import invert

from pipelines.distortions.light import lit

RAMP = np.arange(256, dtype=np.uint8).reshape(16, 16, 1).repeat(3, 2)


@pytest.mark.parametrize(
    ("contrast", "brightness"), [(1, 30), (1, -200), (0, 0), (0.5, 20), (3, 0), (1.35, -77), (2, 200)]
)
def test_it_is_a_straight_line_cut_at_black_and_white(contrast: float, brightness: float) -> None:
    middle = 127.5
    low, high = (middle + (level - brightness - middle) / contrast if contrast else 0.0 for level in (0, 255))
    made = lit(RAMP, contrast, brightness, False)
    if contrast == 0:
        assert (made == 128).all()
        return
    expected = skimage.exposure.rescale_intensity(RAMP.astype(float), (low, high), (0, 255))
    assert np.abs(made - expected).max() <= 0.5 + 1e-9


def test_the_negative_is_scikit_images() -> None:
    np.testing.assert_array_equal(lit(RAMP, 1, 0, True), invert(RAMP))
    np.testing.assert_array_equal(lit(lit(RAMP, 1, 0, True), 1, 0, True), RAMP)


def test_more_brightness_makes_the_negative_brighter() -> None:
    assert lit(RAMP, 1, 50, True).mean() > lit(RAMP, 1, 0, True).mean() + 30
