"""A ring has its radius and width at each moment, and grows by its speed."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from pipelines.frame import Image
from pipelines.stimuli.ring import Ring, RingParameters
from pipelines.stimulus import Motion

SIDE = 200
PLAIN = {"pattern": "plain", "size": 0.9, "width": 0.1, "speed": 0.1}
"""Its way is 0.45 and its own width, and it begins in the middle of that: from 0.175 to 0.275."""


def shown(seconds: float = 0.0, picture: tuple[int, int] = (SIDE, SIDE), /, **values: object) -> Image:
    parameters = RingParameters().changed(**values)
    return Ring.picture(parameters, Motion().after(parameters, seconds), picture)


def distances(x: float = 0.0, y: float = 0.0) -> NDArray[np.float64]:
    rows, columns = (np.mgrid[:SIDE, :SIDE] + 0.5) / SIDE
    found: NDArray[np.float64] = np.hypot(columns - 0.5 - x, 0.5 - rows - y)
    return found


@pytest.mark.parametrize(
    ("seconds", "inner", "outer"), [(0.0, 0.175, 0.275), (1.3, 0.305, 0.405), (-1.0, 0.075, 0.175)]
)
def test_it_lies_between_two_circles_that_grow_by_its_speed(
    seconds: float, inner: float, outer: float
) -> None:
    image, distance = shown(seconds, **PLAIN, x=0.03, y=-0.05)[:, :, 0], distances(0.03, -0.05)
    pixel = 1 / SIDE
    assert (image[(distance > inner + pixel) & (distance < outer - pixel)] == 255).all()
    assert not image[(distance < inner - pixel) | (distance > outer + pixel)].any()
    assert image.sum() / 255 == pytest.approx(np.pi * (outer**2 - inner**2) * SIDE**2, rel=2e-3)


def test_it_is_never_seen_beyond_its_largest_diameter_and_begins_again() -> None:
    period = (0.45 + 0.1) / 0.1
    for seconds in np.linspace(0, period, 9):
        assert not shown(float(seconds), **PLAIN)[:, :, 0][distances() > 0.45 + 1 / SIDE].any()
    assert not shown(period / 2 - 1e-3, **PLAIN).sum() > 40 * 255, "it has left"
    assert not shown(period / 2 + 1e-3, **PLAIN).sum() > 40 * 255, "it has not yet come"
    assert np.abs(shown(0.7 + 100 * period, **PLAIN).astype(int) - shown(0.7, **PLAIN)).max() <= 1


def test_backwards_it_shrinks() -> None:
    assert np.array_equal(shown(0.8, **{**PLAIN, "speed": -0.1}), shown(-0.8, **PLAIN))


def test_a_dartboard_has_as_many_light_wedges_as_dark_ones_and_reverses() -> None:
    values = {"wedges": 6, "width": 0.2, "size": 0.9, "speed": 0.0, "reversals": 2.0}
    image = shown(0.1, **values)[:, :, 0].astype(int)
    angles = np.radians(np.arange(720) / 2 + 0.25)
    for radius in (0.23, 0.27):  # on either side of the edge of its two rings
        columns = (SIDE * (0.5 + radius * np.cos(angles))).astype(int)
        rows = (SIDE * (0.5 - radius * np.sin(angles))).astype(int)
        around = image[rows, columns] > 127
        assert np.count_nonzero(around != np.roll(around, 1)) == 12
        assert np.mean(around) == pytest.approx(0.5, abs=0.03)
    assert np.abs(shown(0.6, **values)[:, :, 0] - (255 - image)).max() <= 1


def test_its_contrast_is_michelsons() -> None:
    image = shown(contrast=0.4).astype(float)
    assert (image.max() - image.min()) / (image.max() + image.min()) == pytest.approx(0.4, abs=1 / 127)


def test_in_a_wide_picture_it_stays_round() -> None:
    image = shown(0.0, (320, 180), **PLAIN)[:, :, 0] > 127
    rows, columns = np.nonzero(image)
    assert np.ptp(rows) == np.ptp(columns) == pytest.approx(2 * 0.275 * 180 - 1, abs=1.5)
