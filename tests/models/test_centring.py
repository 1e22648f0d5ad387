"""The picture as the network wants it: not stretched, not mirrored, drawings brought to the middle."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from scipy import ndimage

from models.centring import Image, centred
from models.classifiers import classifiers

OBJECTS, DIGITS = classifiers()["objects"].picture, classifiers()["lenet-5"].picture


def noise(height: int, width: int) -> Image:
    return np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)


def drawing(place: tuple[int, int], factor: float) -> Image:
    """A seven on a canvas of 640 × 480."""
    canvas = np.zeros((480, 640), np.uint8)
    points = np.array([[0, 0], [60, 0], [25, 90]]) * factor + place
    cv2.polylines(canvas, [points.astype(np.int32)], False, 255, round(10 * factor), cv2.LINE_AA)
    return canvas


@pytest.mark.parametrize("place", [(30, 40), (400, 200), (560, 330)])
@pytest.mark.parametrize("factor", [0.5, 1.0])
def test_a_drawing_lies_in_the_middle_as_in_mnist_wherever_it_was(
    place: tuple[int, int], factor: float
) -> None:
    made = centred(drawing(place, factor), 32)
    rows, columns = (np.flatnonzero((made > 64).any(axis)) for axis in (1, 0))
    assert 19 <= rows[-1] - rows[0] + 1 <= 20
    assert columns[-1] - columns[0] < 20
    assert np.abs(np.array(ndimage.center_of_mass(made.astype(float))) - 16).max() <= 0.51


def test_dark_on_light_is_taken_for_its_negative() -> None:
    made = drawing((100, 100), 1.0)
    assert np.array_equal(centred(255 - made, 32), centred(made, 32))


def test_a_grey_ground_is_taken_away_and_light_is_not_stretched() -> None:
    faint = (drawing((100, 100), 1.0) * 0.4).astype(np.uint8)
    made = centred(faint + 50, 32)
    assert made.max() == pytest.approx(0.4 * 255, abs=8)
    assert made[0, 0] == 0


@pytest.mark.parametrize("level", [0, 90, 255])
def test_an_empty_canvas_is_empty(level: int) -> None:
    assert centred(np.full((50, 70), level, np.uint8), 32).max() == 0
