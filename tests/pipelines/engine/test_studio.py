"""Freeze, step, viewports, wake-ups."""

from __future__ import annotations

import pytest

from models.text import Text
from pipelines.engine.lane import REST, Lane
from pipelines.engine.outcome import Done, Failed
from pipelines.engine.view import Viewport
from pipelines.frame import Frame
from pipelines.result import Result
from pipelines.sources.source import End, NoSignal
from tests.pipelines.engine.scripted import (
    Act,
    Knobs,
    LiveSource,
    PlayableSource,
    Stage,
    eventually,
    frame,
    pipeline,
)


def counted(calls: list[tuple[int, int]]) -> Act:
    def act(frame: Frame, parameters: Knobs) -> Result:
        calls.append((frame.number, parameters.level))
        return Result(frame.image)

    return act


def frozen_on(stage: Stage, lane: Lane, number: int) -> None:
    stage.play(frame(number))
    stage.shows(lane, number)
    stage.studio.freeze(True)


def passes_by(stage: Stage, *numbers: int) -> None:
    stage.play(*(frame(number) for number in numbers))
    stage.source.drained()


# --- freeze


def test_frozen_the_frames_pass_by_and_knobs_work_on_the_last(stage: Stage) -> None:
    calls: list[tuple[int, int]] = []
    lane = stage.add(counted(calls))
    frozen_on(stage, lane, 3)
    passes_by(stage, 4, 5)
    for level in (1, 2):
        wanted = Knobs(level=level)
        stage.studio.set_parameters(lane, wanted)
        stage.until(lambda wanted=wanted: stage.done(lane)[-1].parameters == wanted)  # type: ignore[misc]
    assert calls == [(3, 0), (3, 1), (3, 2)]
    assert stage.studio.dropped(lane) == 0
    stage.studio.freeze(False)
    stage.play(frame(6))
    stage.shows(lane, 6)


def test_frozen_a_new_viewport_is_served_without_processing_again(stage: Stage) -> None:
    calls: list[tuple[int, int]] = []
    lane = stage.add(counted(calls))
    frozen_on(stage, lane, 3)
    stage.studio.set_viewport(lane, Viewport(16, 12, mirror=True))
    stage.until(lambda: len(stage.done(lane)) == 2)
    first, second = stage.done(lane)
    assert second.view.pixels.shape == (12, 16, 4)
    assert second.view.mirror
    assert second.result is first.result
    assert calls == [(3, 0)]


def test_frozen_new_lanes_show_the_same_frame(stage: Stage) -> None:
    lane = stage.add()
    frozen_on(stage, lane, 3)
    added = stage.add()
    stage.shows(added, 3)
    replaced = stage.studio.replace(lane, type(lane.pipeline.__name__, (lane.pipeline,), {}))
    stage.shows(replaced, 3)


def test_a_new_source_is_not_frozen(stage: Stage) -> None:
    lane = stage.add()
    frozen_on(stage, lane, 3)
    stage.source = LiveSource()
    stage.play(frame(0))
    stage.shows(lane, 0)
    assert not stage.studio.frozen


def test_before_its_first_frame_a_new_source_shows_nothing_of_the_former(stage: Stage) -> None:
    lane = stage.add()
    frozen_on(stage, lane, 3)
    stage.source = LiveSource()
    stage.play()
    stage.studio.freeze(True)
    stage.studio.set_parameters(lane, Knobs(level=1))
    stage.studio.step()
    stage.play(frame(0))
    stage.shows(lane, 0)
    assert stage.shown(lane) == [3, 0]


def test_knobs_work_on_a_film_that_is_only_paused(stage: Stage) -> None:
    film = PlayableSource()
    stage.source = film
    lane = stage.add()
    stage.play(frame(5))
    stage.shows(lane, 5)
    film.paused = True
    stage.studio.set_parameters(lane, Knobs(level=2))
    stage.until(lambda: stage.done(lane)[-1].parameters == Knobs(level=2))
    assert stage.shown(lane) == [5, 5]


def test_live_a_knob_waits_for_the_next_frame(stage: Stage) -> None:
    calls: list[tuple[int, int]] = []
    lane = stage.add(counted(calls))
    stage.play(frame(0))
    stage.shows(lane, 0)
    stage.studio.set_parameters(lane, Knobs(level=1))
    stage.studio.set_viewport(lane, Viewport(8, 8))
    stage.play(frame(1))
    stage.shows(lane, 1)
    assert calls == [(0, 0), (1, 1)]


