"""Brighter means stronger, and two colours part at 0."""

from __future__ import annotations

from typing import get_args

import cv2
import numpy as np
import pytest

from models.inspection.pictures import ZERO
from pipelines.layers.colours import Colours, legend, table


def lightness(colours: np.ndarray) -> np.ndarray:
    """CIE L* of each level."""
    return cv2.cvtColor(colours.astype(np.float32) / 255, cv2.COLOR_BGR2Lab)[:, 0, 0]


@pytest.mark.parametrize("colours", get_args(Colours))
@pytest.mark.parametrize("gamma", [0.4, 1.0, 2.0])
def test_stronger_is_lighter(colours: Colours, gamma: float) -> None:
    assert (np.diff(lightness(table(colours, gamma, signed=False))) >= -0.6).all()


@pytest.mark.parametrize("gamma", [0.4, 1.0, 2.0])
def test_signed_maps_are_black_at_zero_and_lighter_to_both_sides(gamma: float) -> None:
    colours = table("inferno", gamma, signed=True)
    light = lightness(colours)
    assert (colours[ZERO, 0] == 0).all()
    assert (np.diff(light[ZERO:]) >= -0.6).all()
    assert (np.diff(light[1 : ZERO + 1]) <= 0.6).all()
    blue, _green, red = colours[255, 0]
    assert red > blue
    blue, _green, red = colours[1, 0]
    assert blue > red


def test_the_legend_has_the_colours_of_the_picture() -> None:
    colours = table("viridis", 1.0, signed=False)
    strongest, nothing = legend("viridis", 1.0, signed=False, limit=2.5)
    assert strongest.title.en == "2.5"
    assert strongest.colour == tuple(int(part) for part in colours[255, 0, ::-1])
    assert nothing.colour == tuple(int(part) for part in colours[0, 0, ::-1])
    assert [key.title.ja for key in legend("viridis", 1.0, signed=True, limit=2.5)] == ["2.5", "0", "−2.5"]
