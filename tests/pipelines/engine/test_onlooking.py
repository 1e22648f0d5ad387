"""A lane that looks at others gets what they made of one and the same frame, and costs them nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import pytest

from models.errors import PipelineError
from models.text import Text
from pipelines.engine.lane import Lane
from pipelines.engine.onlooking import Onlooking
from pipelines.engine.outcome import Failed
from pipelines.frame import Frame
from pipelines.onlooker import Onlooker, Seen
from pipelines.pipeline import Pipeline
from pipelines.result import Result
from tests.pipelines.engine.scripted import Knobs, Stage, copied, frame, pipeline


class Pair(Onlooker[Knobs]):
    """Looks at the first two other lanes, and notes what it was shown."""

    name = "pair"
    title = Text("The pair", "対")
    explanation = Text("", "")
    citation = ""
    kind = "classic"
    parameters = Knobs
    seen: ClassVar[list[tuple[int, tuple[int, ...]]]]

    def __init_subclass__(cls) -> None:
        cls.seen = []

    @classmethod
    def looks_at(
        cls, parameters: Knobs, lanes: Sequence[type[Pipeline[Any]]], own: int
    ) -> tuple[int | None, ...]:
        others = tuple(place for place, lane in enumerate(lanes) if not issubclass(lane, Onlooker))[:2]
        if len(others) < 2:
            raise PipelineError("Nobody is there.", "だれもいません。")
        return others

    def compare(self, frame: Frame, seen: tuple[Seen, ...], parameters: Knobs) -> Result:
        for one in seen:
            if isinstance(one.result, Text):
                raise PipelineError(one.result.en, one.result.ja)
        levels = tuple(int(one.result.picture[0, 0, 0]) for one in seen if isinstance(one.result, Result))
        self.seen.append((frame.number, levels))
        return Result(frame.image)


def darker(frame: Frame, parameters: Knobs) -> Result:
    return Result(np.ascontiguousarray(frame.image - 1 - parameters.level))


def onlooker(stage: Stage) -> tuple[Lane, type[Pair]]:
    kind: type[Pair] = type("OnePair", (Pair,), {})
    return stage.studio.add(kind), kind


def test_it_sees_what_both_made_of_the_same_frame(stage: Stage) -> None:
    stage.add(copied, "one")
    stage.add(darker, "other")
    lane, kind = onlooker(stage)
    for number in range(1, 6):
        stage.play(frame(number))
        stage.shows(lane, number)
    assert kind.seen == [(number, (number, number - 1)) for number in range(1, 6)]


@pytest.mark.parametrize("slow_first", [True, False])
def test_the_slower_one_gives_the_pace_and_nobody_waits(stage: Stage, slow_first: bool) -> None:
    gate = stage.gate()
    slow = stage.add(gate, "slow") if slow_first else None
    fast = stage.add(darker, "fast")
    slow = slow or stage.add(gate, "slow")
    lane, kind = onlooker(stage)
    stage.play(frame(1))
    gate.holds(1)
    for number in range(2, 20):
        stage.play(frame(number))
        stage.shows(fast, number)
    assert not stage.shown(lane)
    gate.pass_one()
    stage.shows(lane, 1)
    gate.holds(19)
    gate.pass_one()
    stage.shows(lane, 19)
    assert stage.shown(slow) == [1, 19]
    assert [number for number, _levels in kind.seen] == [1, 19]
    assert all(sorted(levels) == [number - 1, number] for number, levels in kind.seen)
    assert stage.studio.dropped(lane) == 17


def test_little_is_kept_while_one_is_slow(stage: Stage) -> None:
    gate = stage.gate()
    stage.add(gate, "slow")
    fast = stage.add(darker, "fast")
    onlooker(stage)
    stage.play(frame(1))
    gate.holds(1)
    for number in range(2, 60):
        stage.play(frame(number))
        stage.shows(fast, number)
    kept = stage.studio._onlooking._kept
    assert max(len(frames) for frames in kept.values()) <= 3


def test_a_still_picture_is_compared_again_when_one_of_them_changes(stage: Stage) -> None:
    first = stage.add(copied, "one")
    other = stage.add(darker, "other")
    lane, kind = onlooker(stage)
    stage.play(frame(50))
    stage.shows(lane, 50)
    stage.studio.freeze(True)
    stage.source.drained()
    stage.studio.set_parameters(other, Knobs(level=7))
    stage.until(lambda: kind.seen[-1] == (50, (50, 42)))
    stage.studio.set_parameters(lane, Knobs(level=3))
    stage.until(lambda: stage.done(lane)[-1].parameters == Knobs(level=3))
    before = len(kind.seen)
    stage.studio.replace(first, pipeline(darker, "third"))
    stage.until(lambda: kind.seen[-1] == (50, (49, 42)))
    assert len(kind.seen) <= before + 2


def test_it_joins_a_still_picture(stage: Stage) -> None:
    lanes = [stage.add(copied, "one"), stage.add(darker, "other")]
    stage.play(frame(9))
    for lane in lanes:
        stage.shows(lane, 9)
    stage.studio.freeze(True)
    stage.source.drained()
    lane, _kind = onlooker(stage)
    stage.shows(lane, 9)


def test_in_lock_step_it_belongs_to_the_round(stage: Stage) -> None:
    gate = stage.gate()
    lanes = [stage.add(copied, "one"), stage.add(gate, "other")]
    lane, kind = onlooker(stage)
    stage.studio.lock_step = True
    gate.open()
    for number in range(1, 8):
        stage.play(frame(number))
        stage.shows(lane, number)
    assert [number for number, _levels in kind.seen][-3:] == [5, 6, 7]
    together = [batch for batch in stage.batches if len(batch) == 3]
    assert together
    for batch in together:
        assert {whose for whose, _outcome in batch} == {*lanes, lane}
        assert len({outcome.frame.number for _whose, outcome in batch}) == 1


def test_lock_step_goes_on_while_others_change(stage: Stage) -> None:
    """Whatever happens to those that it looks at, nobody waits for it for ever."""
    first, other = stage.add(copied, "one"), stage.add(darker, "other")
    lane, _kind = onlooker(stage)
    stage.studio.lock_step = True
    stage.play(frame(1))
    stage.shows(lane, 1)
    fresh = stage.studio.replace(other, pipeline(darker, "fresh"))
    for number in range(2, 6):
        stage.play(frame(number))
        stage.shows(fresh, number)
    stage.studio.remove(fresh)
    stage.play(frame(6))
    stage.shows(first, 6)
    assert "Nobody is there" in stage.fails(lane).text.en
    stage.studio.remove(lane)
    stage.play(frame(7))
    stage.shows(first, 7)


def test_what_fails_beside_it_is_told_and_comes_back(stage: Stage) -> None:
    def breaks(frame: Frame, parameters: Knobs) -> Result:
        if parameters.level == 0:
            raise PipelineError("It is broken.", "壊れています。")
        return Result(frame.image)

    stage.add(copied, "one")
    other = stage.add(breaks, "other")
    lane, _kind = onlooker(stage)
    stage.play(frame(1))
    assert stage.fails(lane).text.en == "It is broken."
    stage.studio.set_parameters(other, Knobs(level=1))
    stage.studio.set_parameters(lane, Knobs(level=1))
    stage.play(frame(2))
    stage.shows(lane, 2)


def test_while_one_hangs_it_says_for_whom_it_waits(stage: Stage) -> None:
    gate = stage.gate()
    stage.add(gate, "hanging")
    stage.add(copied, "one")
    lane, _kind = onlooker(stage)
    stage.play(frame(1))
    gate.holds(1)
    stage.watched(6.0)
    assert "waits for the lane “The pipeline”" in stage.fails(lane).text.en
    gate.open()
    stage.shows(lane, 1)


def test_another_source_begins_anew(stage: Stage) -> None:
    stage.add(copied, "one")
    stage.add(darker, "other")
    lane, kind = onlooker(stage)
    stage.play(frame(5))
    stage.shows(lane, 5)
    stage.source = type(stage.source)()
    stage.play(frame(2))
    stage.shows(lane, 2)
    assert kind.seen[-1] == (2, (2, 1))


def test_a_lane_that_is_replaced_within_a_round_holds_nobody_up(stage: Stage) -> None:
    gate = stage.gate()
    first, other = stage.add(copied, "one"), stage.add(gate, "other")
    lane, _kind = onlooker(stage)
    stage.studio.lock_step = True
    stage.play(frame(1))
    gate.holds(1)
    fresh = stage.studio.replace(other, pipeline(darker, "fresh"))
    for number in range(2, 6):
        stage.play(frame(number))
        stage.shows(first, number)
        stage.shows(fresh, number)
    stage.play(frame(6))
    stage.shows(lane, 6)


def test_what_a_lane_still_finishes_after_it_was_taken_away_is_passed_over(stage: Stage) -> None:
    first, gone = stage.add(copied, "one"), stage.add(copied, "gone")
    lane, _kind = onlooker(stage)
    onlooking = Onlooking()
    onlooking.arrange((first, lane))
    onlooking.finished(gone, frame(1), Failed(frame(1), Text("Too late.", "遅すぎました。")))
    assert onlooking.unknown() == [first]
