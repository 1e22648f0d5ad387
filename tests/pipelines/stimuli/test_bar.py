"""A bar has its length, width and place to a small part of a pixel, at every angle and time."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from pipelines.frame import Image
from pipelines.stimuli.bar import Bar, BarParameters
from pipelines.stimulus import Motion

SIDE = 64
SIZE = (SIDE, SIDE)
FINE = 25
"""Samples a pixel, in each direction, of the independent drawing."""
Numbers = NDArray[np.float64]


def shown(seconds: float = 0.0, picture: tuple[int, int] = SIZE, /, **values: object) -> Image:
    parameters = BarParameters().changed(**values)
    return Bar.picture(parameters, Motion().after(parameters, seconds), picture)


def light(image: Image) -> Numbers:
    """Share of each pixel that the bar covers, where it is white on black."""
    return image[:, :, 0] / 255


def middle(image: Image) -> tuple[float, float]:
    """Centre of gravity of the light: right and up from the picture's middle, in picture heights."""
    weights = light(image)
    height, width = weights.shape
    rows, columns = np.mgrid[:height, :width] + 0.5
    total = weights.sum()
    x, y = (weights * columns).sum() / total, (weights * rows).sum() / total
    return float((x - width / 2) / height), float((height / 2 - y) / height)


def sampled(length: float, width: float, orientation: float, x: float, y: float) -> Numbers:
    """How many of 625 points of each pixel lie in the box."""
    places = (np.arange(SIDE * FINE) + 0.5) / FINE / SIDE - 0.5
    right, up = places[None, :] - x, -places[:, None] - y
    angle = np.radians(orientation)
    along = np.abs(right * np.cos(angle) + up * np.sin(angle)) <= length / 2
    across = np.abs(right * np.sin(angle) - up * np.cos(angle)) <= width / 2
    shares: Numbers = (along & across).reshape(SIDE, FINE, SIDE, FINE).mean(axis=(1, 3))
    return shares


@pytest.mark.parametrize("orientation", [0.0, 0.05, 17.0, 45.0, 90.0, 120.0, 301.5])
@pytest.mark.parametrize(("length", "width"), [(0.5, 0.05), (0.3, 0.0125), (0.1, 0.1), (0.2, 0.4)])
def test_it_covers_what_a_box_of_its_size_covers(orientation: float, length: float, width: float) -> None:
    image = shown(orientation=orientation, length=length, width=width, x=0.073, y=-0.041)
    difference = np.abs(light(image) - sampled(length, width, orientation, 0.073, -0.041))
    assert np.sort(difference.ravel())[:-8].max() < 0.045, "but for the pixels of the corners"
    assert difference.max() < 0.25
    assert light(image).sum() == pytest.approx(length * width * SIDE**2, rel=5e-3)
    assert middle(image) == pytest.approx((0.073, -0.041), abs=2e-3), "to an eighth of a pixel"


@pytest.mark.parametrize("contrast", [1.0, 0.5, 0.1, 0.0])
@pytest.mark.parametrize("polarity", ["light", "dark"])
def test_its_contrast_is_michelsons_and_its_polarity_says_which_is_lighter(
    contrast: float, polarity: str
) -> None:
    image = shown(contrast=contrast, polarity=polarity, width=0.2).astype(float)
    bar, ground = image[SIDE // 2, SIDE // 2, 0], image[0, 0, 0]
    assert abs(bar - ground) / (bar + ground) == pytest.approx(contrast, abs=1 / 255)
    assert np.sign(bar - ground) == (np.sign(contrast) if polarity == "light" else -np.sign(contrast))
    assert (bar + ground) / 2 == pytest.approx(127.5, abs=0.6)


@pytest.mark.parametrize(
    ("orientation", "way"),
    [(90.0, (1.0, 0.0)), (0.0, (0.0, -1.0)), (180.0, (0.0, 1.0)), (45.0, (0.70711, -0.70711))],
)
def test_it_moves_across_its_length_exactly(orientation: float, way: tuple[float, float]) -> None:
    for seconds in (0.0, 0.4, 1.2345, -0.5):
        place = middle(shown(seconds, orientation=orientation, speed=0.2, length=0.2))
        assert place == pytest.approx((0.2 * seconds * way[0], 0.2 * seconds * way[1]), abs=1e-3)


def test_its_way_begins_where_it_is_out_of_sight_and_ends_there() -> None:
    """From corner to corner, and its own width: 1.4142 + 0.1 picture heights, at 0.5 a second."""
    values = {"speed": 0.5, "width": 0.1, "orientation": 45.0, "length": 1.0}
    period = (np.sqrt(2) + 0.1) / 0.5
    assert np.array_equal(shown(0.3, **values), shown(0.3 + 1000 * period, **values))
    assert light(shown(period / 2 - 1e-3, **values)).sum() < 0.01
    assert light(shown(period / 2 + 1e-3, **values)).sum() < 0.01
    assert light(shown(period / 2 - 0.1, **values)).sum() > 1
    assert light(shown(period / 2 + 0.1, **values)).sum() > 1


def test_in_a_window_its_way_is_as_long_as_the_window_and_nothing_is_seen_outside() -> None:
    values = {"speed": 0.5, "width": 0.1, "aperture": "disc", "size": 0.4, "length": 1.5}
    period = (0.4 + 0.1) / 0.5
    rows, columns = np.mgrid[:SIDE, :SIDE] + 0.5
    outside = np.hypot(columns - SIDE / 2, rows - SIDE / 2) > 0.2 * SIDE + 1
    for seconds in np.arange(0, period, period / 7):
        assert not light(shown(float(seconds), **values))[outside].any()
    assert np.array_equal(shown(0.1, **values), shown(0.1 + period, **values))


def test_it_turns_by_degrees_a_second_exactly() -> None:
    for seconds, orientation in ((9.0, 90.0), (4.5, 45.0), (-9.0, 270.0)):
        turned = shown(seconds, orientation=0.0, turn=10.0, speed=0.0)
        assert np.array_equal(turned, shown(orientation=orientation, speed=0.0))


def test_in_a_wide_picture_it_is_as_large_and_goes_farther() -> None:
    image = shown(1.0, (320, 180), speed=0.5, length=0.5, width=0.05)
    assert light(image).sum() == pytest.approx(0.5 * 0.05 * 180**2, rel=2e-3)
    assert middle(image) == pytest.approx((0.5, 0.0), abs=1e-4)
