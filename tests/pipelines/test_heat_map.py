"""The heat map over a picture: each cell where it looks, in colours that mean what the legend says."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from models.detectors.finding import Heat
from pipelines.frame import Image
from pipelines.heat_map import CLEAR, STEPS, glow, laid_over, legend


def flat(height: int, width: int, grey: int) -> Image:
    return np.full((height, width, 3), grey, np.uint8)


def levels_of(shown: Image, grey: int) -> np.ndarray:
    """Which level of face-ness each pixel shows, over a picture of this grey: the nearest colour."""
    share, added = (part[:, 0].astype(float) for part in glow())
    colours = grey * share / 255 + added
    away = np.abs(shown[:, :, None, :].astype(float) - colours).sum(3)
    found: np.ndarray = away.argmin(2) / 255
    return found


def test_cells_are_squares_where_they_look() -> None:
    cells = np.array([[0.3, 0.6, 0.9], [1.0, 0.5, 0.25]], np.float32)
    shown = laid_over(flat(16, 24, 150), [Heat(8, cells, 3, 2)], cells=True)
    expected = np.kron(cells, np.ones((8, 8)))
    np.testing.assert_allclose(levels_of(shown, 150), expected, atol=0.02)


def test_smooth_is_even_from_the_middle_of_a_cell_to_the_next() -> None:
    cells = np.array([[0.4, 0.8]], np.float32)
    shown = laid_over(flat(20, 40, 100), [Heat(20, cells, 2, 1)], cells=False)
    x = (np.arange(40) + 0.5) / 20 - 0.5
    expected = np.interp(x, [0, 1], [0.4, 0.8])
    np.testing.assert_allclose(levels_of(shown, 100), np.tile(expected, (20, 1)), atol=0.02)


def test_padding_is_left_out_and_a_shrunk_picture_gets_its_map_in_its_own_size() -> None:
    cells = np.zeros((4, 4), np.float32)
    cells[1, 2] = 1.0  # 60 × 50 of 64 × 64 pixels are picture, which was three times as large
    shown = laid_over(flat(150, 180, 90), [Heat(16, cells, 60 / 16, 50 / 16)], cells=True)
    sure = np.argwhere(levels_of(shown, 90) > 0.9)
    assert sure.min(0).tolist() == [48, 96]
    assert sure.max(0).tolist() == [95, 143]


def test_of_several_scales_the_surest_is_shown() -> None:
    fine = Heat(8, np.array([[0.9, 0.3]], np.float32), 2, 1)
    coarse = Heat(16, np.array([[0.6]], np.float32), 1, 0.5)
    shown = levels_of(laid_over(flat(8, 16, 120), [fine, coarse], cells=True), 120)
    np.testing.assert_allclose(shown[4, [4, 12]], [0.9, 0.6], atol=0.02)


def test_where_nothing_is_said_the_picture_is_seen_in_dim_grey() -> None:
    image = np.random.default_rng(0).integers(0, 256, (32, 32, 3)).astype(np.uint8)
    shown = laid_over(image, [Heat(32, np.zeros((1, 1), np.float32), 1, 1)], cells=False)
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    np.testing.assert_allclose(shown, np.repeat(grey[..., None] * 0.5, 3, 2), atol=1.01)


def test_a_surer_cell_is_brighter_so_that_grey_prints_tell_it_too() -> None:
    share, added = (part[:, 0].astype(float) for part in glow())
    for grey in (60, 150, 255):
        light = (grey * share / 255 + added) @ [0.114, 0.587, 0.299]
        clear = light[round(255 * CLEAR) :]
        assert (np.diff(clear) > -0.6).all()
        assert clear[-1] - clear[0] > 80


def test_the_legend_names_the_colours_that_are_shown() -> None:
    cells = np.array([[level for level, _meaning in STEPS]], np.float32)
    shown = laid_over(flat(8, 40, 150), [Heat(8, cells, 5, 1)], cells=True)
    for number, key in enumerate(legend()):
        assert shown[4, 8 * number + 4, ::-1].tolist() == pytest.approx(key.colour, abs=2)
    assert [key.title.en[0] for key in legend()] == ["0", "0", "0", "0", "1"]
