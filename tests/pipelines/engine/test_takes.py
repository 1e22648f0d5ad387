"""After a switch of source nothing of the former one is shown, however late a lane is done with it."""

from __future__ import annotations

import pytest

from pipelines.frame import Frame
from pipelines.result import Result
from tests.pipelines.engine.scripted import (
    Act,
    Gate,
    Knobs,
    LiveSource,
    PlayableSource,
    Stage,
    eventually,
    frame,
)


def raising(gate: Gate) -> Act:
    def act(frame: Frame, parameters: Knobs) -> Result:
        gate(frame, parameters)
        raise ValueError("broken")

    return act


def former(stage: Stage) -> list[int]:
    """Numbers of the frames of the former source, from 50 on, that were shown or failed."""
    outcomes = [outcome for batch in stage.batches for _, outcome in batch]
    return [outcome.frame.number for outcome in outcomes if outcome.frame.number >= 50]


@pytest.fixture(params=["free", "lock-step"])
def playing(stage: Stage, request: pytest.FixtureRequest) -> Stage:
    stage.studio.lock_step = request.param == "lock-step"
    return stage


@pytest.mark.parametrize("raises", [False, True], ids=["shows", "fails"])
@pytest.mark.parametrize("frozen", [False, True], ids=["live", "frozen"])
def test_a_slow_lane_delivers_nothing_of_the_former_source(
    playing: Stage, frozen: bool, raises: bool
) -> None:
    gate = playing.gate()
    slow, fast = playing.add(raising(gate) if raises else gate), playing.add()
    playing.play(frame(50))
    gate.holds(50)
    if frozen:
        playing.studio.freeze(True)
        playing.studio.set_parameters(fast, Knobs(level=1))
    playing.source = LiveSource()
    playing.play(frame(0))
    playing.source.drained()
    gate.pass_one()
    gate.holds(0)  # so the lane is done with frame 50
    playing.collect()
    playing.play(frame(1))
    gate.open()
    if raises:
        assert playing.fails(slow).frame.number == 0
    playing.shows(fast, 1)
    assert former(playing) == []


def test_what_it_makes_of_it_before_the_new_source_has_a_frame_is_not_shown_either(playing: Stage) -> None:
    gate = playing.gate()
    slow = playing.add(gate)
    playing.play(frame(50))
    gate.holds(50)
    playing.source = LiveSource()
    playing.play()
    gate.open()
    eventually(lambda: slow.silent_for() == 0)
    playing.studio.set_parameters(slow, Knobs(level=1))
    playing.play(frame(0))
    playing.shows(slow, 0)
    assert former(playing) == []


def test_what_nobody_has_collected_is_forgotten_with_its_source(playing: Stage) -> None:
    gate = playing.gate()
    playing.add(gate)
    playing.play(frame(50))
    gate.pass_one()
    gate.holds(50)
    playing.play(frame(51))
    gate.holds(51)  # so frame 50 has been published
    playing.source = LiveSource()
    playing.play()
    assert playing.studio.collect() == []


def test_two_switches_and_lock_step_in_between_change_nothing(stage: Stage) -> None:
    gate = stage.gate()
    slow = stage.add(gate)
    for number in (50, 60):
        stage.play(frame(number))
        stage.source.drained()
        stage.studio.lock_step = not stage.studio.lock_step
        stage.source = LiveSource()
    stage.play(frame(0))
    stage.source.drained()
    gate.open()
    stage.shows(slow, 0)
    assert former(stage) == []


def test_switching_lock_step_loses_nothing_of_the_source_that_plays_on(stage: Stage) -> None:
    gate = stage.gate()
    slow = stage.add(gate)
    stage.studio.lock_step = True
    stage.play(frame(50))
    gate.holds(50)
    stage.studio.lock_step = False
    gate.open()
    stage.shows(slow, 50)


def test_a_frame_that_came_too_late_is_counted(stage: Stage) -> None:
    gate = stage.gate()
    slow = stage.add(gate)
    stage.play(frame(50))
    gate.holds(50)
    stage.source = LiveSource()
    stage.play(frame(0))
    stage.source.drained()
    gate.open()
    stage.shows(slow, 0)
    assert stage.studio.dropped(slow) == 1


def test_a_lane_that_failed_tries_the_new_source_at_once(playing: Stage) -> None:
    def act(frame: Frame, parameters: Knobs) -> Result:
        if frame.number == 50:
            raise ValueError("not this one")
        return Result(frame.image)

    lane = playing.add(act)
    playing.play(frame(50))
    playing.fails(lane)
    playing.source = PlayableSource()
    playing.play(frame(0))
    playing.shows(lane, 0)