@pytest.mark.parametrize("changed", ["parameters", "viewport"])
def test_what_is_changed_just_before_the_freeze_takes_effect_all_the_same(stage: Stage, changed: str) -> None:
    calls: list[tuple[int, int]] = []
    lane = stage.add(counted(calls))
    stage.play(frame(3))
    stage.shows(lane, 3)
    if changed == "parameters":
        stage.studio.set_parameters(lane, Knobs(level=7))
    else:
        stage.studio.set_viewport(lane, Viewport(16, 12))
    stage.studio.freeze(True)
    stage.watched()
    stage.until(lambda: len(stage.done(lane)) == 2)
    second = stage.done(lane)[1]
    if changed == "parameters":
        assert second.parameters == Knobs(level=7)
    else:
        assert second.view.pixels.shape == (12, 16, 4)
    for _ in range(5):
        stage.watched()
    eventually(lambda: lane.inbox.poll() is None and lane.silent_for() == 0)
    stage.collect()
    assert calls == ([(3, 0), (3, 7)] if changed == "parameters" else [(3, 0)])
    assert len(stage.done(lane)) == 2


@pytest.mark.parametrize("lock_step", [False, True])
@pytest.mark.parametrize("how", ["stepped", "ended"])
def test_a_still_picture_that_came_while_a_lane_rested_is_shown_after_its_rest(
    stage: Stage, how: str, lock_step: bool
) -> None:
    def picky(frame: Frame, parameters: Knobs) -> Result:
        if frame.number == 0:
            raise ValueError("not the first")
        return Result(frame.image)

    stage.studio.lock_step = lock_step
    lane, witness = stage.add(picky), stage.add()
    frozen_on(stage, witness, 0)
    stage.fails(lane)
    if how == "stepped":
        stage.studio.step()
        stage.play(frame(1))
    else:
        stage.studio.freeze(False)
        stage.play(frame(1))
        stage.source.give(End())
    stage.shows(witness, 1)
    eventually(lambda: isinstance(stage.studio.news(), End) or how == "stepped")
    stage.watched(REST)
    stage.shows(lane, 1)
    assert len(stage.failures(lane)) == 1


def test_a_lane_that_fails_on_a_still_picture_is_tried_again_after_each_rest(stage: Stage) -> None:
    calls: list[tuple[int, int]] = []

    def third_time(frame: Frame, parameters: Knobs) -> Result:
        calls.append((frame.number, parameters.level))
        if len(calls) < 3:
            raise ValueError("not yet")
        return Result(frame.image)

    lane, witness = stage.add(third_time), stage.add()
    frozen_on(stage, witness, 0)
    for times in (1, 2):
        stage.fails(lane, times)
        stage.watched(REST / 2)
        assert len(calls) == times
        stage.watched(REST / 2)
    stage.shows(lane, 0)
    assert stage.studio.dropped(lane) == 0


# --- step


def test_a_step_lets_exactly_one_frame_of_a_live_source_through(stage: Stage) -> None:
    lane = stage.add()
    frozen_on(stage, lane, 0)
    passes_by(stage, 1)
    stage.studio.step()
    passes_by(stage, 2, 3, 4)
    stage.shows(lane, 2)
    stage.studio.step(-1)
    passes_by(stage, 5)
    stage.studio.step()
    stage.studio.step()
    stage.play(frame(6))
    stage.shows(lane, 6)
    stage.play(frame(7))
    stage.shows(lane, 7)
    passes_by(stage, 8)
    stage.collect()
    assert stage.shown(lane) == [0, 2, 6, 7]


def test_steps_that_were_not_used_are_forgotten_with_the_freeze(stage: Stage) -> None:
    lane = stage.add()
    frozen_on(stage, lane, 0)
    stage.studio.step()
    stage.studio.freeze(False)
    stage.studio.freeze(True)
    passes_by(stage, 1)
    stage.studio.freeze(False)
    stage.play(frame(2))
    stage.shows(lane, 2)
    assert stage.shown(lane) == [0, 2]


def test_without_freeze_there_is_no_step(stage: Stage) -> None:
    film = PlayableSource()
    stage.source = film
    stage.play()
    stage.studio.step()
    assert film.position == 0
    assert not film.paused


def test_a_film_steps_forth_and_back(stage: Stage) -> None:
    film = PlayableSource()
    stage.source = film
    lane = stage.add()
    film.seek(10)
    stage.play()
    stage.shows(lane, 10)
    stage.studio.freeze(True)
    for step, number in [(1, 11), (1, 12), (-1, 11), (-5, 6)]:
        stage.studio.step(step)
        stage.until(lambda number=number: stage.shown(lane)[-1] == number)  # type: ignore[misc]
    assert stage.shown(lane) == [10, 11, 12, 11, 6]


@pytest.mark.parametrize("paused", [False, True])
def test_freeze_pauses_a_film_and_unfreeze_restores_what_was(stage: Stage, paused: bool) -> None:
    film = PlayableSource()
    film.paused = paused
    stage.source = film
    stage.play()
    stage.studio.freeze(True)
    stage.studio.freeze(True)
    assert film.paused
    stage.studio.step()
    assert film.paused
    stage.studio.freeze(False)
    assert film.paused is paused


# --- the window's side


