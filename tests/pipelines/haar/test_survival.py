"""The map glows at the middle of windows that came far, and the integral image adds up."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import skimage.data
from cv2.data import haarcascades

from pipelines.haar.cascades import SHIPPED
from pipelines.haar.integral_view import corners, integral_image, integral_view
from pipelines.haar.reading import read_model
from pipelines.haar.search import Search
from pipelines.haar.survival import curve, figures, stage_legend, stage_map
from pipelines.result import Box, Points

GREY = np.ascontiguousarray(
    cv2.cvtColor(skimage.data.astronaut(), cv2.COLOR_RGB2GRAY)[60:170, 160:290], np.uint8
)
MODEL = read_model(Path(haarcascades) / SHIPPED["frontal-face"].file)
SEARCHED = Search(MODEL, (130, 110), 1.2, 0).through(GREY)


def test_only_the_middles_of_windows_that_passed_all_stages_are_brightest() -> None:
    level = stage_map(SEARCHED, (130, 110), 0)
    boxes = SEARCHED.boxes.astype(float)
    middles = boxes[:, :2] + boxes[:, 2:] / 2
    for x, y in middles:
        assert level[round(y - 0.5), round(x - 0.5)] == 255
    rows, columns = np.nonzero(level == 255)
    away = np.abs(np.stack((columns + 0.5, rows + 0.5), 1)[:, None] - middles).max(2).min(1)
    assert away.max() <= 3.5  # half a step of the coarsest layer that found something, and the rounding


def test_windows_that_passed_fewer_stages_are_left_out() -> None:
    everything, late = (stage_map(SEARCHED, (130, 110), least) for least in (0, 20))
    assert np.count_nonzero(late) < np.count_nonzero(everything) / 4
    assert set(np.unique(late)) <= {0, *np.unique(everything)}
    assert late[late > 0].min() >= 255 * (20 / 25) ** 0.5 - 1
    np.testing.assert_array_equal(late[late > 0], everything[late > 0])


def test_the_curve_falls_from_all_to_those_that_were_accepted() -> None:
    (line,) = curve(SEARCHED).curves
    assert line.y[0] == 100
    assert (np.diff(line.y) <= 0).all()
    assert round(line.y[-1] * SEARCHED.alive[0] / 100) == len(SEARCHED.boxes)
    assert line.x[-1] == 25


def test_figures_say_what_was_saved() -> None:
    told = {reading.name: reading.value for reading in figures(SEARCHED, 3)}
    assert told["alive"] == SEARCHED.alive[3]
    assert told["tests"] == SEARCHED.tests / SEARCHED.alive[0]
    assert told["all-tests"] == 2913
    assert 90 < told["saved"] < 100


def test_the_legend_goes_from_none_to_all() -> None:
    keys = stage_legend(25)
    assert [key.title.en for key in keys] == [
        "no stage passed",
        "1 stage",
        "5 stages",
        "12 stages",
        "all 25 stages",
    ]


def test_four_numbers_of_the_integral_image_give_the_sum_of_a_rectangle() -> None:
    sums = integral_image(GREY)
    scale = np.array([2.0, 3.0])
    marks, total = corners(sums, (30, 20, 50, 40), scale)
    outline, points, captions = marks[0], marks[1], marks[2:]
    assert total.value == int(GREY[20:60, 30:80].astype(int).sum())
    assert isinstance(outline, Box)
    assert outline.box == (60.0, 60.0, 100.0, 120.0)
    assert isinstance(points, Points)
    assert points.points[3].tolist() == [160, 180]
    assert len(captions) == 4
    over_the_border = corners(sums, (100, 90, 40, 40), scale)[1]
    assert over_the_border.value == GREY[90:, 100:].astype(int).sum()


def test_the_integral_image_grows_to_the_right_and_down() -> None:
    view = integral_view(integral_image(GREY), (260, 220))
    assert view.picture.shape == (220, 260, 3)
    light = cv2.cvtColor(view.picture, cv2.COLOR_BGR2GRAY).astype(int)
    assert light[-1, -1] > light[110, 130] > light[0, 0]
    assert view.legend[-1].title.en == f"{int(GREY.astype(int).sum()):,}"
