from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import skimage.data

from pipelines.classic.retina import Retina, RetinaParameters
from pipelines.frame import Frame, Image
from pipelines.result import Points, Result
from pipelines.two_pictures import GAP

PICTURE: Image = np.ascontiguousarray(skimage.data.astronaut()[:240, :320, ::-1])


def seen(**values: Any) -> Result:
    return Retina().process(Frame.of(PICTURE.copy(), 0, 0.0), RetinaParameters(**values))


def marked(result: Result) -> list[list[float]]:
    (mark,) = result.marks
    assert isinstance(mark, Points)
    return [[float(part) for part in point] for point in mark.points]


def test_both_stand_side_by_side_with_the_fixation_marked_in_each() -> None:
    result = seen(x=25.0, y=50.0)
    field, cortex = seen(view="back", x=25.0, y=50.0), seen(view="cortex", x=25.0, y=50.0)

    assert result.picture.shape == (240, 640 + GAP, 3)
    np.testing.assert_array_equal(result.picture[:, :320], field.picture)
    np.testing.assert_array_equal(result.picture[:, 320 + GAP :], cortex.picture)
    assert marked(result) == [[80, 120], [320 + GAP + 160, 120]]
    assert marked(field) == [[80, 120]]


def test_wide_pictures_stand_one_over_the_other() -> None:
    wide = np.ascontiguousarray(PICTURE[:160])
    result = Retina().process(Frame.of(wide, 0, 0.0), RetinaParameters(x=25.0, y=50.0))

    assert result.picture.shape == (320 + GAP, 320, 3)
    assert marked(result) == [[80, 80], [160, 160 + GAP + 80]]
    assert result.aim is not None
    assert result.aim.at(159, 160 + GAP + 80, result.picture.shape) == pytest.approx([25, 50], abs=0.5)


def test_a_click_on_the_field_moves_the_eye_there() -> None:
    result = seen(view="back")

    assert result.aim is not None
    assert result.aim.fields == ("x", "y")
    assert result.aim.at(80.5, 60.5, result.picture.shape) == pytest.approx([8050 / 320, 6050 / 240])


def test_a_click_on_the_cortex_moves_the_eye_to_what_is_seen_there() -> None:
    result = seen(view="both", x=40.0, y=40.0)
    assert result.aim is not None
    assert result.aim.values is not None
    assert result.aim.values.shape == (240, 640 + GAP, 2)
    assert np.isnan(result.aim.values[:, 320 : 320 + GAP]).all(), "between them nothing is seen"
    cortex = result.aim.values[:, 320 + GAP :]

    assert cortex[120, 159].tolist() == pytest.approx([40, 40], abs=0.5)
    assert cortex[120, 310, 0] > 90
    assert cortex[120, 310, 1] == pytest.approx(40, abs=1)
    assert cortex.min() >= 0
    assert cortex.max() <= 100


def test_the_figures_say_how_little_half_of_the_cortex_sees() -> None:
    for fovea in (1.0, 5.0, 20.0):
        figures = {reading.name: reading.value for reading in seen(fovea=fovea).readings}
        a, reach = fovea / 100 * 240, float(np.hypot(160, 120))
        half = np.sqrt(a * (a + reach)) - a  # (1 + r / a)² = 1 + reach / a
        assert figures["radius"] == pytest.approx(half)
        assert figures["half"] == pytest.approx(100 * np.pi * half**2 / (320 * 240))


def test_fewer_numbers_leave_less() -> None:
    errors = [
        np.abs(seen(view="back", kept=kept).picture.astype(int) - PICTURE).mean()
        for kept in (100.0, 10.0, 1.0)
    ]

    assert errors[0] < errors[1] < errors[2]
