"""A checkerboard has even squares with even edges, and its spectrum lies on the diagonals."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from pipelines.frame import Image
from pipelines.stimuli.checkerboard import Checkerboard, CheckerboardParameters
from pipelines.stimulus import Motion

SIDE = 96
FINE = 16
"""Samples a pixel, in each direction, of the independent drawing."""


def shown(seconds: float = 0.0, side: int = SIDE, /, **values: object) -> Image:
    parameters = CheckerboardParameters().changed(**values)
    return Checkerboard.picture(parameters, Motion().after(parameters, seconds), (side, side))


def sampled(orientation: float, frequency: float, phase: float) -> NDArray[np.float64]:
    """0 to 1: how many of 256 points of each pixel are light."""
    places = (np.arange(SIDE * FINE) + 0.5) / FINE / SIDE - 0.5
    right, up = places[None, :], -places[:, None]
    angle = np.radians(orientation)
    one = np.cos(2 * np.pi * (frequency * (right * np.sin(angle) - up * np.cos(angle)) + phase / 360)) > 0
    other = np.cos(2 * np.pi * (frequency * (right * np.cos(angle) + up * np.sin(angle)) + phase / 360)) > 0
    shares: NDArray[np.float64] = (one == other).reshape(SIDE, FINE, SIDE, FINE).mean(axis=(1, 3))
    return shares


@pytest.mark.parametrize("orientation", [90.0, 0.0, 30.0, 45.0, 118.5])
@pytest.mark.parametrize(("frequency", "phase"), [(3.0, 40.0), (7.5, 0.0)])
def test_each_pixel_has_the_light_that_falls_on_it(
    orientation: float, frequency: float, phase: float
) -> None:
    image = shown(orientation=orientation, frequency=frequency, phase=phase)[:, :, 0] / 255
    difference = np.abs(image - sampled(orientation, frequency, phase))
    corners = 4 * 4 * (2 * frequency + 2) ** 2  # at most, with the pixels around
    assert np.sort(difference.ravel())[: -int(corners)].max() < 0.045
    assert difference.max() < 0.3
    assert difference.mean() < 0.01


def test_its_strongest_frequencies_lie_on_the_diagonals() -> None:
    """Four to the picture across and down: √2 times as fine and 45° from its edges; none on the axes."""
    spectrum = np.abs(np.fft.fft2(shown(frequency=4.0)[:, :, 0].astype(float) - 127.5)) / SIDE**2
    assert spectrum[4, 4] == pytest.approx(127.5 * (2 / np.pi) ** 2, rel=0.01)
    assert spectrum[4, -4] == pytest.approx(spectrum[4, 4], rel=1e-3)
    assert max(spectrum[0].max(), spectrum[:, 0].max()) < 0.6
    assert spectrum.max() == pytest.approx(spectrum[4, 4], rel=1e-3)


def test_light_and_dark_change_places_so_many_times_a_second() -> None:
    first = shown(0.1, reversals=2.0).astype(int)
    assert np.array_equal(shown(0.49, reversals=2.0), first)
    assert np.abs(shown(0.51, reversals=2.0) - (255 - first)).max() <= 1
    assert np.array_equal(shown(1.01, reversals=2.0), first)
    assert np.array_equal(shown(7.7, reversals=0.0), first)


def test_it_drifts_by_cycles_a_second_and_a_cycle_later_it_is_the_same() -> None:
    still = {"reversals": 0.0, "speed": 0.5, "frequency": 4.0}
    begin = shown(**still).astype(int)
    assert np.abs(shown(1.0, **still) - np.roll(begin, SIDE // 8, axis=1)).max() <= 1
    assert np.array_equal(shown(2.0, **still), begin)


def test_its_phase_at_90_degrees_puts_a_corner_in_the_middle() -> None:
    image = shown(phase=90.0, frequency=2.0)[:, :, 0]
    quarters = [image[SIDE // 2 + y, SIDE // 2 + x] for y in (-3, 3) for x in (-3, 3)]
    assert sorted(map(int, quarters)) == [0, 0, 255, 255]
    assert quarters[0] == quarters[3]
