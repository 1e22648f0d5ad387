"""Distortions between the source and the lanes: live, on a still picture, in step, and when they fail."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from msgspec.structs import replace

from pipelines.distortions import Distortions, distort
from pipelines.engine import distorting
from pipelines.engine.lane import Lane
from pipelines.engine.outcome import Done
from pipelines.frame import Frame
from pipelines.sources.source import End
from tests.pipelines.engine.scripted import DEADLINE, LiveSource, Stage, eventually, frame

TURNED = Distortions(rotation=90.0)
NEGATIVE = Distortions(invert=True)


def uneven(number: int = 0) -> Frame:
    """A square picture that looks different whichever way it is turned."""
    image = np.arange(6 * 6 * 3, dtype=np.uint8).reshape(6, 6, 3)
    return Frame.of(image, number, 7.0 + number)


def shows_distorted(stage: Stage, lane: Lane, wanted: Distortions, plain: Frame) -> None:
    """Wait until this is the last that the lane has shown."""
    expected = distort(plain, wanted).image

    def there() -> bool:
        done = stage.done(lane)
        return bool(done) and np.array_equal(done[-1].frame.image, expected)

    stage.until(there)


def frozen_on(stage: Stage, plain: Frame, *lanes: Lane) -> None:
    stage.play(plain)
    for lane in lanes:
        stage.shows(lane, plain.number)
    stage.studio.freeze(True)


class Held:
    """Stands in for `distort`, and waits in it until the test lets it go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.entered = threading.Event()
        self.go_on = threading.Event()
        monkeypatch.setattr(distorting, "distort", self)

    def __call__(self, frame: Frame, distortions: Distortions) -> Frame:
        if not distortions.neutral and not self.go_on.is_set():
            self.entered.set()
            assert self.go_on.wait(DEADLINE)
        return distort(frame, distortions)


def test_all_lanes_get_one_distorted_frame_with_its_number_and_time(stage: Stage) -> None:
    lanes = [stage.add() for _ in range(4)]
    stage.studio.distortions = TURNED
    stage.play(uneven(3))
    for lane in lanes:
        shows_distorted(stage, lane, TURNED, uneven(3))
    first, *others = (stage.done(lane)[-1].frame for lane in lanes)
    assert all(other is first for other in others), "distorted once"
    assert (first.number, first.captured) == (3, 10.0)


def test_without_distortions_the_lanes_get_the_frame_itself(stage: Stage) -> None:
    lane, plain = stage.add(), frame(4)
    stage.play(plain)
    stage.shows(lane, 4)
    assert stage.done(lane)[0].frame is plain


@pytest.mark.parametrize("lock_step", [False, True])
@pytest.mark.parametrize("how", ["frozen", "ended"])
def test_on_a_still_picture_each_change_starts_from_the_untouched_one(
    stage: Stage, how: str, lock_step: bool
) -> None:
    stage.studio.lock_step = lock_step
    lanes, plain = [stage.add(), stage.add()], uneven(5)
    if how == "frozen":
        frozen_on(stage, plain, *lanes)
    else:
        stage.play(plain)
        stage.source.give(End())
        eventually(lambda: isinstance(stage.studio.news(), End))
    for wanted in (TURNED, NEGATIVE, TURNED, Distortions()):
        stage.studio.distortions = wanted
        for lane in lanes:
            shows_distorted(stage, lane, wanted, plain)
    assert {number for lane in lanes for number in stage.shown(lane)} == {5}
    assert all(done.frame.captured == 12.0 for lane in lanes for done in stage.done(lane))
    if lock_step:
        for batch in stage.batches:
            outcomes = [outcome for _, outcome in batch if isinstance(outcome, Done)]
            assert len(outcomes) == 2
            assert outcomes[0].frame is outcomes[1].frame


def test_live_they_wait_for_the_next_frame(stage: Stage) -> None:
    lane = stage.add()
    stage.play(uneven(0))
    stage.shows(lane, 0)
    stage.studio.distortions = NEGATIVE
    for _ in range(3):
        stage.watched()
    stage.play(uneven(1))
    shows_distorted(stage, lane, NEGATIVE, uneven(1))
    assert stage.shown(lane) == [0, 1]


@pytest.mark.parametrize("how", ["frozen", "ended"])
def test_what_is_changed_just_before_the_picture_stands_still_takes_effect(stage: Stage, how: str) -> None:
    lane, plain = stage.add(), uneven(2)
    stage.play(plain)
    stage.shows(lane, 2)
    stage.studio.distortions = NEGATIVE
    if how == "frozen":
        stage.studio.freeze(True)
    else:
        stage.source.give(End())
        eventually(lambda: isinstance(stage.studio.news(), End))
        stage.watched()
    shows_distorted(stage, lane, NEGATIVE, plain)


