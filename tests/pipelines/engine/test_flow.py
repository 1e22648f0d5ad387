"""Lock-step: what belongs to one frame is collected together, and only so."""

from __future__ import annotations

import pytest

from pipelines.engine.hanging import HANG
from pipelines.engine.lane import REST, Lane
from pipelines.engine.outcome import Done, Failed
from pipelines.frame import Frame
from pipelines.result import Result
from tests.pipelines.engine.scripted import (
    Act,
    Gate,
    Knobs,
    LiveSource,
    Stage,
    eventually,
    frame,
    pipeline,
)


@pytest.fixture
def locked(stage: Stage) -> Stage:
    stage.studio.lock_step = True
    return stage


def together(stage: Stage, *lanes: Lane) -> None:
    """Every batch holds the results of one frame, of all of these lanes."""
    for batch in stage.batches:
        done = [(lane, outcome) for lane, outcome in batch if isinstance(outcome, Done)]
        assert len({outcome.frame.number for _, outcome in done}) == 1
        assert {lane for lane, _ in done} == set(lanes)


def broken(frame: Frame, parameters: Knobs) -> Result:
    raise ValueError("broken")


def test_results_of_one_frame_come_together(locked: Stage) -> None:
    lanes = [locked.add() for _ in range(4)]
    for number in range(10):
        locked.play(frame(number))
        locked.shows(lanes[0], number)
    together(locked, *lanes)
    assert [locked.shown(lane) for lane in lanes] == [list(range(10))] * 4


def test_the_slowest_lane_sets_the_pace_and_the_newest_frame_is_next(locked: Stage) -> None:
    gate = locked.gate()
    fast, slow = locked.add(), locked.add(gate)
    locked.play(frame(0))
    gate.holds(0)
    locked.play(*(frame(number) for number in range(1, 6)))
    locked.source.drained()
    locked.collect()
    assert locked.batches == []
    gate.pass_one()
    gate.holds(5)
    gate.pass_one()
    locked.shows(fast, 5)
    together(locked, fast, slow)
    assert locked.shown(slow) == [0, 5]
    assert locked.studio.dropped(fast) == locked.studio.dropped(slow) == 4


def test_a_failure_comes_with_its_frame_and_a_resting_lane_holds_nobody_up(locked: Stage) -> None:
    good, bad = locked.add(), locked.add(broken)
    locked.play(frame(0))
    locked.shows(good, 0)
    assert {lane: type(outcome) for lane, outcome in locked.batches[0]} == {good: Done, bad: Failed}
    for number in (1, 2, 3):
        locked.play(frame(number))
        locked.shows(good, number)
    assert len(locked.failures(bad)) == 1
    locked.clock.advance(REST)
    locked.play(frame(4))
    locked.shows(good, 4)
    assert {lane: type(outcome) for lane, outcome in locked.batches[-1]} == {good: Done, bad: Failed}


def held(stage: Stage, act: Act | None = None) -> tuple[Lane, Lane, Gate]:
    """A fast lane, and one that hangs on frame 0, behind a gate, and has been told so."""
    gate = stage.gate()
    seen: list[int] = []

    def look(frame: Frame, parameters: Knobs) -> Result:
        seen.append(frame.number)
        return Result(frame.image)

    def wait(frame: Frame, parameters: Knobs) -> object:
        passed = gate(frame, parameters) if parameters.level == 0 else Result(frame.image)
        return act(frame, parameters) if act else passed

    fast, slow = stage.add(look), stage.add(wait)
    stage.play(frame(0))
    gate.holds(0)
    eventually(lambda: bool(seen) and fast.silent_for() == 0)
    stage.clock.advance(HANG)
    stage.fails(slow)
    return fast, slow, gate


def test_a_hung_lane_is_not_waited_for(locked: Stage) -> None:
    fast, slow, _gate = held(locked)
    for number in range(1, 4):
        locked.play(frame(number))
        locked.shows(fast, number)
    assert locked.shown(fast) == [0, 1, 2, 3]
    assert locked.shown(slow) == []


def test_a_hung_lane_that_comes_back_is_in_step_again(locked: Stage) -> None:
    fast, slow, gate = held(locked)
    locked.play(frame(1))
    locked.shows(fast, 1)
    gate.open()
    gate.holds(1)
    locked.shows(slow, 1)  # alone: the fast lane shows frame 1 already
    locked.batches.clear()
    for number in range(2, 6):
        locked.play(frame(number))
        locked.shows(fast, number)
    together(locked, fast, slow)


def test_a_hung_lane_that_is_started_afresh_is_in_step_again(locked: Stage) -> None:
    fast, slow, _gate = held(locked)
    locked.studio.set_parameters(slow, Knobs(level=1))
    locked.play(frame(1))
    locked.shows(slow, 1)
    locked.shows(fast, 1)
    locked.batches.clear()
    for number in range(2, 6):
        locked.play(frame(number))
        locked.shows(fast, number)
    together(locked, fast, slow)


def test_a_failure_on_an_old_frame_is_told_all_the_same(locked: Stage) -> None:
    fast, slow, gate = held(locked, broken)
    locked.play(frame(1))
    locked.shows(fast, 1)
    gate.open()
    assert "broken" in locked.fails(slow, times=2).text.en


def test_a_lane_that_has_come_back_is_not_started_afresh(locked: Stage) -> None:
    """The clock stands still, so the watch has not yet seen that it is well again."""
    fast, slow, gate = held(locked)
    gate.pass_one()
    locked.shows(slow, 0)
    locked.play(frame(1))
    gate.holds(1)
    locked.studio.set_parameters(slow, Knobs(level=1))
    gate.pass_one()
    locked.shows(fast, 1)
    assert {lane for lane, _ in locked.batches[-1]} == {fast, slow}


