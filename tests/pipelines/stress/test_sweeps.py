"""Every distortion that can be swept: neutral where it says so, and sound at both ends."""

from __future__ import annotations

import numpy as np
import pytest

from models.errors import ParameterError
from pipelines.frame import Frame, Truth
from pipelines.stress.sweeps import SWEEPS, Sweep, sweep_called

ISSUE = {"rotation", "scale", "blur", "noise", "brightness", "resolution", "eyes", "mouth"}


@pytest.fixture(params=SWEEPS.values(), ids=list(SWEEPS))
def sweep(request: pytest.FixtureRequest) -> Sweep:
    chosen: Sweep = request.param
    return chosen


def frame(width: int = 97, height: int = 61) -> Frame:
    image = np.random.default_rng(3).integers(0, 256, (height, width, 3), np.uint8)
    return Frame.of(image, 5, 0.0, (Truth("face", (0.3 * width, 0.2 * height, 0.4 * width, 0.5 * height)),))


def test_all_that_were_asked_for_are_there() -> None:
    assert set(SWEEPS) == ISSUE
    assert SWEEPS["rotation"].strengths[0] == -90
    assert SWEEPS["rotation"].strengths[-1] == 90


def test_strengths_rise_and_begin_at_the_neutral_one(sweep: Sweep) -> None:
    assert list(sweep.strengths) == sorted(set(sweep.strengths))
    assert sweep.outward[0] == sweep.neutral
    assert sorted(sweep.outward) == list(sweep.strengths)
    away = [abs(sweep.strengths.index(s) - sweep.strengths.index(sweep.neutral)) for s in sweep.outward]
    assert away == sorted(away)


def test_at_the_neutral_strength_the_frame_is_left_alone(sweep: Sweep) -> None:
    given = frame()
    assert sweep.change(given, sweep.neutral) is given


def test_at_both_ends_something_changes_and_comes_out_the_same_again(sweep: Sweep) -> None:
    given = frame()
    before = given.image.copy()
    for end in {sweep.strengths[0], sweep.strengths[-1]} - {sweep.neutral}:
        once, again = sweep.change(given, end), sweep.change(given, end)
        assert once.size == given.size
        assert (once.image != given.image).any()
        assert (once.image == again.image).all()
        assert once.truth == again.truth
    assert (given.image == before).all()


@pytest.mark.parametrize(("width", "height"), [(1, 1), (3, 200), (200, 2)])
def test_odd_pictures_pass(sweep: Sweep, width: int, height: int) -> None:
    for end in (sweep.strengths[0], sweep.strengths[-1]):
        assert sweep.change(frame(width, height), end).size == (width, height)


def test_a_quarter_turn_moves_the_face_as_geometry_says() -> None:
    image = np.zeros((80, 80, 3), np.uint8)
    given = Frame.of(image, 0, 0.0, (Truth("face", (50.0, 10.0, 20.0, 30.0)),))
    [face] = SWEEPS["rotation"].change(given, 90.0).truth
    # the middle (60, 25) lies (20, -15) from the picture's: clockwise that is (15, 20), and the sides swap
    assert face.box == pytest.approx((55 - 15, 60 - 10, 30, 20))


def test_low_resolution_averages_as_many_pixels_as_it_says() -> None:
    given = Frame.of(np.random.default_rng(1).integers(0, 256, (40, 40, 3), np.uint8), 0, 0.0)
    coarse = SWEEPS["resolution"].change(given, 20.0).image
    corners = coarse[[0, 0, -1, -1], [0, -1, 0, -1]].astype(float)
    blocks = given.image.reshape(2, 20, 2, 20, 3).mean(axis=(1, 3)).reshape(4, 3)
    assert corners == pytest.approx(blocks, abs=1)


def test_a_name_that_is_none_is_told_with_the_nearest() -> None:
    assert sweep_called("blur") is SWEEPS["blur"]
    with pytest.raises(ParameterError, match="did you mean 'rotation'"):
        sweep_called("rotatoin")
    with pytest.raises(ParameterError, match="there are: rotation, scale"):
        sweep_called("xyz")
