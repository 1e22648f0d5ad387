from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import skimage.data
import skimage.feature

from pipelines.classic.hog import Hog, HogParameters
from pipelines.frame import Frame, Image
from pipelines.hog.cells import averaged, features, histograms
from pipelines.hog.stars import stars
from pipelines.result import Result

GREY: Image = skimage.data.camera()[100:220, 180:331]


def seen(grey: Image, **values: Any) -> tuple[Result, Hog]:
    frame, pipeline = Frame.of(np.repeat(grey[:, :, None], 3, axis=2), 0, 0.0), Hog()
    return pipeline.process(frame, HogParameters(**values)), pipeline


@pytest.mark.parametrize(("side", "orientations", "block"), [(8, 8, 3), (8, 9, 2), (5, 6, 1), (16, 4, 3)])
def test_the_features_are_scikit_images(side: int, orientations: int, block: int) -> None:
    expected = skimage.feature.hog(
        GREY, orientations, (side, side), (block, block), feature_vector=False, block_norm="L2-Hys"
    )

    found = features(histograms(GREY, side, orientations), block)

    np.testing.assert_allclose(found, expected, atol=1e-6)


def test_the_stars_are_where_scikit_image_draws_them_and_as_bright() -> None:
    """As in the lecture: rescaled from 0 to 0.04."""
    _, theirs = skimage.feature.hog(GREY, 8, (8, 8), (3, 3), visualize=True)
    expected = 255 * np.clip(theirs / 255 / 0.04, 0, 1)

    picture = seen(GREY)[0].picture

    assert picture.shape == GREY.shape
    assert np.corrcoef(picture.ravel(), expected.ravel())[0, 1] > 0.85
    assert picture.mean() == pytest.approx(expected.mean(), rel=0.4), "their lines are a pixel shorter"


def test_a_star_is_one_line_along_the_edge_of_its_cell() -> None:
    for bin_, expected in ((0, "upright"), (4, "level")):
        cells = np.zeros((1, 1, 8))
        cells[0, 0, bin_] = 1.0
        picture = stars(cells, 32, 1.0, (32, 32)).astype(float)
        across, down = picture.sum(axis=0), picture.sum(axis=1)
        spread = (
            np.std(np.repeat(np.arange(32), across.astype(int))),
            np.std(np.repeat(np.arange(32), down.astype(int))),
        )
        assert (spread[1] > 3 * spread[0]) == (expected == "upright")
        assert picture.max() == pytest.approx(255, abs=30)


def test_an_edge_fills_the_bin_of_its_direction() -> None:
    y, x = np.mgrid[:48, :48]
    for angle in (10, 35, 80, 100, 170):
        slope = np.cos(np.radians(angle)) * x + np.sin(np.radians(angle)) * y
        ramp = np.rint(128 + 3.5 * (slope - slope.mean())).astype(np.uint8)
        total = histograms(ramp, 16, 4).sum(axis=(0, 1))
        assert total.argmax() == int(angle / 45)


def test_normalised_a_faint_edge_is_as_bright_as_a_strong_one() -> None:
    grey = np.full((128, 256), 100, np.uint8)
    grey[:, 60:124] = 130
    grey[:, 188:] = 240

    def brightness(view: str) -> float:
        picture = seen(grey, view=view, brightest=0.5)[0].picture.astype(float)
        return float(picture[:, 56:64].mean() / picture[:, 184:192].mean())

    assert brightness("cells") < 0.3
    assert brightness("blocks") == pytest.approx(1.0, abs=0.05)


def test_a_cell_is_the_mean_of_what_it_is_in_all_blocks_around_it() -> None:
    cells = np.random.default_rng(1).random((4, 5, 3))
    blocks = features(cells, 2)
    expected = (blocks[0, 0, 1, 1] + blocks[0, 1, 1, 0] + blocks[1, 0, 0, 1] + blocks[1, 1, 0, 0]) / 4

    np.testing.assert_allclose(averaged(blocks, cells.shape)[1, 1], expected)
    np.testing.assert_allclose(averaged(blocks, cells.shape)[0, 0], blocks[0, 0, 0, 0])


def test_a_picture_smaller_than_a_cell_is_black_and_the_lane_says_why() -> None:
    result, pipeline = seen(GREY[:20, :30], cell=32)

    assert not result.picture.any()
    assert result.picture.shape == (20, 30)
    status = pipeline.status()
    assert status is not None
    assert status.notice is not None
    assert "smaller than one cell" in status.notice.en


def test_the_plot_counts_the_directions_of_edges() -> None:
    stripes = np.tile(np.where(np.arange(96) // 6 % 2, 200, 50).astype(np.uint8), (96, 1))
    plot = seen(stripes)[0].plot

    assert plot is not None
    (curve,) = plot.curves
    upright = np.abs(curve.x - 90) < 23
    assert curve.y[upright].max() == pytest.approx(100, abs=1)
    assert curve.y.sum() / 2 == pytest.approx(100)
