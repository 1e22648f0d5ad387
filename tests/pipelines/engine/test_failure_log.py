"""What a log of months keeps of pipelines that fail."""

from __future__ import annotations

import logging

import pytest

from pipelines.engine.failure_log import MOST, FailureLog
from pipelines.engine.lane import REST, Lane
from pipelines.frame import Frame
from pipelines.result import Result
from tests.pipelines.engine.scripted import Act, Knobs, Scripted, Stage, frame, pipeline


class UnspeakableError(Exception):
    """Another package's error that fails even when it is asked for its message."""

    def __str__(self) -> str:
        raise RuntimeError("no words")


@pytest.fixture(autouse=True)
def _everything_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "pipelines.engine")


def tracebacks(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The errors, in words, that were logged with a traceback."""
    return [str(record.exc_info[1]) for record in caplog.records if record.exc_info]


def failing(stage: Stage, lane: Lane, *numbers: int) -> None:
    """The lane fails on each of these frames, each time after its rest."""
    for number in numbers:
        failures = len(stage.failures(lane))
        stage.play(frame(number))
        stage.fails(lane, failures + 1)
        stage.clock.advance(REST)


def says(words: str) -> Act:
    def act(frame: Frame, parameters: Knobs) -> Result:
        raise ValueError(words.format(frame.number))

    return act


def says_elsewhere(frame: Frame, parameters: Knobs) -> Result:
    raise ValueError("always the same")


def test_what_fails_for_ever_is_written_down_once(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    lane = stage.add(says("always the same"))
    failing(stage, lane, *range(8))
    assert tracebacks(caplog) == ["always the same"]
    levels = [record.levelno for record in caplog.records]
    assert levels == [logging.ERROR] + [logging.DEBUG] * 7


def test_another_message_another_type_another_place_are_new(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    def act(frame: Frame, parameters: Knobs) -> Result:
        match frame.number % 4:
            case 0:
                return says_elsewhere(frame, parameters)
            case 1:
                raise ValueError("always the same")
            case 2:
                raise KeyError("always the same")
        raise ValueError("something else")

    lane = stage.add(act)
    failing(stage, lane, *range(12))
    kinds = [record.exc_info[0] for record in caplog.records if record.exc_info]
    assert kinds == [ValueError, ValueError, KeyError, ValueError]


def test_after_a_success_the_same_failure_is_new(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    def act(frame: Frame, parameters: Knobs) -> Result:
        return says("odd")(frame, parameters) if frame.number % 2 else Result(frame.image)  # type: ignore[return-value]

    lane = stage.add(act)
    for number in (0, 2, 4):
        failing(stage, lane, number + 1, number + 1)
        stage.play(frame(number))
        stage.shows(lane, number)
    assert tracebacks(caplog) == ["odd"] * 3


def test_what_fails_in_another_way_each_time_does_not_fill_the_log_either(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    lane = stage.add(says("frame {}"))
    failing(stage, lane, *range(MOST + 10))
    assert tracebacks(caplog) == [f"frame {number}" for number in range(MOST)]
    [last] = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert "no more are written down" in last.getMessage()


def test_each_lane_has_a_log_of_its_own(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    lanes = [stage.studio.add(pipeline(says("the same"), name)) for name in ("one", "other")]
    stage.play(frame(0))
    for lane in lanes:
        stage.fails(lane)
    messages = sorted(record.getMessage() for record in caplog.records)
    assert messages == ["lane one failed: ValueError: the same", "lane other failed: ValueError: the same"]


def test_a_pipeline_that_neither_works_nor_closes_is_written_down_once_for_both(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    class Stuck(Scripted):
        name = "stuck"
        act = staticmethod(says("does not work"))

        def close(self) -> None:
            super().close()
            raise SystemExit("does not close")

    lane = stage.studio.add(Stuck)
    failing(stage, lane, *range(6))
    assert tracebacks(caplog) == ["does not work", "does not close"]
    assert len(Stuck.closed) == 6


def test_an_error_without_words_costs_a_lane_no_more_than_any_other(stage: Stage) -> None:
    def act(frame: Frame, parameters: Knobs) -> Result:
        if frame.number == 0:
            raise UnspeakableError
        return Result(frame.image)

    lane = stage.add(act)
    failing(stage, lane, 0)
    assert "UnspeakableError: ?" in stage.failures(lane)[0].text.en
    stage.play(frame(1))
    stage.shows(lane, 1)


def test_a_message_of_many_lines_is_said_in_one(stage: Stage) -> None:
    lane = stage.add(says("two\n  lines\n"))
    failing(stage, lane, 0)
    assert "(ValueError: two lines)" in stage.failures(lane)[0].text.en


def test_an_error_that_was_never_raised_can_be_written_down(caplog: pytest.LogCaptureFixture) -> None:
    FailureLog("any").failed(ValueError("at hand"))
    assert tracebacks(caplog) == ["at hand"]
