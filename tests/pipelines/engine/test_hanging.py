"""Pipelines that never answer: tried again, but never with more than a few threads."""

from __future__ import annotations

import threading
import time

import pytest

from pipelines.engine.hanging import HANG, MOST_HUNG
from pipelines.engine.lane import Lane
from pipelines.engine.studio import Studio
from tests.pipelines.engine.scripted import (
    Act,
    Gate,
    Knobs,
    LiveSource,
    ManualClock,
    Scripted,
    Stage,
    eventually,
    frame,
    pipeline,
)

CROWDED = "will be tried again when one of its earlier attempts has ended"


@pytest.fixture
def gates(stage: Stage) -> list[Gate]:
    """One for each level, so that a thread can be let go by the level it hangs on."""
    return [stage.gate() for _ in range(10)]


def behind(gates: list[Gate]) -> Act:
    return lambda frame, parameters: gates[parameters.level](frame, parameters)


def alive(name: str = "scripted") -> int:
    return sum(thread.name == f"lane-{name}" for thread in threading.enumerate())


def hang(stage: Stage, lane: Lane, gate: Gate) -> str:
    """Let the lane hang at this gate; what it says then."""
    told, entered = len(stage.failures(lane)), len(gate.entered)
    stage.play(frame())
    eventually(lambda: len(gate.entered) > entered)
    stage.watched(HANG)
    return stage.fails(lane, told + 1).text.en


def hung_through(stage: Stage, gates: list[Gate]) -> Lane:
    """A lane that hung on every level from 0 on, until no more threads were started for it."""
    lane = stage.add(behind(gates))
    for level in range(MOST_HUNG):
        stage.studio.set_parameters(lane, Knobs(level=level))
        hang(stage, lane, gates[level])
    return lane


def test_a_lane_that_always_hangs_has_a_few_threads_and_not_one_more(stage: Stage, gates: list[Gate]) -> None:
    lane = hung_through(stage, gates)
    for level in range(MOST_HUNG, 10):
        stage.studio.set_parameters(lane, Knobs(level=level))
        stage.watched(HANG)
        assert alive() == MOST_HUNG
    assert not any(gate.entered for gate in gates[MOST_HUNG:])


def test_it_says_so_once_and_in_both_languages(stage: Stage, gates: list[Gate]) -> None:
    lane = hung_through(stage, gates)
    for level in range(MOST_HUNG, 10):
        stage.studio.set_parameters(lane, Knobs(level=level))
        stage.watched(HANG)
    other = stage.add()
    stage.play(frame(1))
    stage.shows(other, 1)
    texts = [failed.text for failed in stage.failures(lane)]
    assert [CROWDED in text.en for text in texts] == [False] * (MOST_HUNG - 1) + [True]
    assert all("Change a parameter" in text.en for text in texts[:-1])
    assert "再試行" in texts[-1].ja


def test_when_an_old_thread_has_come_back_it_is_tried_again(stage: Stage, gates: list[Gate]) -> None:
    lane = hung_through(stage, gates)
    stage.studio.set_parameters(lane, Knobs(level=MOST_HUNG))
    gates[0].open()
    eventually(lambda: alive() == MOST_HUNG - 1)
    stage.watched()
    assert alive() == MOST_HUNG
    gates[MOST_HUNG].open()
    stage.play(frame(7))
    stage.shows(lane, 7)
    assert [done.parameters for done in stage.done(lane)] == [Knobs(level=MOST_HUNG)]


def test_on_a_still_picture_it_is_tried_again_without_a_new_frame(stage: Stage, gates: list[Gate]) -> None:
    lane = hung_through(stage, gates)
    stage.studio.freeze(True)
    stage.studio.set_parameters(lane, Knobs(level=MOST_HUNG))
    gates[MOST_HUNG].open()
    gates[1].open()
    eventually(lambda: alive() == MOST_HUNG - 1)
    stage.watched()
    stage.shows(lane, 0)


def test_tried_again_in_vain_it_says_so_again_and_has_no_more_threads(
    stage: Stage, gates: list[Gate]
) -> None:
    lane = hung_through(stage, gates)
    last = gates[MOST_HUNG - 1]
    for old in gates[: MOST_HUNG - 1]:
        old.open()
        eventually(lambda: alive() == MOST_HUNG - 1)
        stage.watched()
        assert alive() == MOST_HUNG
        assert CROWDED in hang(stage, lane, last)
    assert alive() == MOST_HUNG


def test_a_thread_that_comes_back_to_its_own_lane_makes_it_well(stage: Stage, gates: list[Gate]) -> None:
    lane = hung_through(stage, gates)
    gates[MOST_HUNG - 1].open()
    stage.play(frame(3))
    stage.shows(lane, 3)
    stage.watched()
    stage.play(frame(4))
    stage.shows(lane, 4)
    assert alive() == MOST_HUNG


def test_threads_that_have_ended_do_not_count(stage: Stage, gates: list[Gate]) -> None:
    lane = stage.add(behind(gates))
    for level in range(9):
        assert CROWDED not in hang(stage, lane, gates[level])
        stage.studio.set_parameters(lane, Knobs(level=level + 1))
        gates[level].open()
        eventually(lambda: alive() == 1)
    gates[9].open()
    stage.play(frame(5))
    stage.shows(lane, 5)


