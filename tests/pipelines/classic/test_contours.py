from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
import skimage.data
import skimage.filters
import skimage.measure

from pipelines.classic.contours import Contours, ContoursParameters
from pipelines.frame import Frame, Image
from pipelines.result import Caption, Lines, Result
from pipelines.shapes import measured


def seen(grey: Image, **values: Any) -> Result:
    frame = Frame.of(np.repeat(grey[:, :, None], 3, axis=2), 0, 0.0)
    return Contours().process(frame, ContoursParameters(**values))


def figures(result: Result) -> dict[str, float]:
    return {reading.name: reading.value for reading in result.readings}


def drawn() -> Image:
    """A disc of radius 40, a bar of 20 × 100 with a hole, and a speck, on grey."""
    grey = np.full((240, 320), 60, np.uint8)
    y, x = np.mgrid[:240, :320]
    grey[np.hypot(x - 80, y - 120) <= 40] = 200
    grey[50:70, 180:280] = 180
    grey[56:64, 200:212] = 60
    grey[200:203, 300:303] = 200
    return grey


def test_otsus_threshold_is_scikit_images() -> None:
    for grey in (skimage.data.camera(), skimage.data.coins(), skimage.data.page()):
        expected = skimage.filters.threshold_otsu(grey)
        assert figures(seen(grey, sigma=0.0))["threshold"] == pytest.approx(expected, abs=1)


@pytest.mark.parametrize("dark", [False, True])
def test_by_hand_what_is_brighter_than_the_level_is_a_shape(dark: bool) -> None:
    grey = skimage.data.camera()

    picture = seen(grey, method="hand", threshold=99, dark=dark, sigma=0.0, view="binary").picture

    np.testing.assert_array_equal(picture > 0, (grey > 99) != dark)


def test_the_local_mean_parts_figure_from_ground_in_a_shadow() -> None:
    page = skimage.data.page()
    whole = seen(page, method="otsu", dark=True, view="binary").picture
    local = seen(page, method="local", window=31, dark=True, view="binary", sigma=0.0).picture
    mean = cv2.blur(page, (31, 31), borderType=cv2.BORDER_REPLICATE)

    assert np.mean((local > 0) != (page.astype(int) <= mean)) < 0.02
    assert np.mean(whole[-20:] > 0) > 0.5, "one threshold takes the shadow for ink"
    assert "threshold" not in figures(seen(page, method="local"))


def test_shapes_are_counted_and_the_largest_is_measured() -> None:
    result = seen(drawn(), sigma=0.0, smallest=0.05)
    found = figures(result)

    assert found["shapes"] == 2, "the speck is too small"
    assert found["area"] == pytest.approx(100 * np.pi * 40**2 / (240 * 320), rel=0.03)
    assert found["roundness"] > 0.88
    assert found["solidity"] > 0.97
    assert found["length"] == pytest.approx(1.0, abs=0.03)
    captions = [mark for mark in result.marks if isinstance(mark, Caption)]
    assert [caption.role for caption in captions] == ["second", "first"]
    assert captions[0].at == pytest.approx((80.5, 120.5), abs=0.1)
    assert captions[1].at == pytest.approx((230.0, 60.0), abs=0.6)


def test_measures_are_scikit_images() -> None:
    binary = (skimage.data.coins() > 120).astype(np.uint8) * 255
    ours = measured(binary, 100.0)
    regions = {
        (round(region.bbox[0]), round(region.bbox[1])): region
        for region in skimage.measure.regionprops(skimage.measure.label(binary, connectivity=2))
    }

    assert len(ours) > 20
    for shape in ours:
        left, top = shape.outlines[0][:, 0].min(axis=0)
        region = regions[top, left]
        # the outline runs through the middles of the pixels at the edge: half of them lies outside
        assert shape.area == pytest.approx(region.area_filled - shape.perimeter / 2, rel=0.12)
        assert shape.solidity == pytest.approx(region.area_filled / region.area_convex, abs=0.12)


def test_outlines_run_through_the_middles_of_the_pixels_at_the_edge_and_round_holes() -> None:
    result = seen(drawn(), sigma=0.0, smallest=0.02, named=0)
    lines = [mark for mark in result.marks if isinstance(mark, Lines) and mark.role == "first"]

    corners = {tuple(corner) for corner in lines[0].lines[:, :2].tolist()}
    assert {(180.5, 50.5), (279.5, 50.5), (279.5, 69.5), (180.5, 69.5)} <= corners
    assert any(199 <= x <= 212 and 55 <= y <= 64 for x, y in corners), "the hole"


def test_the_plot_shows_where_the_threshold_parts_the_histogram() -> None:
    result = seen(skimage.data.camera(), method="hand", threshold=90)

    assert result.plot is not None
    spread, bar = result.plot.curves
    assert list(bar.x) == [90, 90]
    assert spread.y.sum() == pytest.approx(100)


def test_a_picture_without_shapes_has_no_measures() -> None:
    for level in (0, 255):
        result = seen(np.full((50, 60), level, np.uint8), method="hand", threshold=255, smallest=0.0)
        assert figures(result) == {"threshold": 255, "shapes": 0}
        assert result.marks == ()


def test_a_line_of_one_pixel_encloses_nothing_and_is_left_out() -> None:
    grey = np.zeros((50, 60), np.uint8)
    grey[20, 10:40] = 255

    assert figures(seen(grey, smallest=0.0, sigma=0.0))["shapes"] == 0
