"""A ramp is even between its knees, a staircase on its steps; and a DoG answers where bands are seen."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from pipelines.frame import Image
from pipelines.stimuli.mach import Mach, MachParameters
from pipelines.stimulus import Motion

SIDE = 200


def shown(seconds: float = 0.0, /, **values: object) -> Image:
    parameters = MachParameters().changed(**values)
    return Mach.picture(parameters, Motion().after(parameters, seconds), (SIDE, SIDE))


@pytest.mark.parametrize(("width", "contrast", "x"), [(0.2, 0.7, 0.0), (0.5, 1.0, 0.1), (0.05, 0.3, -0.2)])
def test_its_level_is_linear_between_two_even_plateaux(width: float, contrast: float, x: float) -> None:
    image = shown(width=width, contrast=contrast, x=x)[:, :, 0]
    right = (np.arange(SIDE) + 0.5) / SIDE - 0.5 - x
    expected = 127.5 * (1 + contrast * np.clip(2 * right / width, -1, 1))
    assert np.abs(image - expected[None, :]).max() <= 0.501


def test_turned_it_gets_lighter_upwards_and_at_45_degrees_along_the_diagonal() -> None:
    assert np.array_equal(shown(orientation=90.0), np.rot90(shown()))
    image = shown(orientation=45.0)[:, :, 0].astype(int)
    assert np.abs(image[:-1, :-1] - image[1:, 1:]).max() <= 1
    assert image[0, -1] > image[-1, 0]
    assert np.array_equal(shown(9.0, turn=10.0), shown(orientation=90.0))


@pytest.mark.parametrize("count", [2, 5, 16])
def test_a_staircase_has_even_steps_of_one_height_and_width(count: int) -> None:
    image = shown(profile="steps", steps=count, width=0.06, contrast=1.0)[SIDE // 2, :, 0]
    wanted = np.round(np.linspace(0, 255, count))
    levels, lengths = np.unique(image[np.isin(image, wanted)], return_counts=True)
    assert levels.tolist() == wanted.tolist()
    assert lengths[1:-1] == pytest.approx(0.06 * SIDE, abs=1.01)


def test_a_turned_staircase_has_no_teeth() -> None:
    """Each pixel has the light that falls on it: fine samples of the same staircase, averaged."""
    image = shown(profile="steps", steps=3, width=0.3, orientation=20.0, contrast=1.0)[:, :, 0]
    places = (np.arange(SIDE * 8) + 0.5) / 8 / SIDE - 0.5
    angle = np.radians(20.0)
    climbed = places[None, :] * np.cos(angle) - places[:, None] * np.sin(angle)
    fine = 127.5 * (np.sign(climbed - 0.15) + np.sign(climbed + 0.15)) / 2 + 127.5
    assert np.abs(image - fine.reshape(SIDE, 8, SIDE, 8).mean(axis=(1, 3))).max() < 6


def test_a_difference_of_gaussians_answers_at_the_two_knees_and_nowhere_else() -> None:
    """Which is what makes the bands: dark at the lower knee, light at the upper one."""
    level = shown(width=0.4)[SIDE // 2, :, 0].astype(float)
    answer = ndimage.gaussian_filter1d(level, 3) - ndimage.gaussian_filter1d(level, 6)
    assert abs(np.argmin(answer) - 0.3 * SIDE) <= 2
    assert abs(np.argmax(answer) - 0.7 * SIDE) <= 2
    assert np.abs(answer[[10, SIDE // 2, SIDE - 10]]).max() < 0.2 * answer.max()