def test_what_was_dropped_stays_counted_when_threads_have_ended(stage: Stage, gates: list[Gate]) -> None:
    lane, witness = stage.add(behind(gates)), stage.add()
    hang(stage, lane, gates[0])
    for number in (1, 2, 3):
        stage.play(frame(number))
        stage.shows(witness, number)
    assert stage.studio.dropped(lane) == 2
    for level in (1, 2):
        stage.studio.set_parameters(lane, Knobs(level=level))
        gates[level - 1].open()
        eventually(lambda: alive() == 2)
        hang(stage, lane, gates[level])
        assert stage.studio.dropped(lane) == 2


# --- the same pipeline in one lane after another


def test_a_pipeline_chosen_again_and_again_gets_no_more_threads_either(stage: Stage) -> None:
    gate = stage.gate()
    hanging, good = pipeline(gate, "hanging"), pipeline()
    lane = stage.studio.add(good)
    for attempt in range(1, MOST_HUNG + 1):
        stage.play(frame(attempt))
        lane = stage.studio.replace(lane, hanging)
        stage.play(frame(attempt))
        eventually(lambda attempt=attempt: len(gate.entered) == attempt)  # type: ignore[misc]
        lane = stage.studio.replace(lane, good)
    lane = stage.studio.replace(lane, hanging)
    stage.play(frame(9))
    stage.watched()
    assert CROWDED in stage.fails(lane).text.en
    assert alive("hanging") == MOST_HUNG
    gate.pass_one()
    eventually(lambda: alive("hanging") == MOST_HUNG - 1)
    stage.watched()
    assert alive("hanging") == MOST_HUNG
    gate.open()
    stage.play(frame(10))
    stage.shows(lane, 10)


def test_a_pipeline_that_hangs_in_close_counts_as_well(stage: Stage) -> None:
    gate = stage.gate()

    class Clinging(Scripted):
        name = "clinging"

        def close(self) -> None:
            gate(frame(), Knobs())

    for attempt in range(MOST_HUNG + 2):
        lane = stage.studio.add(Clinging)
        if attempt < MOST_HUNG:
            stage.play(frame(attempt))
            stage.shows(lane, attempt)
        stage.studio.remove(lane)
    assert alive("clinging") == MOST_HUNG


def test_a_lane_that_was_promised_a_new_thread_hears_when_it_cannot_have_one(
    stage: Stage, gates: list[Gate]
) -> None:
    made = pipeline(behind(gates))
    lanes = []
    for number in range(MOST_HUNG):
        lanes.append(stage.studio.add(made))
        stage.play(frame(number))
        eventually(lambda number=number: len(gates[0].entered) == number + 1)  # type: ignore[misc]
        stage.watched(HANG)
    assert "Change a parameter" in stage.fails(lanes[0]).text.en
    stage.studio.set_parameters(lanes[0], Knobs(level=1))
    stage.watched()
    assert CROWDED in stage.fails(lanes[0], times=2).text.en
    assert alive() == MOST_HUNG


def test_another_pipeline_is_not_held_up(stage: Stage, gates: list[Gate]) -> None:
    lane = hung_through(stage, gates)
    other = stage.studio.replace(lane, pipeline())
    stage.play(frame(2))
    stage.shows(other, 2)


def test_in_lock_step_nobody_waits_for_a_lane_without_a_thread(stage: Stage, gates: list[Gate]) -> None:
    lane = hung_through(stage, gates)
    fast = stage.add()
    stage.studio.lock_step = True
    stage.studio.replace(lane, lane.pipeline)
    for number in (1, 2, 3):
        stage.play(frame(number))
        stage.watched()
        stage.shows(fast, number)


# --- around it


def test_after_a_switch_of_source_a_lane_that_still_hangs_is_told_anew(stage: Stage) -> None:
    gate = stage.gate()
    lane = stage.add(gate)
    hang(stage, lane, gate)
    stage.source = LiveSource()
    fresh = frame(1)
    stage.play(fresh)
    stage.source.drained()
    stage.watched()
    assert stage.fails(lane, times=2).frame is fresh


def test_a_lane_that_was_removed_is_not_started_again(stage: Stage) -> None:
    gate = stage.gate()
    lane = stage.add(gate)
    hang(stage, lane, gate)
    stage.studio.remove(lane)
    stage.studio.set_parameters(lane, Knobs(level=1))
    assert alive() == 1


def test_close_ends_in_two_seconds_with_all_that_may_hang() -> None:
    clock, gate, source = ManualClock(), Gate(), LiveSource()
    studio = Studio(clock=clock)
    lane = studio.add(pipeline(gate))
    studio.open(source)
    for attempt in range(1, MOST_HUNG + 1):
        source.give(frame(attempt))
        eventually(lambda attempt=attempt: len(gate.entered) == attempt)  # type: ignore[misc]
        clock.advance(HANG)
        studio.set_parameters(lane, Knobs(level=attempt))
    started = time.monotonic()
    assert studio.close() is False
    assert time.monotonic() - started < 2
    gate.open()


def test_replace_of_a_lane_that_is_not_there_starts_nothing(stage: Stage) -> None:
    lane = stage.add()
    stage.studio.remove(lane)
    with pytest.raises(ValueError, match="not in tuple"):
        stage.studio.replace(lane, pipeline(name="fresh"))
    assert alive("fresh") == 0
