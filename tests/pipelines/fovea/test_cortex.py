from __future__ import annotations

import cv2
import numpy as np
import pytest
import scipy.ndimage
import skimage.data
import skimage.transform

from pipelines.fovea.cortex import Fixation, places, seen
from pipelines.fovea.eye import brought_back, sent, unrolled
from pipelines.frame import Image

SIZE = (160, 120)
FIXATION = Fixation(SIZE, (70.0, 50.0), 6.0)


def smooth_picture() -> Image:
    astronaut: Image = skimage.data.astronaut()[:384, :512]
    picture = cv2.resize(astronaut, SIZE, interpolation=cv2.INTER_AREA)
    smooth: Image = cv2.GaussianBlur(picture, (0, 0), 3).astype(np.uint8, copy=False)
    return smooth


def test_the_way_back_is_the_inverse_of_the_way_there() -> None:
    size = (300, 200)
    x, y = places(FIXATION, size)
    there = seen(FIXATION, size)
    for row, column in ((10, 20), (50, 71), (80, 140), (49, 60), (119, 0)):
        at = np.array([[y[row, column]], [x[row, column]]])
        back = [scipy.ndimage.map_coordinates(place, at, order=1, mode="nearest")[0] for place in there[:2]]
        assert back == pytest.approx([column, row], abs=0.1)


def test_a_column_is_a_circle_and_columns_grow_as_the_exponential() -> None:
    found = seen(FIXATION, (200, 100))
    radius = np.hypot(found.x + 0.5 - 70, found.y + 0.5 - 50)

    np.testing.assert_allclose(radius, np.broadcast_to(radius[:1], radius.shape), rtol=1e-3)
    outwards = radius[0, 100:] + FIXATION.fovea
    np.testing.assert_allclose(outwards[1:] / outwards[:-1], outwards[1] / outwards[0], rtol=1e-3)
    assert radius[0, -1] == pytest.approx(np.hypot(90, 70), rel=0.05), "to the farthest corner"


def test_far_out_it_is_scikit_images_log_polar_picture() -> None:
    """With a fovea of nearly nothing, on the right half of the field."""
    picture = smooth_picture()[:, :, 1]
    fixation = Fixation(SIZE, (80.0, 60.0), 0.5)
    reach = fixation.reach
    ours = seen(fixation, (400, 180))
    values = scipy.ndimage.map_coordinates(picture.astype(float), [ours.y, ours.x], order=1)
    theirs = skimage.transform.warp_polar(
        picture, (59.5, 79.5), radius=reach, output_shape=(360, 400), scaling="log", preserve_range=True
    )
    radii = np.hypot(ours.x[90, 200:] - 79.5, ours.y[90, 200:] - 59.5)
    for radius, degrees in ((20, 30), (35, -40), (50, 10)):
        column = int(np.abs(radii - radius).argmin())
        row = round(90 - degrees - 0.5)
        expected = theirs[round(-degrees % 360), round(np.log(radii[column]) / np.log(reach) * 400)]
        assert values[row, 200 + column] == pytest.approx(expected, abs=5)


def test_each_half_of_the_field_lies_on_its_side_with_the_top_at_the_top() -> None:
    picture = np.zeros((120, 160, 3), np.uint8)
    picture[:60, 80:] = (255, 0, 0)
    picture[60:, 80:] = (0, 255, 0)
    picture[:60, :80] = (0, 0, 255)
    cortex = sent(picture, Fixation(SIZE, (80.0, 60.0), 6.0), (160, 120))

    assert cortex[10, 130].argmax() == 0
    assert cortex[110, 130].argmax() == 1
    assert cortex[10, 30].argmax() == 2
    assert not cortex[110, 30].any()


def test_a_mean_over_as_much_as_a_pixel_stands_for_keeps_fine_stripes_from_becoming_coarse_ones() -> None:
    picture = np.zeros((480, 640, 3), np.uint8)
    picture[:, ::2] = 255
    fixation = Fixation((640, 480), (320.0, 240.0), 8.0)

    cortex = sent(picture, fixation, (160, 120)).astype(float)

    found = seen(fixation, (160, 120))
    far = np.zeros(160, np.bool_)
    for stretch in found.stretches:
        far[stretch.columns] = stretch.halvings > 1
    inside = (found.inside > 0)[:, far]
    assert 20 < far.sum() < 140
    assert cortex[:, far][inside].std() < 12, "an even grey"
    assert cortex[:, far][inside].mean() == pytest.approx(127.5, abs=4)


def test_brought_back_it_is_sharp_where_the_eye_looks_and_blurred_far_away() -> None:
    dice = np.random.default_rng(1)
    picture = np.kron(dice.integers(0, 256, (120, 160, 1)), np.ones((4, 4, 3))).astype(np.uint8)
    fixation = Fixation((640, 480), (200.0, 200.0), 15.0)

    back = brought_back(sent(picture, fixation, (256, 192)), fixation).astype(float)

    error = np.abs(back - picture)
    assert error[190:210, 190:210].mean() < 25
    assert error[380:460, 540:620].mean() > 50
    assert back[380:460, 540:620].std() < 0.6 * picture[380:460, 540:620].std()


def test_beyond_the_edges_of_the_picture_the_cortex_is_black() -> None:
    white = np.full((120, 160, 3), 255, np.uint8)
    fixation = Fixation(SIZE, (10.0, 10.0), 6.0)

    large = unrolled(sent(white, fixation, (80, 60)), fixation)

    found = seen(fixation, SIZE)
    beyond = (found.x < -0.5) | (found.y < -0.5) | (found.x > 159.5) | (found.y > 119.5)
    np.testing.assert_array_equal(large.max(axis=2) == 0, beyond)
    assert (large[~beyond] == 255).all()
