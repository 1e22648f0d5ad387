"""What a source can do, and what the studio makes of it."""

from __future__ import annotations

import time

import pytest

from models.errors import SourceError
from models.text import Text
from pipelines.engine.capture import Broken, Live, News
from pipelines.engine.studio import Studio
from pipelines.frame import Frame
from pipelines.sources.source import End, NoSignal
from tests.pipelines.engine.scripted import (
    Gate,
    Knobs,
    LiveSource,
    PlayableSource,
    Stage,
    eventually,
    frame,
    pipeline,
)

SILENT = NoSignal(Text("The cable is out.", "ケーブルが抜けています。"))


def told(stage: Stage, wanted: News | type[Broken]) -> News:
    """Wait for this news."""
    got: list[News] = []

    def look() -> bool:
        stage.collect()
        while (news := stage.studio.news()) is not None:
            got.append(news)
        return bool(got) and (got[-1] == wanted or type(got[-1]) is wanted)

    stage.until(look)
    return got[-1]


def test_frames_reach_every_lane_in_order(stage: Stage) -> None:
    lanes = [stage.add(), stage.add()]
    for number in range(5):
        stage.play(frame(number))
        for lane in lanes:
            stage.shows(lane, number)
    assert [stage.shown(lane) for lane in lanes] == [[0, 1, 2, 3, 4]] * 2


def test_silence_is_told_and_frames_after_it(stage: Stage) -> None:
    lane = stage.add()
    stage.play(frame(0))
    told(stage, Live())
    stage.source.give(SILENT)
    assert told(stage, SILENT) == SILENT
    stage.play(frame(1))
    told(stage, Live())
    stage.shows(lane, 1)


def test_what_stays_the_same_is_told_once(stage: Stage) -> None:
    stage.play()
    stage.source.give(SILENT, SILENT, SILENT)
    told(stage, SILENT)
    stage.source.drained()
    assert stage.studio.news() is None


def test_an_end_is_told_and_the_last_frame_stays_alive(stage: Stage) -> None:
    lane = stage.add()
    stage.play(frame(7))
    stage.shows(lane, 7)
    stage.source.give(End())
    told(stage, End())
    stage.studio.set_parameters(lane, Knobs(level=4))
    stage.until(lambda: len(stage.done(lane)) == 2)
    assert stage.shown(lane) == [7, 7]
    assert stage.done(lane)[1].parameters == Knobs(level=4)


def test_a_film_that_has_ended_can_be_sought(stage: Stage) -> None:
    film = PlayableSource()
    stage.source = film
    lane = stage.add()
    stage.play(frame(99))
    film.give(End())
    told(stage, End())
    stage.clock.advance(1)
    film.seek(12)
    stage.clock.advance(1)
    stage.shows(lane, 12)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (SourceError("The disk is gone.", "ディスクがありません。"), "The disk is gone."),
        (ZeroDivisionError("by nothing"), "ZeroDivisionError: by nothing"),
        (SystemExit(2), "SystemExit: 2"),
    ],
)
def test_a_source_that_raises_is_told_and_the_lanes_live(
    stage: Stage, error: BaseException, words: str
) -> None:
    lane = stage.add()
    stage.play(frame(0))
    stage.shows(lane, 0)
    stage.source.give(error)
    news = told(stage, Broken)
    assert isinstance(news, Broken)
    assert words in news.text.en
    assert news.text.ja
    stage.source = LiveSource()
    stage.play(frame(1))
    stage.shows(lane, 1)


def test_switching_the_source_keeps_the_lanes_and_closes_the_former(stage: Stage) -> None:
    made = pipeline()
    lane = stage.studio.add(made)
    stage.play(frame(0))
    stage.shows(lane, 0)
    former, stage.source = stage.source, LiveSource()
    stage.play(frame(1))
    stage.shows(lane, 1)
    assert stage.studio.lanes == (lane,)
    assert len(made.opened) == 1
    assert former.closed.wait(5)


@pytest.mark.parametrize(
    "late",
    [frame(66), SILENT, End(), SourceError("Too late.", "遅すぎます。")],
    ids=["frame", "silence", "end", "error"],
)
def test_a_former_source_that_hangs_holds_nobody_up_and_is_heard_no_more(
    stage: Stage, late: Frame | NoSignal | End | Exception
) -> None:
    lane = stage.add()
    former = LiveSource(stubborn=True)
    stage.source = former
    stage.play(frame(0))
    stage.shows(lane, 0)
    former.hang()
    stage.source = LiveSource()
    stage.play(frame(1))
    stage.shows(lane, 1)
    assert told(stage, Live()) == Live()
    former.give(late)
    former.let_go()
    assert former.closed.wait(5)
    stage.play(frame(2))
    stage.shows(lane, 2)
    assert stage.shown(lane) == [0, 1, 2]
    assert stage.studio.news() is None


def test_news_of_the_former_source_is_forgotten(stage: Stage) -> None:
    stage.play()
    stage.source.give(SILENT)
    stage.source.drained()
    stage.studio.open(LiveSource())
    assert stage.studio.news() is None


def test_a_source_that_does_not_close_troubles_nobody(stage: Stage) -> None:
    class Stuck(LiveSource):
        def close(self) -> None:
            super().close()
            raise OSError("stuck")

    stage.source = Stuck()
    stage.play(frame(0))
    stage.source.drained()


def test_close_ends_in_two_seconds_whatever_hangs() -> None:
    source, gate, studio = LiveSource(stubborn=True), Gate(), Studio()
    studio.add(pipeline(gate))
    studio.add(pipeline())
    studio.open(source)
    source.give(frame(0))
    gate.holds(0)
    source.hang()
    started = time.monotonic()
    assert studio.close() is False
    assert time.monotonic() - started < 2
    gate.open()
    source.let_go()


def test_what_comes_after_close_wakes_nobody() -> None:
    wakes: list[int] = []
    source, gate = LiveSource(stubborn=True), Gate()
    studio = Studio(lambda: wakes.append(1))
    made = pipeline(gate)
    studio.add(made)
    studio.open(source)
    source.give(frame(0))
    gate.holds(0)
    source.hang()
    assert studio.close() is False
    before = len(wakes)
    source.give(SILENT, frame(1), SourceError("gone", "なし"))
    source.let_go()
    gate.open()
    eventually(lambda: made.closed == [1] and source.closed.is_set())
    assert len(wakes) == before


def test_close_without_anything_and_twice() -> None:
    studio = Studio()
    assert studio.close()
    assert studio.close()
    assert studio.source is None