def test_while_a_slider_moves_no_frame_counts_as_dropped(stage: Stage) -> None:
    gate = stage.gate()
    slow, quick, plain = stage.add(gate), stage.add(), uneven()
    gate.pass_one()
    frozen_on(stage, plain, slow, quick)
    for degrees in range(10, 100, 10):
        wanted = Distortions(rotation=float(degrees))
        stage.studio.distortions = wanted
        shows_distorted(stage, quick, wanted, plain)
    gate.open()
    shows_distorted(stage, slow, TURNED, plain)
    assert stage.studio.dropped(slow) == stage.studio.dropped(quick) == 0


def test_they_stay_with_a_new_source(stage: Stage) -> None:
    lane = stage.add()
    stage.studio.distortions = NEGATIVE
    frozen_on(stage, frame(0), lane)
    stage.source = LiveSource()
    stage.play(uneven(1))
    shows_distorted(stage, lane, NEGATIVE, uneven(1))


def test_before_there_is_a_picture_they_are_only_remembered(stage: Stage) -> None:
    stage.studio.distortions = TURNED
    assert stage.studio.distortions == TURNED
    assert stage.studio.trouble is None


# --- a picture that takes its time


def test_a_frame_that_comes_meanwhile_is_not_replaced_by_a_former_one(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    lane = stage.add()
    frozen_on(stage, uneven(0), lane)
    held = Held(monkeypatch)
    stage.studio.distortions = NEGATIVE
    assert held.entered.wait(DEADLINE)
    monkeypatch.setattr(distorting, "distort", distort)
    stage.studio.step()
    stage.play(uneven(1))
    shows_distorted(stage, lane, NEGATIVE, uneven(1))
    held.go_on.set()
    stage.studio.distortions = TURNED
    shows_distorted(stage, lane, TURNED, uneven(1))
    assert stage.shown(lane) == [0, 1, 1]


def test_the_window_does_not_wait_and_a_freeze_meanwhile_holds(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    lane = stage.add()
    stage.play(uneven(0))
    stage.shows(lane, 0)
    held = Held(monkeypatch)
    stage.studio.distortions = NEGATIVE
    stage.play(uneven(1))
    assert held.entered.wait(DEADLINE)
    stage.studio.freeze(True)
    stage.studio.add(lane.pipeline)
    held.go_on.set()
    shows_distorted(stage, lane, NEGATIVE, uneven(0))
    assert 1 not in stage.shown(lane)


def test_of_a_source_that_was_left_nothing_comes(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    lane = stage.add()
    frozen_on(stage, uneven(0), lane)
    held = Held(monkeypatch)
    stage.studio.distortions = NEGATIVE
    assert held.entered.wait(DEADLINE)
    stage.source = LiveSource()
    stage.play()
    held.go_on.set()
    stage.play(uneven(9))
    shows_distorted(stage, lane, NEGATIVE, uneven(9))
    assert stage.shown(lane) == [0, 9]


# --- failures


def wide() -> Frame:
    """Wider than OpenCV can turn."""
    return Frame.of(np.full((2, 40_000, 3), 90, np.uint8), 0, 0.0)


def test_what_cannot_be_distorted_is_shown_as_it_is_and_told(stage: Stage) -> None:
    lane = stage.add()
    stage.studio.distortions = TURNED
    stage.play(wide())
    stage.shows(lane, 0)
    assert stage.done(lane)[0].frame.image.shape == (2, 40_000, 3)
    trouble = stage.studio.trouble
    assert trouble
    assert "shown as it is" in trouble.en
    assert "元のまま" in trouble.ja
    stage.play(uneven(1))
    shows_distorted(stage, lane, TURNED, uneven(1))
    assert stage.studio.trouble is None


def test_trouble_is_written_down_once(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    lane = stage.add()
    stage.studio.distortions = TURNED
    for number in range(3):
        stage.play(replace(wide(), number=number))
        stage.shows(lane, number)
    assert len([record for record in caplog.records if record.exc_info]) == 1


def test_trouble_on_a_still_picture_wakes_the_window_and_goes_with_the_distortion(stage: Stage) -> None:
    stage.play(wide())
    stage.source.drained()
    stage.studio.freeze(True)
    stage.studio.news()
    for wanted, told in ((TURNED, True), (Distortions(), False)):
        stage.collect()
        before = stage.wakes
        stage.studio.distortions = wanted
        eventually(lambda before=before: stage.wakes == before + 1)  # type: ignore[misc]
        assert bool(stage.studio.trouble) is told
