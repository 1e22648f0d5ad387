"""What a pipeline can do to its own lane, and cannot do to the others."""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
import pytest

from models.errors import PipelineError
from models.text import Text
from pipelines.engine.check import checked
from pipelines.engine.hanging import HANG
from pipelines.engine.lane import REST
from pipelines.engine.view import Viewport
from pipelines.frame import Frame
from pipelines.result import Box, Caption, Comparison, Curve, Key, Lines, Plot, Points, Reading, Result, Row
from tests.pipelines.engine.scripted import (
    DEADLINE,
    Act,
    Gate,
    Knobs,
    Scripted,
    Stage,
    eventually,
    frame,
    pipeline,
)


def raises(frame: Frame, parameters: Knobs) -> Result:
    raise ZeroDivisionError("by nothing")


def refuses(frame: Frame, parameters: Knobs) -> Result:
    raise PipelineError("Not on this machine.", "この機械では動きません。")


def leaves(frame: Frame, parameters: Knobs) -> Result:
    raise SystemExit(2)


def writes(frame: Frame, parameters: Knobs) -> Result:
    frame.image[0, 0] = 255
    return Result(frame.image)


def writes_through_opencv(frame: Frame, parameters: Knobs) -> Result:
    cv2.rectangle(frame.image, (0, 0), (4, 4), (255, 255, 255))
    return Result(frame.image)


def unlocks(frame: Frame, parameters: Knobs) -> Result:
    frame.image[:].flags.writeable = True
    return Result(frame.image)


def returns(thing: Any) -> Act:
    return lambda frame, parameters: thing


def pictured(picture: Any) -> Act:
    return returns(Result(picture))


NONSENSE = {
    "nothing": returns(None),
    "a bare array": returns(np.zeros((4, 4, 3), np.uint8)),
    "a list as picture": pictured([[1, 2], [3, 4]]),
    "floats": pictured(np.zeros((4, 4, 3))),
    "16 bits": pictured(np.zeros((4, 4), np.uint16)),
    "booleans": pictured(np.zeros((4, 4), bool)),
    "a line": pictured(np.zeros(4, np.uint8)),
    "one channel kept": pictured(np.zeros((4, 4, 1), np.uint8)),
    "two channels": pictured(np.zeros((4, 4, 2), np.uint8)),
    "four channels": pictured(np.zeros((4, 4, 4), np.uint8)),
    "four dimensions": pictured(np.zeros((1, 4, 4, 3), np.uint8)),
    "no rows": pictured(np.zeros((0, 4, 3), np.uint8)),
    "no columns": pictured(np.zeros((4, 0), np.uint8)),
    "nothing as picture": pictured(None),
}


def with_(**parts: Any) -> Act:
    return returns(Result(np.zeros((4, 4), np.uint8), **parts))


