from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scipy.ndimage
import skimage.data

from pipelines.classic.motion import Motion, MotionParameters
from pipelines.frame import Frame, Image
from pipelines.result import Lines, Result
from pipelines.signs import BLUE, ORANGE

SCENE = scipy.ndimage.gaussian_filter(skimage.data.camera().astype(float), 1.5)
METHODS = ("dis-fast", "dis-medium", "farneback")


def at(x: float, y: float) -> Image:
    """What a camera sees that has moved so far to the right and down: the scene goes the other way."""
    moved = scipy.ndimage.shift(SCENE, (-y, -x), order=3, mode="nearest")[120:360, 120:440]
    grey = np.rint(moved.clip(0, 255)).astype(np.uint8)
    return np.repeat(grey[:, :, None], 3, axis=2)


def frame(number: int, x: float, y: float) -> Frame:
    return Frame.of(at(x, y), number, number / 30)


def watched(*frames: Frame, **values: Any) -> tuple[Result, Motion]:
    """What is shown of the last of them."""
    pipeline, parameters = Motion(), MotionParameters(**values)
    for one in frames[:-1]:
        pipeline.process(one, parameters)
    return pipeline.process(frames[-1], parameters), pipeline


def figures(result: Result) -> dict[str, float]:
    return {reading.name: reading.value for reading in result.readings}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("x", "y", "direction"), [(-2, 0, 0), (0, 2, 90), (2, 0, 180), (1.5, 1.5, 135)])
def test_the_direction_and_the_speed_are_those_of_the_scene(
    method: str, x: float, y: float, direction: float
) -> None:
    result, _ = watched(frame(0, 0, 0), frame(1, x, y), method=method)

    found = figures(result)
    assert found["moving"] > 70
    assert found["speed"] == pytest.approx(np.hypot(x, y), rel=0.1)
    assert abs((found["direction"] - direction + 180) % 360 - 180) < 6
    assert result.wheel is not None
    assert result.wheel.period == 360


def test_the_colour_is_the_direction_and_the_brightness_the_root_of_the_speed() -> None:
    result, _ = watched(frame(0, 0, 0), frame(1, 0, 2), brightest=8.0)

    assert result.wheel is not None
    up = np.array(result.wheel.colours[64]) * 0.5
    typical = np.median(result.picture[:, :, ::-1].reshape(-1, 3), axis=0)
    np.testing.assert_allclose(typical, up, atol=8)


def test_frames_that_were_left_out_are_reckoned_with() -> None:
    result, _ = watched(frame(0, 0, 0), frame(4, 4, 0))

    assert figures(result)["speed"] == pytest.approx(1.0, rel=0.1)


def test_a_first_frame_is_black_and_the_lane_says_what_it_waits_for() -> None:
    for view in ("flow", "difference"):
        result, pipeline = watched(frame(0, 0, 0), view=view)
        assert not result.picture.any()
        status = pipeline.status()
        assert status is not None
        assert status.notice is not None
        assert "two frames" in status.notice.en


def test_a_frame_that_comes_again_is_compared_with_the_same_one_as_before() -> None:
    pipeline = Motion()
    first, second = frame(0, 0, 0), frame(1, 2, 0)
    pipeline.process(first, MotionParameters())
    once = pipeline.process(second, MotionParameters())
    again = pipeline.process(second, MotionParameters(method="farneback"))
    back = pipeline.process(second, MotionParameters())

    np.testing.assert_array_equal(once.picture, back.picture)
    assert figures(again)["speed"] == pytest.approx(2, rel=0.1)


@pytest.mark.parametrize("other", ["earlier", "another size", "another scene"])
def test_what_does_not_go_on_is_a_first_frame(other: str) -> None:
    pipeline = Motion()
    pipeline.process(frame(5, 0, 0), MotionParameters())
    cut = np.ascontiguousarray(skimage.data.astronaut()[100:340, 100:420])
    follows = {
        "earlier": frame(2, 1, 0),
        "another size": Frame.of(np.ascontiguousarray(at(1, 0)[:200]), 6, 0.2),
        "another scene": Frame.of(cut, 6, 0.2),
    }[other]

    assert not pipeline.process(follows, MotionParameters()).picture.any()


def test_the_difference_is_orange_where_it_got_brighter_and_blue_where_darker() -> None:
    one, two = np.full((60, 80, 3), 100, np.uint8), np.full((60, 80, 3), 100, np.uint8)
    one[:, :20], two[:, :20] = 90, 110
    one[:, 60:], two[:, 60:] = 160, 100
    one[30:40], two[30:40] = 200, 200

    result, _ = watched(Frame.of(one, 0, 0.0), Frame.of(two, 1, 0.1), view="difference", gain=4.0)

    shown = result.picture[10, :, ::-1].astype(float)
    np.testing.assert_allclose(shown[5], np.array(ORANGE) * 80 / 255, atol=2)
    np.testing.assert_allclose(shown[70], np.array(BLUE) * 240 / 255, atol=2)
    assert not shown[40].any()
    assert figures(result)["changed"] == pytest.approx(100 * 40 / 80 * 50 / 60)


@pytest.mark.parametrize(("brightest", "length"), [(2.0, 48), (4.0, 24), (0.25, 96)])
def test_an_arrow_as_long_as_the_grid_is_wide_moves_at_the_brightest(brightest: float, length: float) -> None:
    """No arrow is longer than two such steps."""
    result, _ = watched(frame(0, 0, 0), frame(1, -2, 0), arrows=True, brightest=brightest)

    (mark,) = result.marks
    assert isinstance(mark, Lines)
    shafts, *barbs = np.split(mark.lines, 3)
    np.testing.assert_allclose(np.median(shafts[:, 2:] - shafts[:, :2], axis=0), [length, 0], atol=5)
    for barb, side in zip(barbs, (-1, 1), strict=True):
        np.testing.assert_array_equal(barb[:, :2], shafts[:, 2:], err_msg="it begins at the tip")
        back = np.median(barb[:, 2:] - barb[:, :2], axis=0)
        assert back[0] < 0
        assert np.sign(back[1]) == side
        assert np.hypot(*back) == pytest.approx(0.35 * length, abs=2)


def test_the_plot_counts_the_directions() -> None:
    result, _ = watched(frame(0, 0, 0), frame(1, 0, 2))

    assert result.plot is not None
    (curve,) = result.plot.curves
    assert 80 <= curve.x[curve.y.argmax()] <= 100
    assert curve.y.sum() / 2 == pytest.approx(figures(result)["moving"], rel=0.01)
