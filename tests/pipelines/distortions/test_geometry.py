"""Rotation and scale against SciPy; truth boxes against what is really seen."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage
from skimage import data

from pipelines.distortions import Distortions, distort
from pipelines.distortions.geometry import moved, moved_truth, untouched
from pipelines.frame import Frame, Image, Truth


def smooth(height: int, width: int) -> Image:
    picture = cv2.resize(data.astronaut()[..., ::-1], (width, height), interpolation=cv2.INTER_AREA)
    return cast(Image, cv2.GaussianBlur(picture, (0, 0), 2))


def by_scipy(image: Image, degrees: float, scale: float) -> NDArray[np.float64]:
    """Each pixel looked up where it came from; y points down, so clockwise is from x to y."""
    angle = np.deg2rad(degrees)
    back = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) / scale
    middle = (np.array(image.shape[:2]) - 1) / 2
    channels = [
        ndimage.affine_transform(channel.astype(float), back, middle - back @ middle, order=1)
        for channel in np.moveaxis(image, 2, 0)
    ]
    return np.stack(channels, 2)


@pytest.mark.parametrize("size", [(240, 320), (151, 203)])
@pytest.mark.parametrize(("degrees", "scale"), [(30, 1), (-77, 1), (12, 1.5), (0, 2), (180, 1.25)])
def test_it_turns_and_enlarges_as_scipy_does(size: tuple[int, int], degrees: float, scale: float) -> None:
    image = smooth(*size)
    made = moved(image, degrees, scale)
    wrong = np.abs(made - by_scipy(image, degrees, scale))
    inside = ndimage.binary_erosion(
        by_scipy(np.full_like(image, 255), degrees, scale)[..., 0] > 254, iterations=2
    )
    assert wrong[inside].max() <= 3
    assert inside.mean() > 0.3


@pytest.mark.parametrize("size", [(240, 320), (151, 203)])
@pytest.mark.parametrize(("degrees", "scale"), [(0, 1), (30, 1), (-77, 0.6), (12, 1.5), (0, 0.5), (180, 2)])
def test_a_place_is_found_again_in_the_untouched_picture(
    size: tuple[int, int], degrees: float, scale: float
) -> None:
    """A dot is put down, looked for in the moved picture, and asked for from there."""
    height, width = size
    image = np.zeros((height, width, 3), np.uint8)
    x, y = width // 2 + 20, height // 2 - 12
    cv2.circle(image, (x, y), 5, (255, 255, 255), -1)
    weights = moved(image, degrees, scale)[..., 0].astype(float)
    rows, columns = np.mgrid[:height, :width] + 0.5
    seen = ((weights * columns).sum() / weights.sum(), (weights * rows).sum() / weights.sum())
    assert untouched(seen, (width, height), degrees, scale) == pytest.approx((x + 0.5, y + 0.5), abs=0.15)


@pytest.mark.parametrize(("degrees", "turns"), [(90, -1), (-90, 1), (180, 2), (-180, 2)])
def test_right_angles_lose_nothing(degrees: float, turns: int) -> None:
    image = np.random.default_rng(0).integers(0, 256, (65, 65, 3), np.uint8)
    np.testing.assert_array_equal(moved(image, degrees, 1), np.rot90(image, turns))


@pytest.mark.parametrize("size", [(120, 160), (121, 163)])
def test_a_shrunk_picture_is_averaged_and_stands_in_the_middle(size: tuple[int, int]) -> None:
    image = smooth(*size)
    made = moved(image, 0, 0.5)
    ys, xs = np.nonzero(made.any(2))
    assert ys.min() == size[0] - 1 - ys.max()
    assert xs.min() == size[1] - 1 - xs.max()
    assert made[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1].mean() == pytest.approx(image.mean(), abs=1)


def test_half_of_a_picture_is_the_mean_of_four_pixels() -> None:
    image = np.random.default_rng(0).integers(0, 256, (64, 96, 3), np.uint8)
    expected = image.reshape(32, 2, 48, 2, 3).mean((1, 3))
    np.testing.assert_allclose(moved(image, 0, 0.5)[16:48, 24:72], expected, atol=0.75)


def test_a_fine_grating_that_is_far_away_is_grey() -> None:
    grating = np.zeros((128, 128, 3), np.uint8)
    grating[:, ::2] = 255
    assert np.abs(moved(grating, 30, 0.25)[60:68, 60:68].astype(int) - 128).max() < 10


@pytest.mark.parametrize("degrees", [0, 17, 45, -90, 140])
@pytest.mark.parametrize("scale", [0.31, 0.6, 1, 1.3])
def test_the_box_goes_where_the_face_goes(degrees: float, scale: float) -> None:
    box = (250.0, 130.0, 60.0, 90.0)
    y, x = np.mgrid[:400, :600] + 0.5  # the middles of the pixels
    face = ((x - 280) / 30) ** 2 + ((y - 175) / 45) ** 2 <= 1
    image = np.where(face[..., None], 255, 0).repeat(3, 2).astype(np.uint8)
    frame = Frame.of(image, 0, 0.0, (Truth("face", box),))
    made = distort(frame, Distortions(rotation=degrees, scale=scale))
    ys, xs = np.nonzero(made.image[..., 0] > 127)
    seen = (xs.min(), ys.min(), xs.max() + 1 - xs.min(), ys.max() + 1 - ys.min())
    assert made.truth[0].label == "face"
    np.testing.assert_allclose(made.truth[0].box, seen, atol=1.6)


def test_a_box_at_the_edge_is_cut_and_one_outside_is_gone() -> None:
    size = (200, 100)
    middle, corner = Truth("middle", (90, 40, 20, 20)), Truth("corner", (0, 0, 20, 20))
    kept = moved_truth((middle, corner), size, 0, 2)
    assert [(known.label, known.box) for known in kept] == [("middle", (80.0, 30.0, 40.0, 40.0))]
    half = moved_truth((Truth("half", (40, 40, 20, 20)),), size, 0, 2)
    assert half[0].box == (0.0, 30.0, 20.0, 40.0)
    sliver = moved_truth((Truth("sliver", (33, 40, 20, 20)),), size, 0, 2)
    assert sliver == (Truth("sliver", (0, 30, 6, 40), ignore=True),)  # nobody is asked for it
    assert moved_truth((Truth("outside", (0, 40, 20, 20)),), size, 0, 2) == ()


def test_boxes_stay_where_the_picture_does() -> None:
    truth = (Truth("face", (-3, 5, 20, 20)),)
    frame = Frame.of(np.zeros((50, 50, 3), np.uint8), 0, 0.0, truth)
    assert distort(frame, Distortions(blur=2.0, bar=0.5)).truth is truth
