from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipelines.engine.view import Viewport, prepare

SIZES = [(1, 1), (640, 480), (481, 37), (5000, 3), (3, 900), (8, 8)]
VIEWPORTS = [
    Viewport(640, 360),
    Viewport(333, 777, mirror=True),
    Viewport(640, 360, zoom=3.7, centre=(0.31, 0.82)),
    Viewport(640, 360, zoom=16, centre=(0.0, 1.0), mirror=True),
    Viewport(1, 1),
]


def noise(width: int, height: int) -> NDArray[np.uint8]:
    return np.random.default_rng(5).integers(0, 256, (height, width, 3), np.uint8)


def test_unscaled_pixels_are_the_pictures_blue_green_red_and_an_opaque_fourth_byte() -> None:
    picture = noise(64, 48)
    view = prepare(picture, Viewport(64, 48))
    np.testing.assert_array_equal(view.pixels[..., :3], picture)
    assert (view.pixels[..., 3] == 255).all()
    assert view.pixels.flags.c_contiguous
    assert (view.scale, view.left, view.top, view.origin) == (1.0, 0, 0, (0, 0))


def test_a_grey_picture_is_grey_in_every_channel() -> None:
    picture = noise(64, 48)[..., 1]
    pixels = prepare(picture, Viewport(64, 48)).pixels
    for channel in range(3):
        np.testing.assert_array_equal(pixels[..., channel], picture)


def test_mirror_turns_left_and_right_and_nothing_else() -> None:
    picture = noise(64, 48)
    mirrored = prepare(picture, Viewport(64, 48, mirror=True)).pixels
    np.testing.assert_array_equal(mirrored[..., :3], picture[:, ::-1])


def test_mirror_shows_the_same_part_reflected() -> None:
    plain = prepare(noise(100, 80), Viewport(640, 360, zoom=5, centre=(0.2, 0.4)))
    mirrored = prepare(noise(100, 80), Viewport(640, 360, zoom=5, centre=(0.2, 0.4), mirror=True))
    np.testing.assert_array_equal(mirrored.pixels, plain.pixels[:, ::-1])
    assert mirrored.left == 640 - plain.left - plain.pixels.shape[1]


@pytest.mark.parametrize(
    ("size", "room", "left", "top", "scale"),
    [
        ((640, 480), (1280, 720), 160, 0, 1.5),  # bars beside: (1280 - 960) / 2
        ((1280, 720), (640, 480), 0, 60, 0.5),  # bars above: (480 - 360) / 2
        ((100, 100), (100, 100), 0, 0, 1.0),
        ((1, 1), (640, 360), 140, 0, 360.0),
    ],
)
def test_letterbox(size: tuple[int, int], room: tuple[int, int], left: int, top: int, scale: float) -> None:
    view = prepare(noise(*size), Viewport(*room))
    assert (view.left, view.top, view.scale) == (left, top, scale)
    assert view.pixels.shape[:2] == (round(size[1] * scale), round(size[0] * scale))


@pytest.mark.parametrize("viewport", VIEWPORTS, ids=str)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_size_in_every_viewport(size: tuple[int, int], viewport: Viewport) -> None:
    view = prepare(noise(*size), viewport)
    height, width = view.pixels.shape[:2]
    rim = view.scale + 1  # a pixel of the picture that is cut by the viewport's edge is whole in `pixels`
    assert 1 <= width <= viewport.width + 2 * rim
    assert 1 <= height <= viewport.height + 2 * rim
    for room, length, at, painted in [
        (viewport.width, size[0], view.left, width),
        (viewport.height, size[1], view.top, height),
    ]:
        if length * view.scale >= room:  # nothing beside it
            assert at <= 0.5
            assert at + painted >= room - 0.5
        else:  # as much on the one side as on the other
            assert abs(at - (room - painted - at)) <= 1


