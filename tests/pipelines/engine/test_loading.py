"""A pipeline that loads for long: its lane says so, and nobody takes it for hung; and how it does."""

from __future__ import annotations

from typing import ClassVar

import pytest

from models.errors import ModelError
from models.text import Text, plain
from pipelines.engine.hanging import HANG, LOAD, TELL
from pipelines.engine.lane import Lane
from pipelines.engine.outcome import Loading
from pipelines.engine.studio import WATCH
from pipelines.frame import Frame
from pipelines.result import Reading, Result
from pipelines.status import Status
from tests.pipelines.engine.scripted import Gate, Knobs, Scripted, Stage, frame

HUNG = "has not answered"


class Loads(Scripted):
    """Waits at the gate of its level before it is ready for its parameters."""

    name = "loads"
    gates: ClassVar[list[Gate]] = []
    prepared: ClassVar[list[int]] = []
    opens_at: ClassVar[Gate | None] = None

    def open(self, threads: int) -> None:
        super().open(threads)
        if self.opens_at:
            self.opens_at(frame(), Knobs())

    def prepare(self, parameters: Knobs) -> None:
        self.prepared.append(parameters.level)
        self.gates[parameters.level](frame(), parameters)


@pytest.fixture
def loads(stage: Stage) -> type[Loads]:
    class Fresh(Loads):
        gates: ClassVar[list[Gate]] = [stage.gate() for _ in range(3)]
        prepared: ClassVar[list[int]] = []

    return Fresh


def begun(stage: Stage, loads: type[Loads], level: int = 0) -> Lane:
    """A lane that has begun to load."""
    lane = stage.studio.add(loads, Knobs(level=level))
    stage.play(frame(1))
    stage.until(lambda: len(loads.gates[level].entered) == 1)
    return lane


def loading(stage: Stage, lane: Lane) -> list[Loading]:
    return [outcome for outcome in stage.outcomes(lane) if isinstance(outcome, Loading)]


def test_a_lane_that_loads_says_so_once_and_then_shows(stage: Stage, loads: type[Loads]) -> None:
    lane = begun(stage, loads)
    stage.watched(TELL + WATCH)
    stage.until(lambda: len(loading(stage, lane)) == 1)
    for _ in range(3):
        stage.watched()
    stage.collect()
    (told,) = loading(stage, lane)
    assert "loads what it needs" in told.text.en
    assert "読み込んでいます" in told.text.ja
    loads.gates[0].open()
    stage.shows(lane, 1)
    assert loads.prepared == [0]


def test_what_is_there_soon_is_not_worth_a_word(stage: Stage, loads: type[Loads]) -> None:
    lane = begun(stage, loads)
    stage.watched(TELL / 2)
    loads.gates[0].open()
    stage.shows(lane, 1)
    assert not loading(stage, lane)


def test_it_is_not_hung_before_its_patience_for_loading_is_over(stage: Stage, loads: type[Loads]) -> None:
    lane = begun(stage, loads)
    stage.watched(LOAD - 1)
    stage.until(lambda: bool(loading(stage, lane)))
    assert not stage.failures(lane)
    stage.watched(1)
    assert HUNG in stage.fails(lane).text.en


def test_opening_has_the_same_patience(stage: Stage, loads: type[Loads]) -> None:
    gate = loads.opens_at = stage.gate()
    loads.gates[0].open()
    lane = stage.studio.add(loads)
    stage.play(frame(1))
    stage.until(lambda: len(gate.entered) == 1)
    stage.watched(HANG + 1)
    stage.until(lambda: bool(loading(stage, lane)))
    assert not stage.failures(lane)
    gate.open()
    stage.shows(lane, 1)


def test_the_patience_for_a_frame_begins_after_it_has_loaded(
    stage: Stage, loads: type[Loads], monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = stage.gate()
    monkeypatch.setattr(loads, "act", staticmethod(frames))
    lane = begun(stage, loads)
    stage.watched(HANG + 2)
    loads.gates[0].open()
    frames.holds(1)
    stage.watched(HANG - 1)
    stage.collect()
    assert not stage.failures(lane)
    stage.watched(1)
    assert HUNG in stage.fails(lane).text.en


def test_new_parameters_are_loaded_before_they_are_used_and_only_once(
    stage: Stage, loads: type[Loads]
) -> None:
    lane = begun(stage, loads)
    loads.gates[0].open()
    stage.shows(lane, 1)
    stage.play(frame(2))
    stage.shows(lane, 2)
    stage.studio.set_parameters(lane, Knobs(level=2))
    stage.play(frame(3))
    stage.until(lambda: len(loads.gates[2].entered) == 1)
    stage.watched(TELL + WATCH)
    stage.until(lambda: bool(loading(stage, lane)))
    loads.gates[2].open()
    stage.shows(lane, 3)
    assert loads.prepared == [0, 2]
    assert [done.parameters for done in stage.done(lane)][-1] == Knobs(level=2)


def test_in_lock_step_nobody_waits_for_it(stage: Stage, loads: type[Loads]) -> None:
    fast = stage.add()
    stage.studio.lock_step = True
    lane = begun(stage, loads)
    stage.watched(TELL + WATCH)
    stage.shows(fast, 1)
    stage.play(frame(2))
    stage.shows(fast, 2)
    loads.gates[0].open()
    stage.play(frame(3))
    stage.shows(lane, 3)


def test_what_cannot_be_loaded_is_said(stage: Stage, loads: type[Loads]) -> None:
    def refuse(frame: Frame, parameters: Knobs) -> Result:
        raise ModelError("It is not there.", "ありません。")

    loads.gates[0] = refuse  # type: ignore[call-overload]
    lane = stage.studio.add(loads)
    stage.play(frame(1))
    assert stage.fails(lane).text == Text("It is not there.", "ありません。")


# --- how it does


class Tells(Scripted):
    name = "tells"
    says: ClassVar[object] = None

    def status(self) -> Status | None:
        return self.says  # type: ignore[return-value] # nonsense is meant


@pytest.mark.parametrize(
    "said",
    [
        None,
        Status(plain("CPU"), readings=(Reading("network", plain("ms"), 3.5, "ms", 1),)),
        Status(notice=Text("It went wrong.", "うまくいきませんでした。")),
    ],
    ids=["nothing", "device", "notice"],
)
def test_how_it_does_comes_with_what_it_did(stage: Stage, said: Status | None) -> None:
    lane = stage.studio.add(type("Says", (Tells,), {"says": said}))
    stage.play(frame(1))
    stage.shows(lane, 1)
    assert stage.done(lane)[0].status == said


@pytest.mark.parametrize(
    "nonsense",
    ["fine", Status("CPU"), Status(readings=(1,)), Status(notice=3)],  # type: ignore[arg-type]
    ids=["words", "device", "readings", "notice"],
)
def test_what_is_no_status_is_left_out_and_the_picture_stays(stage: Stage, nonsense: object) -> None:
    lane = stage.studio.add(type("Says", (Tells,), {"says": nonsense}))
    stage.play(frame(1))
    stage.shows(lane, 1)
    assert stage.done(lane)[0].status is None
