"""What is left of a face is measured by Fourier's transform; around it everything stays."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import skimage.data

from pipelines.covering import BLOCKS, MARGIN, Style, covered
from pipelines.frame import Image

FACE = (177.0, 66.0, 95.0, 95.0)
"""The astronaut's, as the cascade finds it."""
STYLES: list[Style] = ["blur", "pixels"]


@pytest.fixture(scope="module")
def astronaut() -> Image:
    picture: Image = np.ascontiguousarray(skimage.data.astronaut()[:, :, ::-1])
    picture.flags.writeable = False
    return picture


def part(picture: Image, box: tuple[float, float, float, float] = FACE) -> Image:
    x, y, width, height = map(round, box)
    return picture[y : y + height, x : x + width]


def detail(face: Image, cycles: float) -> float:
    """Contrast in grey levels (root mean square) of all that is finer than so many cycles a face."""
    grey = face.astype(float).mean(2)
    waves = np.fft.fft2((grey - grey.mean()) * np.outer(np.hanning(len(grey)), np.hanning(len(grey))))
    down, across = np.meshgrid(*(np.fft.fftfreq(side, 1 / side) for side in grey.shape), indexing="ij")
    fine = np.hypot(down, across) > cycles
    return float(np.sqrt((np.abs(waves[fine]) ** 2).sum()) / grey.size)


def test_a_blurred_face_has_no_detail_left(astronaut: Image) -> None:
    before, after = (part(p) for p in (astronaut, covered(astronaut, [FACE], "blur")))

    assert detail(before, 3.5) > 5
    assert detail(after, 3.5) < 0.25
    assert detail(after, 2.5) < 0.05 * detail(before, 2.5)


def test_a_face_in_pixels_has_as_many_values_as_are_promised(astronaut: Image) -> None:
    face = part(covered(astronaut, [FACE], "pixels"))
    edges = [int((np.diff(face.astype(int), axis=axis) != 0).any((1 - axis, 2)).sum()) for axis in (0, 1)]

    assert all(BLOCKS - 1 <= count <= BLOCKS for count in edges)
    assert len(np.unique(face.reshape(-1, 3), axis=0)) <= (BLOCKS + 1) ** 2


def test_each_block_is_the_average_of_what_it_hides() -> None:
    random = np.random.default_rng(1)
    picture = random.integers(0, 256, (56, 56, 3), np.uint8)

    face = covered(picture, [(8, 8, 40, 40)], "pixels")[8:48, 8:48]

    whole = picture.astype(float)  # with its margin the cover is all of the picture: 5 blocks of 11.2

    weights = np.array([np.interp(np.arange(57), [11.2 * k, 11.2 * (k + 1)], [0, 1]) for k in range(5)])
    share = np.diff(weights, axis=1)  # (5, 56): how much of each block each row or column is
    for row in (1, 2, 3):
        for column in (1, 2, 3):
            average = np.einsum("y,x,yxc->c", share[row], share[column], whole)
            np.testing.assert_allclose(face[int(11.2 * row) - 4, int(11.2 * column) - 4], average, atol=1)


@pytest.mark.parametrize("style", STYLES)
def test_the_cover_is_a_little_larger_than_the_box_and_round(style: Style) -> None:
    stripes = np.zeros((200, 200, 3), np.uint8)
    stripes[:, ::2] = 255

    changed = (covered(stripes, [(60, 50, 80, 100)], style) != stripes).any(2)

    assert changed[50:150, 60:140].all()
    rows, columns = np.flatnonzero(changed.any(1)), np.flatnonzero(changed.any(0))
    assert (rows[0], rows[-1]) == pytest.approx((50 - MARGIN * 100, 149 + MARGIN * 100), abs=1)
    assert (columns[0], columns[-1]) == pytest.approx((60 - MARGIN * 80, 139 + MARGIN * 80), abs=1)
    assert not changed[31:36, 45:50].any()


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("box", [(-30, -30, 60, 60), (480, 490, 60, 60), (0, 0, 512, 512), (10, 10, 12, 12)])
def test_a_box_may_reach_beyond_the_picture(
    box: tuple[float, float, float, float], style: Style, astronaut: Image
) -> None:
    picture = covered(astronaut, [box], style)

    assert picture.shape == astronaut.shape
    assert (picture != astronaut).any()


@pytest.mark.parametrize("style", STYLES)
def test_what_lies_outside_costs_nothing(style: Style, astronaut: Image) -> None:
    np.testing.assert_array_equal(covered(astronaut, [(600, 600, 50, 50)], style), astronaut)


@pytest.mark.parametrize("style", STYLES)
def test_a_grey_picture_is_covered_alike(style: Style, astronaut: Image) -> None:
    grey = np.ascontiguousarray(astronaut[:, :, 1])
    colour = np.ascontiguousarray(np.repeat(grey[:, :, None], 3, 2))

    np.testing.assert_array_equal(covered(grey, [FACE], style), covered(colour, [FACE], style)[:, :, 0])


@pytest.mark.parametrize("style", STYLES)
def test_a_large_face_is_hidden_as_well_as_a_small_one(style: Style, astronaut: Image) -> None:
    large = np.asarray(cv2.resize(astronaut, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC), np.uint8)
    x, y, width, height = FACE
    cover = covered(large, [(3 * x, 3 * y, 3 * width, 3 * height)], style)
    small_again = cv2.resize(cover, (512, 512), interpolation=cv2.INTER_AREA)

    difference = part(np.asarray(small_again, np.uint8)).astype(int) - part(covered(astronaut, [FACE], style))

    assert np.abs(difference).mean() < 6
