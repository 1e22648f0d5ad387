"""One detector of the two: how it is set, timed, left alone after a failure, and tried again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.text import Text
from pipelines.contest import side as module
from pipelines.contest.side import Found, Settings, Side, detectors, settled, strictened
from pipelines.registry import discover
from pipelines.result import Box
from pipelines.status import Status
from tests.pipelines.contest.scenes import BROKEN, Told, blank, finder, told
from tests.pipelines.sources.hand_clock import HandClock

FIRST = Settings("one", 0.0, 64)


@pytest.fixture
def one(monkeypatch: pytest.MonkeyPatch) -> type[Told]:
    made = told("one", (10, 10, 20, 20))
    monkeypatch.setattr(module, "find", finder(made, told("other")))
    return made


@pytest.fixture
def side() -> Side:
    made = Side(HandClock())
    made.open(3)
    return made


def test_every_pipeline_that_detects_can_be_chosen_but_the_contest_itself() -> None:
    expected = {name for name, each in discover().items() if each.detects} - {"versus"}
    assert set(detectors()) == expected
    assert {"haar-faces", "cnn-faces"} <= expected
    assert detectors()["haar-faces"] == discover()["haar-faces"].title


@pytest.mark.parametrize(("percent", "expected"), [(0, 2), (-100, 0), (100, 10), (-50, 1), (25, 4)])
def test_strictness_goes_from_the_least_over_the_detectors_own_to_the_greatest(
    percent: float, expected: float
) -> None:
    assert strictened(Told.parameters.spec("threshold"), percent) == pytest.approx(expected)


@pytest.mark.parametrize(("asked", "given"), [(16, 32), (160, 160), (1920, 320)])
def test_a_working_size_is_brought_within_what_the_detector_takes(asked: int, given: int) -> None:
    assert settled(told("one"), Settings("one", 0.0, asked)) == Told.parameters(long_side=given)


def test_it_finds_with_its_own_threshold(one: type[Told], side: Side) -> None:
    found = side.look(blank(), FIRST)
    assert isinstance(found, Found)
    assert [box.box for box in found.boxes] == [(10, 10, 20, 20)]
    assert found.threshold == 2.0
    assert one.opened == [3]
    strict = side.look(blank(), Settings("one", 60.0, 64))
    assert isinstance(strict, Found)
    assert strict.boxes == ()
    assert one.used_with[-1].threshold == pytest.approx(6.8)
    assert one.opened == [3], "another threshold needs no other detector"


def test_its_time_is_measured_and_the_median_of_the_last_ones_shown(
    one: type[Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = HandClock()
    side = Side(clock)
    times = iter([0.004, 0.1, 0.006])

    def process(self: Told, *given: object) -> object:
        clock.time += next(times)
        return Told.process(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(one, "process", process)
    found = [side.look(blank(number), FIRST) for number in range(3)]
    assert [round(each.milliseconds) for each in found if isinstance(each, Found)] == [4, 100, 6]
    assert isinstance(found[-1], Found)
    assert found[-1].usual == pytest.approx(6.0)


def test_boxes_are_in_pixels_of_the_frame_whatever_picture_comes_back(one: type[Told], side: Side) -> None:
    one.shrinks = 2
    found = side.look(blank(), FIRST)
    assert isinstance(found, Found)
    assert found.boxes[0].box == (20, 20, 40, 40)


def test_a_box_without_an_area_is_none(one: type[Told], side: Side) -> None:
    one.boxes = (Box((5, 5, 0, 10), "face", 5.0), Box((5, 5, 10, 10), "face", 5.0))
    found = side.look(blank(), FIRST)
    assert isinstance(found, Found)
    assert len(found.boxes) == 1


def test_a_failure_is_one_sentence_and_it_rests_for_two_seconds(one: type[Told], side: Side) -> None:
    one.raises = BROKEN
    answers = [side.look(blank(captured=when), FIRST) for when in (0.0, 0.5, 1.9)]
    assert answers == [BROKEN.text] * 3
    assert len(one.used_with) == 1
    assert one.closed == 1
    one.raises = None
    assert isinstance(side.look(blank(captured=2.5), FIRST), Found)
    assert one.opened == [3, 3], "its state could not be trusted"


def test_it_is_tried_again_at_once_with_other_settings(one: type[Told], side: Side) -> None:
    one.raises = BROKEN
    side.look(blank(captured=0.0), FIRST)
    one.raises = None
    assert isinstance(side.look(blank(captured=0.1), Settings("one", 5.0, 64)), Found)


def test_a_mistake_of_the_detector_is_said_in_plain_words(one: type[Told], side: Side) -> None:
    one.raises = ZeroDivisionError("by nothing")
    answer = side.look(blank(), FIRST)
    assert isinstance(answer, Text)
    assert answer.en.startswith("One failed on this picture")
    assert "by nothing" in answer.ja


def test_nonsense_is_refused_as_in_a_lane(
    one: type[Told], side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    nonsense: Callable[..., object] = lambda *given: "no result"  # noqa: E731
    monkeypatch.setattr(one, "process", nonsense)
    assert isinstance(side.look(blank(), FIRST), Text)


def test_one_that_cannot_run_here_says_why_and_is_not_opened(one: type[Told], side: Side) -> None:
    one.unavailable = Text("There is no network.", "ネットワークがありません。")
    assert side.look(blank(), FIRST) == one.unavailable
    assert one.opened == []


def test_what_cannot_be_loaded_is_said_when_it_shall_look_and_tried_again_later(
    one: type[Told], side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prepare(self: Told, parameters: object) -> None:
        raise BROKEN

    monkeypatch.setattr(one, "prepare", prepare)
    side.prepare(FIRST)
    assert side.look(blank(captured=10.0), FIRST) == BROKEN.text
    assert side.look(blank(captured=11.5), FIRST) == BROKEN.text
    assert isinstance(side.look(blank(captured=12.5), FIRST), Found)


def test_one_that_goes_on_with_another_network_than_it_is_named_for_counts_for_nothing(
    one: type[Told], side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one, "state", Status(refused=BROKEN))
    assert side.look(blank(captured=10.0), FIRST) == BROKEN.text
    monkeypatch.setattr(one, "state", Status())
    assert side.look(blank(captured=11.5), FIRST) == BROKEN.text
    assert isinstance(side.look(blank(captured=12.5), FIRST), Found)


def test_one_that_cannot_run_here_is_not_prepared(one: type[Told], side: Side) -> None:
    one.unavailable = Text("There is no network.", "ネットワークがありません。")
    side.prepare(FIRST)
    assert one.prepared == 0
    assert side.look(blank(), FIRST) == one.unavailable


def test_a_status_that_fails_is_none(one: type[Told], side: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    def status(self: Told) -> None:
        raise ZeroDivisionError

    assert side.status() is None
    side.look(blank(), FIRST)
    monkeypatch.setattr(one, "status", status)
    assert side.status() is None


def test_another_detector_takes_its_place(one: type[Told], side: Side) -> None:
    side.look(blank(), FIRST)
    assert isinstance(side.look(blank(), Settings("other", 0.0, 64)), Found)
    assert one.closed == 1


def test_closing_twice_closes_once(one: type[Told], side: Side) -> None:
    side.look(blank(), FIRST)
    side.close()
    side.close()
    assert one.closed == 1