HERE = Text("here", "ここ")
NOT_SHOWABLE = {
    "a box nowhere": with_(marks=(Box((math.nan, 0, 1, 1)),)),
    "a box out of reach": with_(marks=(Box((1e300, 0, 1, 1)),)),
    "a box of three sides": with_(marks=(Box((0, 0, 1)),)),  # type: ignore[arg-type]
    "a score in words": with_(marks=(Box((0, 0, 1, 1), score="high"),)),  # type: ignore[arg-type]
    "a title in one language": with_(marks=(Box((0, 0, 1, 1), title="face"),)),  # type: ignore[arg-type]
    "a role that is none": with_(marks=(Box((0, 0, 1, 1), role="third"),)),  # type: ignore[arg-type]
    "points in space": with_(marks=(Points(np.zeros((5, 3), np.float32)),)),
    "sizes of other points": with_(marks=(Points(np.zeros((5, 2), np.float32), np.ones(4, np.float32)),)),
    "an endless line": with_(marks=(Lines(np.full((1, 4), np.inf, np.float32)),)),
    "a caption nowhere": with_(marks=(Caption((math.nan, 0), HERE),)),
    "a mark that is none": with_(marks=("face",)),
    "a reading of nothing": with_(readings=(Reading("n", HERE, None),)),  # type: ignore[arg-type]
    "a colour of two": with_(legend=(Key(HERE, (1, 2)),)),  # type: ignore[arg-type]
    "an axis without an end": with_(plot=Plot(HERE, HERE, (), (0.0, math.inf))),
    "an axis of one end": with_(plot=Plot(HERE, HERE, (), (0.0,))),  # type: ignore[arg-type]
    "a comparison in words": with_(comparison=Comparison(HERE, HERE, (Row(HERE, "more", 1),))),  # type: ignore[arg-type]
    "a comparison of one": with_(comparison=Comparison(HERE, None, ())),  # type: ignore[arg-type]
    "a line of a comparison that is none": with_(comparison=Comparison(HERE, HERE, (3,))),  # type: ignore[arg-type]
    "a trouble in one language": with_(comparison=Comparison(HERE, HERE, (), ("no", None))),  # type: ignore[arg-type]
    "a comparison that is none": with_(comparison=3),
    "a curve without an axis": with_(plot=Plot(HERE, HERE, (Curve(HERE, np.zeros(3), np.zeros(4)),))),
}
TROUBLE: dict[str, Act] = {
    "raises": raises,
    "refuses": refuses,
    "leaves": leaves,
    "writes": writes,
    "writes through OpenCV": writes_through_opencv,
    "unlocks": unlocks,
    **NONSENSE,
    **NOT_SHOWABLE,
}


@pytest.mark.parametrize("act", TROUBLE.values(), ids=TROUBLE)
def test_trouble_costs_only_its_own_lane(stage: Stage, act: Act) -> None:
    good, bad, other = stage.add(), stage.add(act, "bad"), stage.add()
    for number in range(5):
        stage.play(frame(number))
        stage.shows(good, number)
        stage.shows(other, number)
    assert stage.fails(bad).frame.number in range(5)
    assert stage.shown(bad) == []
    for lane in (good, other):
        assert stage.shown(lane) == [0, 1, 2, 3, 4]
        assert stage.studio.dropped(lane) == 0
        for done in stage.done(lane):
            assert (done.result.picture == done.frame.number).all()


