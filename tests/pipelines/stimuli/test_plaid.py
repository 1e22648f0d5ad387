"""A plaid is two frequencies and nothing else, and moves where their crossings go."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pipelines.frame import Image
from pipelines.stimuli.plaid import Plaid, PlaidParameters
from pipelines.stimulus import Motion

SIDE = 240
THREE_FOUR_FIVE = 2 * math.degrees(math.atan2(3, 4))
"""At this angle, and a frequency of 5, each grating has 4 cycles across and 3 up or down."""


def shown(seconds: float = 0.0, /, **values: object) -> Image:
    parameters = PlaidParameters(angle=THREE_FOUR_FIVE, frequency=5.0).changed(**values)
    return Plaid.picture(parameters, Motion().after(parameters, seconds), (SIDE, SIDE))


def amplitudes(image: Image) -> np.ndarray:
    """Of each frequency, (down, across)."""
    found: np.ndarray = np.abs(np.fft.fft2(image[:, :, 0].astype(float))) / SIDE**2
    return found


@pytest.mark.parametrize(
    ("values", "one", "other"),
    [
        ({}, 0.5, 0.5),
        ({"share": 0.25}, 0.75, 0.25),
        ({"share": 0.0, "contrast": 0.6}, 0.6, 0.0),
        ({"share": 0.8, "contrast": 0.5}, 0.1, 0.4),
    ],
)
def test_all_power_is_at_two_frequencies_each_with_its_contrast(
    values: dict[str, float], one: float, other: float
) -> None:
    found = amplitudes(shown(**values))
    found[0, 0] -= 127.5
    for down, contrast in ((3, one), (-3, other)):
        found[down, 4] -= 127.5 * contrast / 2
        found[-down, -4] -= 127.5 * contrast / 2
    assert (found**2).sum() <= 0.3, "no pixel is more than half a level off"


def test_the_second_may_be_finer() -> None:
    found = amplitudes(shown(ratio=2.0))
    assert found[3, 4] == pytest.approx(127.5 / 4, abs=0.2)
    assert found[-6, 8] == pytest.approx(127.5 / 4, abs=0.2)


@pytest.mark.parametrize("turned", [0.0, 90.0])
def test_the_pattern_moves_where_both_gratings_agree(turned: float) -> None:
    """The crossings go by the speed of a grating over the cosine of half the angle: 4/5 here, hence 1/4
    of the picture's height a second and not 1/5; all at a right angle to the orientation.
    """
    begin = shown(orientation=90.0 - turned)
    later = shown(0.4, orientation=90.0 - turned)
    step = round(SIDE * 0.4 / 4)
    assert np.abs(later - np.roll(begin.astype(int), step, axis=0 if turned else 1)).max() <= 1


def test_at_no_angle_it_is_a_grating_and_it_turns_as_one() -> None:
    image = shown(angle=0.0)[:, :, 0].astype(int)
    assert (image == image[0]).all()
    assert image.max() - image.min() >= 254
    assert np.array_equal(
        shown(9.0, orientation=0.0, turn=10.0, speed=0.0), shown(orientation=90.0, speed=0.0)
    )