def test_wake_ups_coalesce_until_the_window_collects(stage: Stage) -> None:
    lanes = [stage.add(), stage.add()]
    for number in range(50):
        stage.play(frame(number))
        stage.source.drained()
    assert stage.wakes == 1
    for lane in lanes:
        stage.shows(lane, 49)
    assert stage.wakes <= stage.collects + 1


def test_a_window_that_does_not_collect_finds_the_newest(stage: Stage) -> None:
    seen: list[tuple[int, int]] = []
    lane = stage.add(counted(seen))
    for number in range(20):
        stage.play(frame(number))
        stage.source.drained()
    stage.until(lambda: (19, 0) in seen)
    stage.shows(lane, 19)
    assert stage.studio.dropped(lane) + len(stage.shown(lane)) == 20


def test_each_frame_is_shown_or_counted(stage: Stage) -> None:
    gate = stage.gate()
    lane = stage.add(gate)
    stage.play(frame(0))
    gate.holds(0)
    passes_by(stage, *range(1, 30))
    gate.pass_one()
    stage.shows(lane, 0)
    gate.open()
    stage.shows(lane, 29)
    assert stage.shown(lane) == [0, 29]
    assert stage.studio.dropped(lane) == 28


def test_news_that_comes_while_a_wake_up_is_under_way_wakes_once_more(stage: Stage) -> None:
    """The window asks for news first and collects then: between the two, more may come."""
    stage.play(frame(0))
    stage.source.drained()
    while stage.studio.news() is not None:
        pass
    silence = NoSignal(Text("The cable is out.", "ケーブルが抜けています。"))
    stage.source.give(silence)
    stage.source.drained()
    assert stage.wakes == 1
    stage.studio.collect()
    assert stage.wakes == 2
    assert stage.studio.news() == silence
    stage.studio.collect()
    assert stage.wakes == 2


def test_who_never_asks_for_news_is_not_woken_again_and_again(stage: Stage) -> None:
    stage.play(frame(0))
    stage.source.drained()
    stage.collect()
    before = stage.wakes
    for _ in range(5):
        stage.collect()
    assert stage.wakes == before


def test_a_switch_of_source_adds_no_second_wake_up(stage: Stage) -> None:
    lane = stage.add()
    stage.play(frame(0))
    eventually(lambda: lane.silent_for() == 0 and stage.wakes == 1)
    stage.source = LiveSource()
    stage.play(frame(1))
    stage.source.drained()
    assert stage.wakes == 1
    stage.shows(lane, 1)


def test_lanes_that_go_wake_nobody(stage: Stage) -> None:
    """In lock-step the last one to go ends the round that the others wait in."""
    stage.studio.lock_step = True
    gate = stage.gate()
    fast, slow = stage.add(), stage.add(gate)
    stage.play(frame(0))
    gate.holds(0)
    eventually(lambda: fast.silent_for() == 0)
    stage.collect()
    stage.collect()
    before = stage.wakes
    stage.studio.remove(fast)
    stage.studio.remove(slow)
    assert stage.wakes == before


def test_what_a_removed_lane_has_published_is_not_collected(stage: Stage) -> None:
    gate = stage.gate()
    lane, other = stage.add(gate), stage.add()
    stage.play(frame(0))
    gate.pass_one()
    gate.holds(0)
    stage.play(frame(1))
    gate.holds(1)  # so frame 0 has been published
    stage.studio.remove(lane)
    stage.shows(other, 1)
    gate.open()
    assert stage.outcomes(lane) == []


def test_a_failure_waits_for_a_window_that_does_not_collect(stage: Stage) -> None:
    def picky(frame: Frame, parameters: Knobs) -> Result:
        if frame.number == 0:
            raise ValueError("not the first")
        return Result(frame.image)

    kinds = [pipeline(picky), made := pipeline(picky)]
    lane, watched = (stage.studio.add(kind) for kind in kinds)
    stage.play(frame(0))
    eventually(lambda: all(kind.closed == [1] for kind in kinds))
    for number, each in enumerate((lane, watched), 1):
        stage.studio.set_parameters(each, Knobs(level=number))
    seen = len(made.opened)
    stage.play(frame(1))
    eventually(lambda: len(made.opened) > seen)
    stage.shows(watched, 1)
    stage.shows(lane, 1)
    for each in (lane, watched):
        assert [type(outcome) for outcome in stage.outcomes(each)] == [Failed, Done]


def test_replace_keeps_the_place_and_the_viewport(stage: Stage) -> None:
    first, second, third = stage.add(), stage.add(), stage.add()
    stage.studio.set_viewport(second, Viewport(20, 10))
    fresh = stage.studio.replace(second, second.pipeline, Knobs(level=8))
    assert stage.studio.lanes == (first, fresh, third)
    assert fresh.viewport == Viewport(20, 10)
    assert fresh.parameters == Knobs(level=8)
