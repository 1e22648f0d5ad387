"""The colours of identities are told apart by everybody, and from those that compare two methods.

Colour-blind eyes by G. M. Machado et al., "A physiologically-based model for simulation of color vision
deficiency", IEEE TVCG 15 (2009): its matrices for the whole loss of the red or the green cones.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor
from skimage.color import deltaE_ciede2000, rgb2lab

from desktop.painting.colours import IDENTITIES, paint_of, paint_of_expected, paint_of_identity
from desktop.theme import DARK, LIGHT

EYES = {
    "all cones": np.eye(3),
    "no red cones": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "no green cones": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}
COMPARED = (DARK.accent, DARK.second, LIGHT.accent, LIGHT.second)


def linear(colour: QColor) -> NDArray[np.float64]:
    part = np.array([colour.redF(), colour.greenF(), colour.blueF()])
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def seen(name: str, eyes: str) -> NDArray[np.float64]:
    """(3,) L*, a*, b* of the colour as these eyes see it."""
    light = (EYES[eyes] @ linear(QColor(name))).clip(0, 1)
    shown = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    lab: NDArray[np.float64] = rgb2lab(shown[None, None])[0, 0]
    return lab


def luminance(colour: QColor) -> float:
    return float(linear(colour) @ (0.2126, 0.7152, 0.0722))


@pytest.mark.parametrize(("eyes", "least"), [("all cones", 18), ("no red cones", 9), ("no green cones", 9)])
def test_identities_differ_from_each_other_and_from_what_is_compared(eyes: str, least: float) -> None:
    pairs = [*combinations(IDENTITIES, 2), *((one, other) for one in IDENTITIES for other in COMPARED)]
    nearest = min(pairs, key=lambda pair: deltaE_ciede2000(*(seen(name, eyes) for name in pair)))

    assert deltaE_ciede2000(*(seen(name, eyes) for name in nearest)) > least, nearest


def test_none_is_red() -> None:
    for name in IDENTITIES:
        hue, strength = QColor(name).hslHue(), QColor(name).hsvSaturationF()
        assert strength < 0.4 or 30 < hue < 330, name


@pytest.mark.parametrize("number", range(1, len(IDENTITIES) + 1))
def test_the_number_is_read_on_its_colour(number: int) -> None:
    paint = paint_of_identity(number)
    light, dark = luminance(paint.line), luminance(paint.ink)

    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_colours_come_again_after_the_last() -> None:
    assert paint_of_identity(len(IDENTITIES) + 2).line == paint_of_identity(2).line


def test_what_is_expected_is_as_grey_as_what_is_soft() -> None:
    assert paint_of_expected().line == paint_of("soft", DARK).line
    assert paint_of_expected().dashed