@pytest.mark.parametrize("mirror", [False, True])
@pytest.mark.parametrize("zoom", [1.0, 4.0, 30.0])
def test_place_names_the_place_where_the_pixel_is_painted(mirror: bool, zoom: float) -> None:
    """One white pixel in a black picture, found again in what is painted."""
    picture = np.zeros((60, 80), np.uint8)
    picture[33, 21] = 255
    viewport = Viewport(800, 600, zoom, centre=(21.5 / 80, 33.5 / 60), mirror=mirror)
    view = prepare(picture, viewport)
    rows, columns = np.nonzero(view.pixels[..., 0])
    found = view.left + columns.mean() + 0.5, view.top + rows.mean() + 0.5
    assert found == pytest.approx(view.place(21.5, 33.5), abs=1.0)


@pytest.mark.parametrize("mirror", [False, True])
def test_zoomed_the_centre_of_the_viewport_shows_the_centre_that_was_asked_for(mirror: bool) -> None:
    for centre in np.linspace(0.3, 0.7, 41):
        viewport = Viewport(640, 480, 16, (float(centre), 0.5), mirror)
        place = prepare(noise(640, 480), viewport).place(centre * 640, 240)
        assert place == pytest.approx((320, 240), abs=0.5 + 1e-6)


def test_a_zoomed_view_never_leaves_the_picture() -> None:
    view = prepare(noise(100, 100), Viewport(200, 200, 4, centre=(0.0, 1.0)))
    assert view.place(0, 100) == pytest.approx((0, 200))


def test_enlarged_pixels_are_squares() -> None:
    picture = noise(40, 30)
    np.testing.assert_array_equal(
        prepare(picture, Viewport(160, 120)).pixels[..., :3], picture.repeat(4, axis=0).repeat(4, axis=1)
    )


@pytest.mark.parametrize("factor", [2, 4, 8])
def test_shrunk_pixels_are_averages(factor: int) -> None:
    shrunk = prepare(noise(160, 80), Viewport(160 // factor, 80 // factor)).pixels[..., :3]
    blocks = noise(160, 80).astype(float).reshape(80 // factor, factor, 160 // factor, factor, 3)
    rounded = 0.5 * np.log2(factor)  # once for each halving
    assert np.abs(shrunk - blocks.mean(axis=(1, 3))).max() <= rounded


@pytest.mark.parametrize("factor", [1.3, 2.9, 7.1])
def test_shrunk_by_any_factor_a_fine_pattern_turns_grey_and_does_not_flicker(factor: float) -> None:
    """Lines one pixel wide, 0 and 255: sampled without averaging they would stay black and white."""
    lines = np.zeros((300, 400), np.uint8)
    lines[:, ::2] = 255
    shrunk = prepare(lines, Viewport(round(400 / factor), round(300 / factor))).pixels[..., 0]
    assert shrunk.mean() == pytest.approx(127.5, abs=8)
    if factor > 2:
        assert shrunk[:, 2:-2].std() < 70


def test_slightly_enlarged_pictures_are_smooth() -> None:
    picture = noise(40, 30)
    expected = cv2.resize(picture, (80, 60), interpolation=cv2.INTER_LINEAR)
    np.testing.assert_array_equal(prepare(picture, Viewport(80, 60)).pixels[..., :3], expected)


@pytest.mark.parametrize("size", [(1, 1), (2, 2)])
def test_an_extreme_zoom_costs_no_more_than_a_few_screens(size: tuple[int, int]) -> None:
    view = prepare(noise(*size), Viewport(640, 360, zoom=1000))
    assert view.pixels.size <= 16 * 640 * 640


def test_no_room_at_all_is_no_failure() -> None:
    assert prepare(noise(64, 48), Viewport(0, 0)).pixels.size >= 4


def test_the_picture_is_neither_changed_nor_shared() -> None:
    picture = noise(64, 48)
    picture.flags.writeable = False
    view = prepare(picture, Viewport(64, 48))
    assert not np.shares_memory(view.pixels, picture)
