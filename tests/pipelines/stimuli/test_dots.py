"""Dots go where they should, as many as should, and are the same at the same moment."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from pipelines.frame import Image
from pipelines.stimuli.dots import Dots, DotsParameters, placed
from pipelines.stimulus import Motion

SIZE = (240, 240)
MANY = DotsParameters(density=600)


def shown(seconds: float = 0.0, picture: tuple[int, int] = SIZE, /, **values: object) -> Image:
    parameters = DotsParameters(aperture="full").changed(**values)
    return Dots.picture(parameters, Motion().after(parameters, seconds), picture)


def steps(parameters: DotsParameters, seconds: float, later: float = 1 / 60) -> np.ndarray:
    """How far each dot came, (n, 2) right and up; what went in at the other side is brought back."""
    begin, end = (np.stack(placed(parameters, at, SIZE), 1) for at in (seconds, seconds + later))
    field = 1 + parameters.diameter
    moved: np.ndarray = (end - begin + field / 2) % field - field / 2
    return moved


@pytest.mark.parametrize(("direction", "way"), [(0.0, (1, 0)), (90.0, (0, 1)), (216.87, (-0.8, -0.6))])
def test_all_go_one_way_at_one_speed_but_those_that_begin_anew(
    direction: float, way: tuple[float, float]
) -> None:
    parameters = MANY.changed(coherence=1.0, direction=direction, speed=0.3, lifetime=1.0)
    moved = steps(parameters, 12.345)
    together = np.abs(moved - 0.3 / 60 * np.array(way)).max(axis=1) < 1e-6
    assert np.mean(~together) == pytest.approx(1 / 60, abs=0.015), "one of sixty comes to its end in a frame"


@pytest.mark.parametrize("noise", ["directions", "places"])
@pytest.mark.parametrize("coherence", [0.0, 0.2, 0.7])
def test_the_share_that_moves_together_is_the_coherence(coherence: float, noise: str) -> None:
    parameters = MANY.changed(coherence=coherence, noise=noise, speed=0.3, lifetime=2.0)
    shares = [
        np.mean(np.abs(steps(parameters, seconds) - (0.3 / 60, 0)).max(axis=1) < 1e-6)
        for seconds in np.arange(0, 60, 2.5)
    ]
    assert np.mean(shares) == pytest.approx(coherence * (1 - 1 / 120), abs=0.02)


def test_others_go_as_fast_in_every_direction_or_come_somewhere_else() -> None:
    moved = steps(MANY.changed(coherence=0.0, speed=0.3, lifetime=2.0), 5.0)
    lengths, angles = np.hypot(*moved.T), np.arctan2(moved[:, 1], moved[:, 0])
    living = lengths < 0.01
    assert lengths[living] == pytest.approx(0.3 / 60, abs=1e-6)
    assert abs(np.exp(1j * angles[living]).mean()) < 0.15
    moved = steps(MANY.changed(coherence=0.0, noise="places"), 5.0, 0.045 / 3)
    still = (moved == 0).all(axis=1)
    assert np.mean(still) == pytest.approx(2 / 3, abs=0.08), "each one for 45 ms"
    assert np.hypot(*moved[~still].T).mean() == pytest.approx(0.383, abs=0.05), "of two points of a square"


@pytest.mark.parametrize("noise", ["directions", "places"])
def test_they_are_everywhere_alike_however_long_it_plays(noise: str) -> None:
    """Also where they gather in the end if what leaves were not brought in again."""
    parameters = MANY.changed(noise=noise, speed=1.0, lifetime=2.0, coherence=1.0)
    places = [placed(parameters, 1e6 + at, SIZE) for at in np.arange(0, 40, 2.0)]
    right, up = (np.concatenate(parts) for parts in zip(*places, strict=True))
    seen = (np.abs(right) < 0.5) & (np.abs(up) < 0.5)
    quarters = np.floor(4 * (right + 0.5)) + 4 * np.floor(4 * (up + 0.5))
    counts = np.bincount(quarters[seen].astype(int), minlength=16)
    assert np.ptp(counts) / counts.mean() < 0.25


def test_a_picture_has_the_dots_where_they_are() -> None:
    values = {"density": 12, "diameter": 0.03, "speed": 0.3}
    right, up = placed(DotsParameters(aperture="full").changed(**values), 0.4, SIZE)
    seen = (np.abs(right) < 0.48) & (np.abs(up) < 0.48)
    light = shown(0.4, **values)[:, :, 0] / 255
    labels, count = ndimage.label(light > 0)
    middles = np.array(ndimage.center_of_mass(light, labels, range(1, count + 1)))
    found = np.stack([(middles[:, 1] + 0.5) / 240 - 0.5, 0.5 - (middles[:, 0] + 0.5) / 240], 1)
    for place in np.stack([right, up], 1)[seen]:
        assert np.hypot(*(found - place).T).min() < 0.1 / 240, "to a tenth of a pixel"
    whole = shown(0.4, (960, 960), **values)[:, :, 0] / 255
    expected = np.count_nonzero(seen) * np.pi * (0.015 * 960) ** 2
    assert whole[20:-20, 20:-20].sum() == pytest.approx(expected, rel=0.2)


def test_light_and_dark_ones_leave_the_mean_as_it_is() -> None:
    image = shown(polarity="both", density=300).astype(float)
    assert (image.min(), image.max(), np.median(image)) == (0, 255, 128)
    assert image.mean() == pytest.approx(128, abs=2)
    values = {"polarity": "both", "lifetime": 2.0, "diameter": 0.02, "speed": 0.2, "aperture": "disc"}
    before, after = (shown(at, **values)[:, :, 0].astype(int) - 128 for at in (3.0, 3.0 + 1 / 60))
    changed = (before * after < -100 * 100).sum()
    assert changed < 0.05 * (before != 0).sum(), "none changes its sign when another leaves the disc"


def test_the_same_moment_looks_the_same_and_another_one_does_not() -> None:
    assert np.array_equal(shown(12.3), shown(12.3))
    assert not np.array_equal(shown(12.3), shown(12.3 + 1 / 60))
    assert np.array_equal(shown(1.0, speed=0.0, lifetime=2.0), shown(1.0, speed=0.0, lifetime=2.0))


def test_in_a_disc_every_dot_is_whole_and_nothing_is_seen_outside() -> None:
    rows, columns = np.mgrid[:240, :240] + 0.5
    outside = np.hypot(columns - 120, rows - 120) > 0.25 * 240 + 1
    image = shown(density=600, aperture="disc", size=0.5)
    assert not image[outside].any()
    light = shown(density=60, aperture="disc", size=0.5, diameter=0.03)[:, :, 0] / 255
    labels, count = ndimage.label(light > 0)
    areas = ndimage.sum_labels(light, labels, range(1, count + 1))
    assert min(areas) == pytest.approx(np.pi * 3.6**2, rel=0.03)
