from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pipelines.classic.gabor import Gabor, GaborParameters
from pipelines.frame import Frame, Image
from pipelines.result import Result


def seen(picture: Image, **values: Any) -> Result:
    return Gabor().process(Frame.of(picture, 0, 0.0), GaborParameters(**values))


def stripes(orientation: int) -> Image:
    y, x = np.mgrid[:120, :160]
    turn = np.radians(orientation)
    way = x * np.sin(turn) + y * np.cos(turn)
    grey = np.rint(128 + 40 * np.cos(2 * np.pi * way / 8)).astype(np.uint8)
    return np.repeat(grey[:, :, None], 3, axis=2)


@pytest.mark.parametrize("orientation", [0, 45, 90, 135])
def test_stripes_have_the_colour_of_their_orientation_as_bright_as_they_are_strong(orientation: int) -> None:
    result = seen(stripes(orientation), gain=4.0)

    assert result.wheel is not None
    assert result.wheel.period == 180
    colour = np.array(result.wheel.colours[orientation * 256 // 180])
    middle = result.picture[50:70, 70:90, ::-1].reshape(-1, 3).mean(axis=0)
    np.testing.assert_allclose(middle, colour * 160 / 255, rtol=0.04)


def test_the_figures_and_the_curve_name_the_main_orientation() -> None:
    result = seen(stripes(45))
    figures = {reading.name: reading.value for reading in result.readings}

    assert figures["filters"] == 32
    assert figures["orientation"] == pytest.approx(45, abs=1)
    assert figures["oriented"] > 40
    assert result.plot is not None
    short, long = result.plot.curves
    assert short.x[short.y.argmax()] == 45
    assert short.y.max() > 2 * long.y.max()
    assert short.y[0] == short.y[-1]


def test_strength_alone_is_grey() -> None:
    result = seen(stripes(90), view="strength", gain=4.0)

    assert result.picture.ndim == 2
    assert result.wheel is None
    assert result.picture[60, 80] == pytest.approx(160, rel=0.04)


def test_an_even_picture_is_black() -> None:
    assert not seen(np.full((48, 64, 3), 255, np.uint8), gain=20.0).picture.any()