@pytest.mark.parametrize("change", ["remove", "replace"])
def test_a_lane_that_goes_while_it_is_waited_for_holds_nobody_up(locked: Stage, change: str) -> None:
    gate = locked.gate()
    fast, slow = locked.add(), locked.add(gate)
    locked.play(frame(0))
    gate.holds(0)
    if change == "remove":
        locked.studio.remove(slow)
        lanes = [fast]
    else:
        lanes = [fast, locked.studio.replace(slow, pipeline())]
    locked.shows(fast, 0)
    locked.batches.clear()
    locked.play(frame(1))
    locked.shows(fast, 1)
    together(locked, *lanes)


def test_a_lane_that_is_added_in_the_middle_of_a_frame_joins_with_the_next(locked: Stage) -> None:
    gate = locked.gate()
    fast, slow = locked.add(), locked.add(gate)
    locked.play(frame(0))
    gate.holds(0)
    added = locked.add()
    gate.open()
    locked.shows(slow, 0)
    together(locked, fast, slow)
    locked.batches.clear()
    locked.play(frame(1))
    locked.shows(added, 1)
    together(locked, fast, slow, added)


def test_switched_on_in_full_flight_everything_comes_together_from_the_first_result(stage: Stage) -> None:
    gate = stage.gate()
    fast, slow = stage.add(), stage.add(gate)
    stage.play(frame(0))
    gate.holds(0)
    for number in (1, 2, 3):
        stage.play(frame(number))
        stage.shows(fast, number)
    stage.batches.clear()
    stage.studio.lock_step = True
    gate.open()
    stage.shows(slow, 3)
    stage.play(frame(4))
    stage.shows(slow, 4)
    together(stage, fast, slow)
    assert stage.shown(slow) == [3, 4]


def test_switched_off_nobody_waits_any_more_and_nothing_is_lost(locked: Stage) -> None:
    gate = locked.gate()
    fast, slow = locked.add(), locked.add(gate)
    locked.play(frame(0))
    gate.holds(0)
    locked.studio.lock_step = False
    locked.shows(fast, 0)
    locked.play(frame(1))
    locked.shows(fast, 1)
    assert locked.shown(slow) == []


def test_the_same_setting_again_disturbs_nothing(locked: Stage) -> None:
    gate = locked.gate()
    fast, slow = locked.add(), locked.add(gate)
    locked.play(frame(0))
    gate.holds(0)
    locked.studio.lock_step = True
    gate.open()
    locked.shows(fast, 0)
    together(locked, fast, slow)


def test_frozen_each_lane_answers_its_own_knob_and_still_shows_the_same_frame(locked: Stage) -> None:
    lanes = [locked.add(), locked.add()]
    locked.play(frame(0))
    locked.shows(lanes[1], 0)
    locked.studio.freeze(True)
    locked.studio.set_parameters(lanes[0], Knobs(level=5))
    locked.until(lambda: len(locked.done(lanes[0])) == 2)
    assert locked.done(lanes[0])[1].parameters == Knobs(level=5)
    assert locked.shown(lanes[0]) == [0, 0]
    assert locked.shown(lanes[1]) == [0]
    added = locked.add()
    locked.shows(added, 0)


def test_frozen_in_the_middle_of_a_frame_a_knob_brings_nobody_out_of_step(locked: Stage) -> None:
    gate = locked.gate()
    fast, slow = locked.add(), locked.add(gate)
    locked.play(frame(0))
    gate.holds(0)
    locked.studio.freeze(True)
    missed = locked.studio.dropped(fast)
    locked.studio.set_parameters(fast, Knobs(level=5))
    eventually(lambda: fast.silent_for() == 0 and fast.inbox.poll() is None)
    locked.collect()
    assert locked.batches == []
    gate.open()
    locked.shows(slow, 0)
    assert {lane for lane, _ in locked.batches[0]} == {fast, slow}
    assert locked.studio.dropped(fast) == missed


def test_stepped_frames_come_together(locked: Stage) -> None:
    lanes = [locked.add(), locked.add()]
    locked.play(frame(0))
    locked.shows(lanes[0], 0)
    locked.studio.freeze(True)
    for number in (1, 2, 3):
        locked.studio.step()
        locked.play(frame(number))
        locked.shows(lanes[0], number)
    together(locked, *lanes)


def test_a_new_source_forgets_the_frame_that_was_waited_for(locked: Stage) -> None:
    gate = locked.gate()
    fast, slow = locked.add(), locked.add(gate)
    locked.play(frame(50))
    gate.holds(50)
    former = locked.source
    locked.source = type(former)()
    locked.play(frame(0))
    gate.open()
    locked.shows(slow, 0)
    together(locked, fast, slow)
    assert locked.shown(fast) == [0]
    assert former.closed.wait(5)


def test_a_lane_that_hangs_already_holds_nobody_up_when_lock_step_is_switched_on(stage: Stage) -> None:
    fast, _slow, _gate = held(stage)
    stage.studio.lock_step = True
    for number in range(1, 4):
        stage.play(frame(number))
        stage.shows(fast, number)


def test_a_lane_that_hangs_holds_nobody_up_after_the_source_is_switched(locked: Stage) -> None:
    fast, _slow, _gate = held(locked)
    locked.source = LiveSource()
    locked.studio.open(locked.source)
    for number in range(1, 4):
        locked.play(frame(number))
        locked.shows(fast, number)
