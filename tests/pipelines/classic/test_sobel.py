from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scipy.ndimage
import skimage.color
import skimage.data
import skimage.filters
from numpy.typing import NDArray

from pipelines.classic.sobel import Sobel, SobelParameters
from pipelines.frame import Frame, Image
from pipelines.result import Result
from pipelines.signs import BLUE, ORANGE

GREY: Image = skimage.data.camera()[100:220, 180:331]
OPERATORS = ("sobel-3", "sobel-5", "sobel-7", "scharr")


def seen(grey: Image, **values: Any) -> Result:
    frame = Frame.of(np.repeat(grey[:, :, None], 3, axis=2), 0, 0.0)
    return Sobel().process(frame, SobelParameters(**values))


def slopes(grey: Image, smooth: list[float]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """To the right and downwards by SciPy: the central difference along one axis, `smooth` along the
    other."""
    weights, picture = np.array(smooth) / sum(smooth), grey.astype(np.float64)
    found = [
        scipy.ndimage.correlate1d(
            scipy.ndimage.correlate1d(picture, [-0.5, 0, 0.5], axis, mode="mirror"),
            weights,
            1 - axis,
            mode="mirror",
        )
        for axis in (1, 0)
    ]
    return found[0], found[1]


@pytest.mark.parametrize(("operator", "smooth"), [("sobel-3", [1, 2, 1]), ("scharr", [3, 10, 3])])
def test_the_magnitude_is_the_length_of_the_two_slopes(operator: str, smooth: list[float]) -> None:
    across, down = slopes(GREY, smooth)

    result = seen(GREY, operator=operator, gain=2.0)

    np.testing.assert_allclose(result.picture, np.clip(2 * np.hypot(across, down), 0, 255), atol=0.51)
    assert result.readings[0].value == pytest.approx(np.hypot(across, down).max(), rel=1e-5)


def test_it_is_scikit_images_sobel() -> None:
    expected = skimage.filters.sobel(GREY.astype(float)) / np.sqrt(2)  # theirs is over two pixels

    np.testing.assert_allclose(
        seen(GREY, gain=2.0).picture[1:-1, 1:-1], np.clip(2 * expected, 0, 255)[1:-1, 1:-1], atol=0.51
    )


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("angle", [0, 45, 90, 135, 200, 300])
def test_a_ramp_has_its_slope_and_the_colour_of_its_direction(operator: str, angle: int) -> None:
    y, x = np.mgrid[:64, :64] - 32
    right, up = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    ramp = np.rint(128 + 2 * (right * x - up * y)).astype(np.uint8)

    result = seen(ramp, operator=operator, view="direction", gain=10.0, sigma=2.0)

    assert result.wheel is not None
    assert result.wheel.period == 360
    colour = np.array(result.wheel.colours[round(angle * 256 / 360)])
    middle = result.picture[24:40, 24:40, ::-1].reshape(-1, 3).mean(axis=0)
    np.testing.assert_allclose(middle, colour * 20 / 255, atol=2.5)


@pytest.mark.parametrize("view", ["across", "down"])
def test_one_component_is_orange_where_it_rises_and_blue_where_it_falls(view: str) -> None:
    across, down = slopes(GREY, [1, 2, 1])
    level = np.clip(2 * (across if view == "across" else down), -255, 255)[:, :, None] / 255
    expected = np.maximum(level, 0) * ORANGE + np.maximum(-level, 0) * BLUE

    result = seen(GREY, view=view, gain=2.0)

    np.testing.assert_allclose(result.picture[:, :, ::-1], expected, atol=2.5)
    assert [key.colour for key in result.legend] == [ORANGE, BLUE]


@pytest.mark.parametrize("operator", OPERATORS)
def test_an_even_picture_is_black(operator: str) -> None:
    even = np.full((30, 40), 200, np.uint8)

    for view in ("magnitude", "direction", "across", "down"):
        assert not seen(even, operator=operator, view=view, gain=20.0, sigma=1.0).picture.any()


def test_the_hues_go_round_evenly_and_are_equally_light() -> None:
    wheel = seen(GREY, view="direction").wheel
    assert wheel is not None
    lab = skimage.color.rgb2lab(np.array(wheel.colours)[None] / 255)[0]
    hue = np.unwrap(np.arctan2(lab[:, 2], lab[:, 1]))

    assert np.ptp(lab[:, 0]) < 12
    assert (np.diff(hue) > -1e-3).all()
    assert hue[-1] - hue[0] == pytest.approx(2 * np.pi, abs=0.1)
