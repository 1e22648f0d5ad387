from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scipy.ndimage
import skimage.data
from numpy.typing import NDArray

from pipelines.classic.laplacian import Laplacian, LaplacianParameters
from pipelines.frame import Frame, Image
from pipelines.result import Result
from pipelines.signs import BLUE, ORANGE

GREY: Image = skimage.data.camera()[100:220, 180:331]


def seen(grey: Image, **values: Any) -> Result:
    frame = Frame.of(np.repeat(grey[:, :, None], 3, axis=2), 0, 0.0)
    return Laplacian().process(frame, LaplacianParameters(**values))


def curvature(grey: Image, sigma: float) -> NDArray[np.float64]:
    """Minus σ² times SciPy's Laplacian of a Gaussian."""
    found: NDArray[np.float64] = scipy.ndimage.gaussian_laplace(grey.astype(np.float64), sigma, mode="mirror")
    return -(sigma**2) * found


@pytest.mark.parametrize("sigma", [1.0, 2.0, 5.5])
def test_it_is_scipys_laplacian_of_a_gaussian(sigma: float) -> None:
    expected = curvature(GREY, sigma)
    strength = seen(GREY, sigma=sigma, view="absolute", gain=2.0).picture
    both = seen(GREY, sigma=sigma, gain=2.0).picture[:, :, ::-1].astype(float)
    level = np.clip(2 * expected, -255, 255)[:, :, None] / 255

    np.testing.assert_allclose(strength, np.clip(2 * np.abs(expected), 0, 255), atol=1.2)
    np.testing.assert_allclose(both, np.maximum(level, 0) * ORANGE + np.maximum(-level, 0) * BLUE, atol=2.5)


@pytest.mark.parametrize("level", [0, 1, 128, 255])
@pytest.mark.parametrize("view", ["signed", "absolute", "crossings"])
@pytest.mark.parametrize("sigma", [0.5, 2.0, 12.0])
def test_an_even_picture_gives_nothing(level: int, view: str, sigma: float) -> None:
    even = np.full((40, 50), level, np.uint8)

    assert not seen(even, view=view, sigma=sigma, gain=40.0).picture.any()


def test_zero_crossings_are_one_closed_line_around_a_disc() -> None:
    y, x = np.mgrid[:81, :81] - 40
    disc = np.where(np.hypot(x, y) <= 20, 200, 50).astype(np.uint8)

    lines = seen(disc, view="crossings", sigma=2.0, step=5.0)
    rows, columns = np.nonzero(lines.picture)

    radii = np.hypot(rows - 40, columns - 40)
    assert radii.min() >= 18.5
    assert radii.max() <= 21
    _, outside = scipy.ndimage.label(lines.picture == 0)
    assert outside == 2, "inside and outside are parted"
    assert lines.readings[0].value == pytest.approx(100 * np.mean(lines.picture == 255))


def test_zero_crossings_are_where_scipys_changes_its_sign() -> None:
    answer = curvature(GREY, 2.0)
    positive = answer > 0
    apart = np.zeros(GREY.shape, bool)
    for shift, axis in ((1, 0), (-1, 0), (1, 1), (-1, 1)):
        beside = np.roll(answer, shift, axis)
        apart |= positive & (beside <= 0) & (answer - beside > 1.0)
    inside = np.s_[1:-1, 1:-1]

    lines = seen(GREY, view="crossings", step=1.0).picture > 0

    # SciPy's weights do not quite add up to 0, which moves a few of the crossings by a pixel
    assert np.mean(lines[inside] != apart[inside]) < 0.006
    assert np.mean(apart[inside]) > 0.05


def test_a_greater_step_leaves_fewer_lines() -> None:
    shares = [seen(GREY, view="crossings", step=step).readings[0].value for step in (0.0, 2.0, 10.0)]

    assert shares[0] > shares[1] > shares[2] > 0


def test_the_plot_is_the_line_through_the_middle_of_the_kernel() -> None:
    impulse = np.zeros((61, 61))
    impulse[30, 30] = 1
    expected = -9 * scipy.ndimage.gaussian_laplace(impulse, 3.0)[30]

    plot = seen(GREY, sigma=3.0).plot

    assert plot is not None
    (curve,) = plot.curves
    np.testing.assert_allclose(curve.y, expected[curve.x.astype(int) + 30], atol=2e-5)
