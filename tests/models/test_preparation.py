"""A picture enters as the network was trained, and nothing else is done to it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from models.centring import Image
from models.classifiers import classifiers
from models.preparation import IMAGENET, Fit, Preparation, fitted, prepared, standardised

OBJECTS, DIGITS = classifiers()["objects"].picture, classifiers()["lenet-5"].picture


def noise(height: int, width: int) -> Image:
    return np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)


@pytest.fixture
def image() -> np.ndarray:
    return np.random.default_rng(4).integers(0, 256, (240, 320, 3), np.uint8)


def test_levels_become_the_numbers_of_the_training(image: np.ndarray) -> None:
    exact = cv2.cvtColor(image, cv2.COLOR_BGR2RGB).astype(np.float64) / 255
    wanted = (exact - IMAGENET.mean) / IMAGENET.deviation
    how = Preparation(240, 320, mean=IMAGENET.mean, deviation=IMAGENET.deviation)
    entered = prepared(image, how)
    np.testing.assert_allclose(entered.values[0], wanted.transpose(2, 0, 1), atol=1e-5)
    np.testing.assert_array_equal(entered.picture, image)


def test_a_network_for_grey_gets_grey(image: np.ndarray) -> None:
    entered = prepared(image, Preparation(240, 320, channels=1))
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    np.testing.assert_allclose(entered.values[0, 0], grey / 255, atol=1e-6)
    np.testing.assert_array_equal(entered.picture[..., 1], grey)


@pytest.mark.parametrize("fit", ["crop", "stretch", "whole"])
@pytest.mark.parametrize("size", [(1, 1), (3, 500), (500, 3), (719, 1280)])
def test_any_picture_fits(fit: Fit, size: tuple[int, int]) -> None:
    entered = prepared(np.full((*size, 3), 90, np.uint8), Preparation(32, 48, fit=fit))
    assert entered.values.shape == (1, 3, 32, 48)
    assert entered.picture.shape == (32, 48, 3)


def test_the_middle_is_cut_out_undistorted() -> None:
    """A circle stays one, and stays in the middle."""
    image = np.zeros((200, 400, 3), np.uint8)
    cv2.circle(image, (200, 100), 50, (255, 255, 255), -1)
    seen = prepared(image, Preparation(100, 100)).picture[..., 0] > 127
    rows, columns = np.flatnonzero(seen.any(1)), np.flatnonzero(seen.any(0))
    assert abs(len(rows) - len(columns)) <= 1
    assert len(rows) == pytest.approx(50, abs=2)
    assert rows.mean() == pytest.approx(49.5, abs=1)


def test_the_whole_picture_has_black_beside_it() -> None:
    seen = prepared(np.full((100, 200, 3), 255, np.uint8), Preparation(64, 64, fit="whole")).picture
    assert (seen[:16] == 0).all()
    assert (seen[17:47] == 255).all()
    assert (seen[48:] == 0).all()


def test_a_network_for_any_size_keeps_the_shape(image: np.ndarray) -> None:
    assert prepared(image, Preparation(side=128)).values.shape == (1, 3, 96, 128)


def test_the_picture_is_not_written_to(image: np.ndarray) -> None:
    image.flags.writeable = False
    prepared(image, IMAGENET)


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
def test_any_picture_fits_a_classifier(known: Preparation, size: tuple[int, int]) -> None:
    image = noise(*size)
    image.flags.writeable = False
    made = fitted(image, known)
    assert made.shape == (known.height, known.width, known.channels)
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
