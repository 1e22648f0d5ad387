"""Textures have their figures where, and turned as, they should be."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from pipelines.frame import Image
from pipelines.stimuli.textures import Textures, TexturesParameters
from pipelines.stimulus import Motion

SIDE = 480
EVEN = {"jitter": 0.0, "frequency": 8, "x": 0.0, "y": 0.0, "size": 0.5}
"""Figures 60 pixels apart; the inner four by four of them are in the patch."""


def shown(**values: object) -> Image:
    parameters = TexturesParameters().changed(**values)
    return Textures.picture(parameters, Motion(), (SIDE, SIDE))


def light(**values: object) -> np.ndarray:
    found: np.ndarray = shown(**values)[:, :, 0] / 255
    return found


def cell(image: np.ndarray, row: int, column: int) -> np.ndarray:
    return image[60 * row : 60 * row + 60, 60 * column : 60 * column + 60]


def orientation(image: np.ndarray) -> float:
    """Of what is light, in degrees from 0 to 180, from its second moments."""
    rows, columns = np.nonzero(image > 0.5)
    x, y = columns - columns.mean(), rows.mean() - rows
    return float(np.degrees(np.arctan2(2 * (x * y).mean(), (x * x).mean() - (y * y).mean())) / 2 % 180)


@pytest.mark.parametrize(("outside", "difference"), [(30.0, 90.0), (110.0, 20.0), (90.0, 45.0)])
def test_lines_have_their_orientation_outside_and_the_difference_inside(
    outside: float, difference: float
) -> None:
    image = light(**EVEN, orientation=outside, difference=difference)
    for row in range(8):
        for column in range(8):
            inside = 2 <= row < 6 and 2 <= column < 6
            wanted = outside + difference * inside
            found = orientation(cell(image, row, column))
            assert (found - wanted + 90) % 180 - 90 == pytest.approx(0, abs=1)


def test_each_line_is_as_long_and_as_wide_as_said_and_lies_in_its_cell() -> None:
    image = light(**EVEN, orientation=0.0, difference=0.0, length=0.5, width=0.1)
    for row, column in ((0, 0), (3, 4), (7, 2)):
        figure = cell(image, row, column)
        assert figure.sum() == pytest.approx(30 * 6, rel=1e-3)
        assert ndimage.center_of_mass(figure) == pytest.approx((29.5, 29.5), abs=0.01)


@pytest.mark.parametrize(("pair", "inside"), [("plus-ell", "plus"), ("tee-ell", "tee")])
def test_a_cross_or_a_tee_lies_inside_and_ells_outside_each_turned_by_quarters(
    pair: str, inside: str
) -> None:
    image = light(**EVEN, pair=pair, length=0.5, width=0.1)
    ells = {cell(image, row, column).tobytes() for row in (0, 1, 6, 7) for column in range(8)}
    inner = {cell(image, row, column).tobytes() for row in range(2, 6) for column in range(2, 6)}
    assert len(ells) == 4
    assert len(inner) == (1 if inside == "plus" else 4)
    assert not ells & inner
    ell, other = cell(image, 0, 0), cell(image, 2, 2)
    assert ell.sum() == pytest.approx(30 * 6 * 2 - 36, rel=1e-3), "two strokes that share a corner"
    assert other.sum() == pytest.approx(30 * 6 * 2 - 36, rel=1e-3), "as much light in both textures"
    rows = (other > 0.5).sum(axis=1)
    if inside == "plus":
        assert sorted(set(rows.tolist())) == [0, 6, 30]
        assert np.array_equal(other, other.T)


def test_jitter_moves_each_by_less_than_half_of_it_and_another_sample_is_another_draw() -> None:
    image = light(**{**EVEN, "jitter": 0.4}, length=0.3, width=0.1)
    labels, count = ndimage.label(image > 0)
    middles = np.array(ndimage.center_of_mass(image, labels, range(1, count + 1))) + 0.5
    whole = middles[(np.abs(middles - SIDE / 2) < SIDE / 2 - 20).all(axis=1)]
    away = (whole - 30 + 30) % 60 - 30
    assert np.abs(away).max() <= 0.2 * 60 + 0.1
    assert np.abs(away).max() > 0.15 * 60
    assert not np.array_equal(shown(sample=1), shown(sample=2))
    assert np.array_equal(shown(sample=1), shown(sample=1))


def test_of_two_halves_the_second_is_on_the_right() -> None:
    image = light(**{**EVEN, "x": 0.125}, layout="halves", orientation=0.0, difference=90.0)
    found = [orientation(cell(image, 4, column)) for column in range(8)]
    assert [round(angle) % 180 for angle in found] == [0] * 5 + [90] * 3