@pytest.mark.parametrize("act", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_refused_in_both_languages(act: Act) -> None:
    with pytest.raises(PipelineError) as caught:
        checked(act(frame(), Knobs()))
    assert "no picture" in caught.value.text.en
    assert "画像ではない" in caught.value.text.ja


@pytest.mark.parametrize("act", NOT_SHOWABLE.values(), ids=NOT_SHOWABLE)
def test_what_cannot_be_shown_is_refused_before_it_reaches_the_window(act: Act) -> None:
    with pytest.raises(PipelineError, match="cannot be shown"):
        checked(act(frame(), Knobs()))


@pytest.mark.parametrize("shape", [(1, 1), (4, 6), (1, 1, 3), (4, 6, 3)])
def test_grey_and_coloured_pictures_of_any_size_pass(shape: tuple[int, ...]) -> None:
    result = Result(np.zeros(shape, np.uint8))
    assert checked(result) is result


def test_an_error_for_a_person_is_said_in_its_own_words(stage: Stage) -> None:
    lane = stage.add(refuses)
    stage.play(frame())
    assert stage.fails(lane).text == ("Not on this machine.", "この機械では動きません。")


def test_a_bug_is_named_in_one_sentence(stage: Stage) -> None:
    lane = stage.add(raises)
    stage.play(frame())
    text = stage.fails(lane).text
    assert "ZeroDivisionError: by nothing" in text.en
    assert "ZeroDivisionError: by nothing" in text.ja
    assert "\n" not in text.en + text.ja


def test_what_is_done_says_with_what(stage: Stage) -> None:
    def slow(frame: Frame, parameters: Knobs) -> Result:
        stage.clock.advance(0.25)
        return Result(frame.image[..., 0])

    lane = stage.add(slow)
    wanted = Knobs(level=3)
    stage.studio.set_parameters(lane, wanted)
    stage.studio.set_viewport(lane, Viewport(16, 12))
    given = frame(9)
    stage.play(given)
    stage.shows(lane, 9)
    done = stage.done(lane)[0]
    assert done.frame is given
    assert done.parameters is wanted
    assert done.milliseconds == pytest.approx(250)
    assert done.view.pixels.shape == (12, 16, 4)


def test_the_pipelines_time_does_not_count_opening(stage: Stage) -> None:
    class Slow(Scripted):
        def open(self, threads: int) -> None:
            stage.clock.advance(1.0)

    lane = stage.studio.add(Slow)
    stage.play(frame())
    stage.shows(lane, 0)
    assert stage.done(lane)[0].milliseconds == 0


# --- rest after a failure


def fails_below(level: int) -> Act:
    def act(frame: Frame, parameters: Knobs) -> Result:
        if parameters.level < level:
            raise ValueError("too low")
        return Result(frame.image)

    return act


def rested(stage: Stage, *numbers: int) -> None:
    """Frames pass by a lane that rests."""
    witness = stage.studio.lanes[-1]
    for number in numbers:
        stage.play(frame(number))
        stage.shows(witness, number)


def test_a_lane_that_failed_rests(stage: Stage) -> None:
    lane, _ = stage.add(raises), stage.add()
    rested(stage, 0)
    stage.fails(lane)
    for number in range(1, 6):
        rested(stage, number)
        eventually(lambda number=number: stage.studio.dropped(lane) == number)  # type: ignore[misc]
    assert len(stage.failures(lane)) == 1


def test_it_tries_again_after_a_pause(stage: Stage) -> None:
    lane, _ = stage.add(raises), stage.add()
    rested(stage, 0)
    stage.fails(lane)
    stage.clock.advance(REST - 0.01)
    rested(stage, 1)
    eventually(lambda: stage.studio.dropped(lane) == 1)
    stage.clock.advance(0.02)
    rested(stage, 2)
    assert stage.fails(lane, times=2).frame.number == 2


def test_it_tries_again_when_its_parameters_change(stage: Stage) -> None:
    lane, _ = stage.add(fails_below(2)), stage.add()
    rested(stage, 0)
    stage.fails(lane)
    stage.studio.set_parameters(lane, Knobs(level=1))
    rested(stage, 1)
    stage.fails(lane, times=2)
    stage.studio.set_parameters(lane, Knobs(level=2))
    rested(stage, 2)
    stage.shows(lane, 2)


def test_a_pipeline_that_failed_is_closed_and_made_anew(stage: Stage) -> None:
    made = pipeline(fails_below(1))
    lane = stage.studio.add(made)
    stage.play(frame(0))
    stage.fails(lane)
    assert made.closed == [1]
    stage.studio.set_parameters(lane, Knobs(level=1))
    stage.play(frame(1))
    stage.shows(lane, 1)
    assert len(made.opened) == 2


def test_a_pipeline_that_cannot_open_says_why_and_rests(stage: Stage) -> None:
    class Shut(Scripted):
        def open(self, threads: int) -> None:
            super().open(threads)
            raise PipelineError("No weights.", "重みがありません。")

    lane, _ = stage.studio.add(Shut), stage.add()
    rested(stage, 0)
    assert stage.fails(lane).text.en == "No weights."
    rested(stage, 1, 2)
    assert len(Shut.opened) == 1
    assert len(Shut.closed) == 1


def test_what_it_fails_with_holds_no_picture_beyond_its_own(stage: Stage) -> None:
    """A traceback holds the calls it went through, and they what they had: garbage that is found late."""
    lane = stage.add(refuses)
    stage.play(frame(0))
    cause = stage.fails(lane).cause
    assert cause
    assert cause.__traceback__ is None


# --- hanging


def hung(stage: Stage, gate: Gate, number: int = 0) -> None:
    """The lane behind `gate` hangs on frame `number`, and the watch has had time to see it."""
    stage.play(frame(number))
    gate.holds(number)
    stage.clock.advance(HANG + 1)


def test_a_lane_that_hangs_is_told_once_and_the_others_lose_nothing(stage: Stage) -> None:
    gate = stage.gate()
    lane, other = stage.add(gate), stage.add()
    hung(stage, gate)
    assert "has not answered for 6 s" in stage.fails(lane).text.en
    stage.shows(other, 0)
    for number in range(1, 5):
        stage.play(frame(number))
        stage.shows(other, number)
        stage.clock.advance(1)
    assert len(stage.failures(lane)) == 1
    assert stage.studio.dropped(other) == 0
    assert stage.studio.dropped(lane) == 3


def test_before_its_time_nothing_is_told(stage: Stage) -> None:
    gate = stage.gate()
    lane, other = stage.add(gate), stage.add()
    stage.play(frame(0))
    gate.holds(0)
    stage.clock.advance(HANG - 0.5)
    stage.shows(other, 0)
    gate.pass_one()
    stage.shows(lane, 0)
    assert stage.failures(lane) == []


def test_it_comes_back_by_itself_and_can_hang_again(stage: Stage) -> None:
    gate = stage.gate()
    lane = stage.add(gate)
    hung(stage, gate)
    stage.fails(lane)
    gate.pass_one()
    stage.shows(lane, 0)
    stage.clock.advance(1)
    hung(stage, gate, 1)
    stage.fails(lane, times=2)
    gate.pass_one()
    stage.shows(lane, 1)


def test_new_parameters_start_it_afresh(stage: Stage) -> None:
    gate = stage.gate()

    def act(frame: Frame, parameters: Knobs) -> Result:
        return gate(frame, parameters) if parameters.level == 0 else Result(frame.image)

    made = pipeline(act)
    lane = stage.studio.add(made)
    hung(stage, gate)
    stage.fails(lane)
    stage.studio.set_parameters(lane, Knobs(level=1))
    stage.play(frame(1))
    stage.shows(lane, 1)
    assert len(made.opened) == 2
    gate.open()
    eventually(lambda: made.closed == [1])
    stage.play(frame(2))
    stage.shows(lane, 2)
    assert stage.shown(lane) == [1, 2], "the thread that was left behind must not publish"


def test_close_waits_for_a_thread_that_was_left_behind(stage: Stage) -> None:
    gate = stage.gate()
    lane = stage.add(gate)
    hung(stage, gate)
    stage.fails(lane)
    stage.studio.set_parameters(lane, Knobs(level=1))
    stage.studio.remove(lane)
    assert not lane.join(0.1)
    gate.open()
    assert lane.join(DEADLINE)


# --- letting go


def test_a_lane_that_is_replaced_or_removed_closes_its_pipeline(stage: Stage) -> None:
    first, second = pipeline(), pipeline()
    lane = stage.studio.add(first)
    stage.play(frame(0))
    stage.shows(lane, 0)
    fresh = stage.studio.replace(lane, second)
    eventually(lambda: first.closed == [1])
    stage.play(frame(1))
    stage.shows(fresh, 1)
    stage.studio.remove(fresh)
    eventually(lambda: second.closed == [1])


def test_a_lane_that_is_replaced_while_it_works_publishes_nothing_and_closes_its_pipeline(
    stage: Stage,
) -> None:
    gate = stage.gate()
    slow = pipeline(gate)
    lane = stage.studio.add(slow)
    stage.play(frame(0))
    gate.holds(0)
    fresh = stage.studio.replace(lane, pipeline())
    gate.open()
    eventually(lambda: slow.closed == [1])
    stage.play(frame(1))
    stage.shows(fresh, 1)
    assert stage.outcomes(lane) == []


def test_a_pipeline_that_does_not_close_troubles_nobody(stage: Stage) -> None:
    class Stuck(Scripted):
        def close(self) -> None:
            super().close()
            raise OSError("stuck")

    lane = stage.studio.add(Stuck)
    stage.play(frame(0))
    stage.shows(lane, 0)
    stage.studio.remove(lane)
    eventually(lambda: Stuck.closed == [1])


def test_pipelines_are_opened_with_their_share_of_the_threads(stage: Stage) -> None:
    made = [pipeline() for _ in range(4)]
    lanes = [stage.studio.add(each) for each in made]
    stage.play(frame(0))
    for lane in lanes:
        stage.shows(lane, 0)
    shares = [each.opened[0] for each in made]
    assert min(shares) >= 1
    assert len(set(shares)) == 1
