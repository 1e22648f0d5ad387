from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
import skimage.data
import skimage.feature
from numpy.typing import NDArray

from pipelines.classic.canny import Canny, CannyParameters
from pipelines.frame import Frame, Image
from pipelines.result import Result


def seen(grey: Image, **values: Any) -> Result:
    frame = Frame.of(np.repeat(grey[:, :, None], 3, axis=2), 0, 0.0)
    return Canny().process(frame, CannyParameters(**values))


def covered(edges: NDArray[np.bool_], by: NDArray[np.bool_]) -> float:
    """Share of `edges` within two pixels of `by`; the libraries differ at the border, which is left out."""
    near = cv2.dilate(by.astype(np.uint8), np.ones((5, 5), np.uint8)).astype(bool)
    inside = np.s_[16:-16, 16:-16]
    return float((edges & near)[inside].sum() / edges[inside].sum())


@pytest.mark.parametrize("sigma", [2.0, 3.0, 4.0])
def test_edges_are_where_scikit_image_finds_them(sigma: float) -> None:
    grey = skimage.data.camera()
    theirs = skimage.feature.canny(grey, sigma, low_threshold=25, high_threshold=50)
    ours = seen(grey, sigma=sigma).picture.astype(bool)

    assert covered(ours, theirs) > 0.97
    assert covered(theirs, ours) > 0.93


def test_the_defaults_are_the_lectures_and_scikit_images() -> None:
    theirs = skimage.feature.canny(skimage.data.camera(), 3)  # thresholds 0.1 and 0.2 of the range
    ours = seen(skimage.data.camera()).picture.astype(bool)

    assert covered(ours, theirs) > 0.98
    assert covered(theirs, ours) > 0.98


@pytest.mark.parametrize("exact", [True, False])
def test_a_step_is_one_line_one_pixel_wide(exact: bool) -> None:
    step = np.full((60, 80), 40, np.uint8)
    step[:, 33:] = 200

    edges = seen(step, sigma=1.5, exact=exact).picture

    assert set(np.unique(edges)) == {0, 255}
    assert (np.count_nonzero(edges, axis=1) == 1).all()
    assert set(np.nonzero(edges)[1]) <= {32, 33}


def test_a_weak_edge_stays_only_where_it_continues_a_strong_one() -> None:
    weak, growing = np.full((60, 90), 100, np.uint8), np.full((60, 90), 100, np.uint8)
    weak[30:] = 110
    growing[30:] = np.linspace(110, 160, 90)

    assert not seen(weak, sigma=1.0, low=15.0, high=80.0).picture.any()
    assert seen(growing, sigma=1.0, low=15.0, high=80.0).picture.any(axis=0).all()
    assert not seen(growing, sigma=1.0, low=80.0, high=80.0).picture[:, :30].any()


def test_thresholds_the_wrong_way_round_are_exchanged() -> None:
    grey = skimage.data.camera()

    np.testing.assert_array_equal(seen(grey, low=50.0, high=25.0).picture, seen(grey).picture)


def test_higher_thresholds_and_more_blur_leave_fewer_edges() -> None:
    grey = skimage.data.camera()

    def share(**values: Any) -> float:
        return seen(grey, **values).readings[0].value

    assert share(sigma=1.0) > share(sigma=3.0) > share(sigma=8.0)
    assert share(high=30.0) > share(high=60.0) > share(high=120.0)


def test_the_reading_is_the_share_of_white_pixels() -> None:
    result = seen(skimage.data.camera())

    (reading,) = result.readings
    assert (reading.name, reading.unit) == ("edges", "%")
    assert reading.value == pytest.approx(100 * np.mean(result.picture == 255))
