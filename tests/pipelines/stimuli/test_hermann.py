"""A Hermann grid has its squares, its streets and its crossings where they should be."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage

from pipelines.frame import Image
from pipelines.stimuli.hermann import Hermann, HermannParameters
from pipelines.stimulus import Motion

SIDE = 200
FINE = 8
"""Samples a pixel, in each direction, of the independent drawing."""


def shown(seconds: float = 0.0, /, **values: object) -> Image:
    parameters = HermannParameters().changed(**values)
    return Hermann.picture(parameters, Motion().after(parameters, seconds), (SIDE, SIDE))


def sampled(orientation: float, frequency: float, street: float, sway: float) -> NDArray[np.float64]:
    """0 to 1: how many of 64 points of each pixel lie in a street."""
    places = (np.arange(SIDE * FINE) + 0.5) / FINE / SIDE - 0.5
    right, up = frequency * places[None, :], -frequency * places[:, None]
    angle = np.radians(orientation)
    x, y = right * np.cos(angle) + up * np.sin(angle), up * np.cos(angle) - right * np.sin(angle)
    level = np.abs((y + sway * np.sin(2 * np.pi * x) + 0.5) % 1 - 0.5) < street / 2
    upright = np.abs((x - sway * np.sin(2 * np.pi * y) + 0.5) % 1 - 0.5) < street / 2
    shares: NDArray[np.float64] = (level | upright).reshape(SIDE, FINE, SIDE, FINE).mean(axis=(1, 3))
    return shares


@pytest.mark.parametrize("orientation", [0.0, 45.0, 17.0])
@pytest.mark.parametrize(("frequency", "street"), [(4.0, 0.25), (6.5, 0.15)])
def test_each_pixel_has_the_light_that_falls_on_it(
    orientation: float, frequency: float, street: float
) -> None:
    image = shown(orientation=orientation, frequency=frequency, street=street)[:, :, 0] / 255
    difference = np.abs(image - sampled(orientation, frequency, street, 0.0))
    assert difference.max() < 0.27, "in the pixels of the corners"
    assert np.quantile(difference, 0.99) < 0.08
    assert difference.mean() < 0.01


def test_streets_that_sway_are_as_wide_on_the_whole_and_cross_where_the_straight_ones_do() -> None:
    """And a quarter turn makes no difference."""
    image = shown(frequency=4.0, sway=0.1)[:, :, 0] / 255
    straight = shown(frequency=4.0)[:, :, 0] / 255
    difference = np.abs(image - sampled(0.0, 4.0, 0.2, 0.1))
    assert difference.mean() < 0.002
    assert difference.max() < 0.05
    assert np.abs(image - np.rot90(image)).max() < 0.01
    assert np.abs(image - straight).mean() > 0.1
    for crossing in (SIDE // 4, SIDE // 2):
        assert image[crossing, crossing] == straight[crossing, crossing] == 1


def test_a_cell_with_a_surround_answers_less_at_a_crossing_than_in_a_street() -> None:
    """Baumgartner's account of the spots: by a difference of two Gaussians of the size of a street."""
    light = shown(frequency=4.0)[:, :, 0].astype(float)
    answer = ndimage.gaussian_filter(light, 2.5) - ndimage.gaussian_filter(light, 12)
    crossing, street = answer[SIDE // 2, SIDE // 2], answer[SIDE // 2, SIDE // 2 + SIDE // 8]
    assert 0 < crossing < 0.85 * street


def test_discs_lie_on_grey_streets_at_every_crossing() -> None:
    image = shown(frequency=4.0, street=0.2, crossings="discs", contrast=1.0)[:, :, 0]
    assert image[SIDE // 2, SIDE // 2 + SIDE // 8] == pytest.approx(191, abs=1), "half way to grey"
    assert image[SIDE // 8, SIDE // 8] == 0
    labels, count = ndimage.label(image > 220)
    assert count == 25
    middles = np.array(ndimage.center_of_mass(labels > 0, labels, range(1, count + 1)))
    inner = middles[(np.abs(middles - SIDE / 2) < SIDE / 2 - 20).all(axis=1)] + 0.5
    assert inner == pytest.approx(np.round(inner / 50) * 50, abs=0.3)
    area = np.pi * (1.4 * 0.2 * 50 / 2) ** 2
    assert np.bincount(labels.ravel())[1:].max() == pytest.approx(area, rel=0.08)


def test_its_place_is_that_of_a_crossing_and_it_may_be_turned_inside_out() -> None:
    image = shown(x=0.1, y=-0.05, polarity="light", contrast=0.5)[:, :, 0]
    assert image[int(SIDE * 0.55), int(SIDE * 0.6)] == 64
    assert image.max() == 191
