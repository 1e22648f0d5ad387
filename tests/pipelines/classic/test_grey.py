from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import skimage.color
import skimage.data

from pipelines.classic.grey import Grey, GreyParameters
from pipelines.frame import Frame, Image
from pipelines.result import Result

PICTURE: Image = np.ascontiguousarray(skimage.data.astronaut()[:200, 100:331, ::-1])


def seen(picture: Image = PICTURE, **values: Any) -> Result:
    return Grey().process(Frame.of(picture.copy(), 0, 0.0), GreyParameters(**values))


def test_the_three_ways_weigh_the_colours_as_they_say() -> None:
    rgb = PICTURE[:, :, ::-1]
    luma = rgb @ [0.299, 0.587, 0.114]
    lightness = skimage.color.rgb2lab(rgb)[:, :, 0] * 2.55

    np.testing.assert_allclose(seen().picture, luma, atol=0.51)
    np.testing.assert_allclose(seen(grey="mean").picture, rgb.mean(axis=2), atol=0.51)
    np.testing.assert_allclose(seen(grey="lightness").picture, lightness, atol=1.5)


@pytest.mark.parametrize("bins", [2, 7, 30, 255, 256])
def test_the_histogram_is_numpys(bins: int) -> None:
    result = seen(bins=bins)
    assert result.plot is not None
    (curve,) = result.plot.curves
    counts, edges = np.histogram(result.picture, bins, (0, 256))

    np.testing.assert_allclose(curve.y[::2], 100 * counts / counts.sum())
    np.testing.assert_array_equal(curve.y[::2], curve.y[1::2])
    np.testing.assert_allclose(curve.x[::2], edges[:-1])
    np.testing.assert_allclose(curve.x[1::2], edges[1:])


def test_the_figures_are_those_of_the_picture() -> None:
    result = seen()
    figures = {reading.name: reading.value for reading in result.readings}

    assert figures["mean"] == pytest.approx(result.picture.mean())
    assert figures["contrast"] == pytest.approx(result.picture.std())
    assert figures["levels"] == len(np.unique(result.picture))


def test_an_equalised_picture_has_every_brightness_about_as_often() -> None:
    dull = (PICTURE // 4 + 90).astype(np.uint8)
    plain, result = seen(dull), seen(dull, equalise=True)
    counts = np.bincount(plain.picture.ravel(), minlength=256)
    below = np.cumsum(counts) - counts[counts > 0][0]
    expected = 255 * below / below[-1]

    np.testing.assert_allclose(result.picture, expected[plain.picture], atol=0.51)
    assert result.plot is not None
    after, before = result.plot.curves
    assert before.role == "soft"
    assert plain.plot is not None
    np.testing.assert_array_equal(before.y, plain.plot.curves[0].y)
    assert after.y.max() < before.y.max() / 2
