"""The picture as the network wants it: not stretched, not mirrored, drawings brought to the middle."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from scipy import ndimage

from models.classifiers import classifiers
from models.fitting import Image, centred, fitted, standardised

OBJECTS, DIGITS = classifiers()["objects"], classifiers()["lenet-5"]


def noise(height: int, width: int) -> Image:
    return np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)


def test_a_picture_of_the_right_size_is_only_turned_from_bgr_to_rgb() -> None:
    image = noise(128, 128)
    assert np.array_equal(fitted(image, OBJECTS), image[..., ::-1])


@pytest.mark.parametrize("size", [(256, 640), (640, 256)])
def test_of_a_wide_or_high_picture_the_middle_is_seen(size: tuple[int, int]) -> None:
    height, width = size
    image = noise(height, width)
    top, left = (height - 256) // 2, (width - 256) // 2
    middle = image[top : top + 256, left : left + 256, ::-1].astype(float)
    expected = middle.reshape(128, 2, 128, 2, 3).mean((1, 3))
    assert np.abs(fitted(image, OBJECTS) - expected).max() <= 0.5


@pytest.mark.parametrize("known", [OBJECTS, DIGITS], ids=["objects", "lenet-5"])
@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (37, 53), (480, 640)])
def test_any_picture_fits(known: object, size: tuple[int, int]) -> None:
    image = noise(*size)
    image.flags.writeable = False
    made = fitted(image, known)  # type: ignore[arg-type]
    assert made.shape == (known.side, known.side, len(known.mean))  # type: ignore[attr-defined]
    assert made.dtype == np.uint8


def test_numbers_are_standardised_by_colour() -> None:
    pictures = np.random.default_rng(1).integers(0, 256, (2, 5, 7, 3), dtype=np.uint8)
    found = standardised(pictures, OBJECTS)
    for channel in range(3):
        mean, deviation = OBJECTS.mean[channel], OBJECTS.deviation[channel]
        expected = (pictures[..., channel].astype(float) - mean) / deviation
        np.testing.assert_allclose(found[:, channel], expected, atol=1e-5)
    assert found.dtype == np.float32
    assert found.flags.c_contiguous


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
