"""The values and votes in one window, recomputed pixel by pixel."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage.data
from cv2.data import haarcascades

from pipelines.frame import Image
from pipelines.haar.cascades import SHIPPED, CascadeName
from pipelines.haar.reading import read_model
from pipelines.haar.search import SKIPPED, Search, Searched
from pipelines.haar.votes import HIDDEN, place_at, verdict
from pipelines.verdict import FeatureTest

FACE = (65.0, 50.0)
"""The middle of the astronaut's, in the part that is looked at."""


def looked_into(name: CascadeName) -> tuple[Searched, Image]:
    picture = cv2.cvtColor(skimage.data.astronaut(), cv2.COLOR_RGB2GRAY)
    grey = np.ascontiguousarray(picture[60:170, 160:290], np.uint8)
    model = read_model(Path(haarcascades) / SHIPPED[name].file)
    return Search(model, (130, 110), 1.2, 0).through(grey), grey


def inside(test: FeatureTest, shape: tuple[int, ...]) -> np.ndarray:
    """How many times each pixel counts."""
    rows, columns = np.indices(shape)
    times = np.zeros(shape, int)
    for x, y, width, height, weight in test.rectangles:
        if test.tilted:  # along the two sides that start at the upper corner; edges as `cv2.integral` says
            right = (columns - x) + (rows - y) + 2
            left = (rows - y) - (columns - x)
            held = (right > 0) & (right <= 2 * width) & (left > 0) & (left <= 2 * height)
        else:
            held = (columns >= x) & (columns < x + width) & (rows >= y) & (rows < y + height)
        times += weight * held
    return times


@pytest.mark.parametrize("name", ["frontal-face", "frontal-face-alt2", "smile"])
@pytest.mark.parametrize("stage", [1, 4])
def test_a_value_is_the_weighted_sum_of_pixels_over_the_contrast(name: CascadeName, stage: int) -> None:
    searched, grey = looked_into(name)
    place = place_at(searched, *FACE)
    assert place is not None
    told = verdict(searched, grey, place, stage, shown=True)
    pixels = told.picture.astype(float)
    inner = pixels[1:-1, 1:-1]
    for vote in told.votes:
        for test in vote.tests:
            value = (inside(test, pixels.shape) * pixels).sum() / (inner.size * inner.std())
            assert test.value == pytest.approx(value, rel=1e-4, abs=1e-6)
    tilted = any(test.tilted for vote in told.votes for test in vote.tests)
    assert tilted or name != "smile"
    assert told.total == pytest.approx(sum(vote.vote for vote in told.votes))
    assert told.bar == searched.model.stages[stage - 1].bar
    assert (told.stage, len(told.votes)) == (stage, len(searched.model.stages[stage - 1].trees))


def test_the_window_on_the_face_came_furthest() -> None:
    searched, grey = looked_into("frontal-face")
    place = place_at(searched, *FACE)
    assert place is not None
    told = verdict(searched, grey, place, 0, shown=True)
    assert (told.passed, told.stage, told.stages) == (25, 25, 25)
    assert told.total >= told.bar
    assert told.computed == told.features == 2913
    x, y, width, height = searched.box(place)
    assert abs(x + width / 2 - FACE[0]) < 8
    assert abs(y + height / 2 - FACE[1]) < 8
    assert told.picture.shape == (24, 24)


def test_elsewhere_the_stage_that_decided_is_told() -> None:
    searched, grey = looked_into("frontal-face")
    for point in ((15.0, 15.0), (110.0, 20.0), (0.0, 0.0), (130.0, 110.0)):
        place = place_at(searched, *point)
        assert place is not None
        assert searched.passed(place) != SKIPPED
        told = verdict(searched, grey, place, 0, shown=True)
        if told.passed < told.stages and not told.flat:
            assert told.stage == told.passed + 1
            assert told.total < told.bar


def test_who_is_hidden_is_not_shown_in_the_window() -> None:
    searched, grey = looked_into("frontal-face")
    place = place_at(searched, *FACE)
    assert place is not None
    told = verdict(searched, grey, place, 1, shown=False)
    assert (told.picture == HIDDEN).all()
    assert told.votes == verdict(searched, grey, place, 1, shown=True).votes


def test_where_there_are_no_windows_nothing_is_told() -> None:
    model = read_model(Path(haarcascades) / SHIPPED["frontal-face"].file)
    searched = Search(model, (20, 20), 1.1, 0).through(np.zeros((20, 20), np.uint8))
    assert place_at(searched, 10, 10) is None
