"""How a pipeline does, in its lane and in the column: loading, its device, what went differently."""

from __future__ import annotations

import time

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop import language, theme
from desktop.theme import Theme
from desktop.window.column import Column
from desktop.window.lane_header import LaneHeader
from desktop.window.lane_note import LaneNote
from desktop.window.lane_view import LaneView
from models.text import Text, plain
from pipelines.engine.figures import Summary
from pipelines.engine.outcome import Done, Loading
from pipelines.registry import find
from pipelines.result import Reading, Result
from pipelines.status import Status
from tests.desktop.window.declared import Bare, EverySort, Sketch
from tests.desktop.window.outcomes import done, failed, frame, gradient

pytestmark = pytest.mark.usefixtures("look")
LOADS = Text("It loads what it needs.", "必要なものを読み込んでいます。")
LOST = Text("CUDA failed while it ran, so the CPU goes on.", "CUDA が失敗したため、CPU で続けています。")


@pytest.fixture
def column(qtbot: QtBot) -> Column:
    made = Column(clock=time.perf_counter)
    qtbot.addWidget(made)
    made.resize(made.width(), 900)
    made.show_pipeline(Sketch, EverySort())
    made.show()
    return made


def with_status(view: LaneView, status: Status | None) -> Done:
    return replace(done(gradient(), view.viewport), status=status)


def note(view: LaneView) -> LaneNote:
    (found,) = view.findChildren(LaneNote)
    return found


def words(column: Column) -> list[str]:
    return [label.text() for label in column.findChildren(QLabel) if label.isVisible()]


def test_a_lane_that_loads_says_so_until_it_shows_something(view: LaneView) -> None:
    view.show_outcome(Loading(frame(gradient()), LOADS))
    assert view.accessibleDescription() == f"Loading\n{LOADS.en}"
    language.speak("ja")
    view.retranslate()
    assert view.accessibleDescription() == f"読み込み中\n{LOADS.ja}"
    language.speak("en")
    view.show_outcome(with_status(view, None))
    assert view.accessibleDescription() == ""


def test_a_failure_and_loading_take_each_others_place(view: LaneView) -> None:
    view.show_outcome(Loading(frame(gradient()), LOADS))
    view.show_outcome(failed(gradient()))
    assert "No result" in view.accessibleDescription()
    view.show_outcome(Loading(frame(gradient()), LOADS))
    assert "Loading" in view.accessibleDescription()
    view.show_pipeline(find("dog"))
    assert view.accessibleDescription() == ""


def test_what_went_differently_stands_on_the_picture_and_goes_again(view: LaneView) -> None:
    view.show_outcome(with_status(view, Status(notice=LOST)))
    assert note(view).isVisible()
    assert note(view).words() == view.accessibleDescription() == LOST.en
    view.show_outcome(with_status(view, Status()))
    assert not note(view).isVisible()
    view.show_outcome(with_status(view, Status(notice=LOST)))
    view.show_outcome(failed(gradient()))
    assert not note(view).isVisible(), "the trouble is said instead"
    view.show_outcome(with_status(view, Status(notice=LOST)))
    assert note(view).isVisible()
    view.forget_picture()
    assert not note(view).isVisible()


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", [(640, 360), (300, 240)])
def test_a_note_covers_neither_the_name_nor_the_figures(
    view: LaneView, look: QApplication, scale: float, size: tuple[int, int]
) -> None:
    theme.apply(look, Theme(scale=scale))
    view.resize(*size)
    view.show_outcome(with_status(view, Status(notice=LOST)))
    view.show_figures(Summary(30, 11.8, 14, 19), 0)
    QApplication.processEvents()
    placed = note(view).geometry()
    assert view.rect().contains(placed)
    assert not placed.intersects(view.figures.geometry())
    assert not placed.intersects(view._header.geometry())


def test_the_figures_name_the_device_behind_its_milliseconds(view: LaneView) -> None:
    view.show_outcome(with_status(view, Status(plain("CUDA FP16"))))
    view.show_figures(Summary(30.2, 1.84, 2.0, 9.3), 0)
    assert view.figures.words() == "30 fps  1.8 ms  CUDA FP16  age 9 ms  0 dropped  p95 2.0 ms"
    assert "computed on CUDA FP16" in view.figures.toolTip()
    view.show_outcome(with_status(view, None))
    view.show_figures(Summary(30.2, 1.84, 2.0, 9.3), 0)
    assert view.figures.words() == "30 fps  1.8 ms  age 9 ms  0 dropped  p95 2.0 ms"


def test_the_column_says_where_it_computes_how_that_was_chosen_and_how_long_its_parts_took(
    column: Column,
) -> None:
    result = Result(np.zeros((4, 4), np.uint8), readings=(Reading("found", plain("Found"), 2),))
    measured = Text("Measured on this machine: CUDA 1.5 ms, CPU 11.2 ms.", "測定結果：CUDA 1.5 ms。")
    network = Reading("network", plain("Network"), 1.52, "ms", 1)
    column.show_result(result, 2.0, Status(plain("CUDA"), measured, (network,)))
    shown = words(column)
    for expected in ("Found", "2", "Network", "1.5 ms", "Computed on CUDA", measured.en):
        assert expected in shown
    language.speak("ja")
    column.findChild(QLabel)
    for part in column.findChildren(type(column._device)):
        part.retranslate()
    assert "CUDA で計算" in words(column)
    assert measured.ja in words(column)
    language.speak("en")


def test_a_pipeline_without_a_choice_says_nothing_of_it(column: Column) -> None:
    result = Result(np.zeros((4, 4), np.uint8))
    column.show_result(result, 2.0, Status(plain("CUDA")))
    column._pause.stop()
    column.show_result(result, 2.0)
    assert not any("Computed on" in said for said in words(column))
    column.show_result(result, 2.0, Status(plain("CUDA")))
    column.show_pipeline(Bare, Bare.parameters())
    assert not any("Computed on" in said for said in words(column))


def test_what_a_lane_runs_stands_beside_its_name_in_both_languages(view: LaneView) -> None:
    view.show_outcome(with_status(view, Status(subject=Text("Ten kinds of things", "10 種類のもの"))))
    assert view._header._detail == "Ten kinds of things"
    assert "(Ten kinds of things)" in view._header.accessibleName()
    language.speak("ja")
    view.retranslate()
    assert view._header._detail == "10 種類のもの"
    view.show_outcome(with_status(view, Status()))
    assert view._header._detail == ""


def test_a_name_that_leaves_no_room_is_shown_without_what_it_runs(qtbot: QtBot) -> None:
    header = LaneHeader()
    qtbot.addWidget(header)
    header.show_name("Feature maps")
    header.resize(header.sizeHint())
    alone = header.grab().toImage()
    header.show_name("Feature maps", "Ten kinds of things")
    assert header.grab().toImage() == alone
    header.resize(header.sizeHint())
    assert header.width() > alone.width()
    shown = header.grab().toImage()
    header.show_name("Feature maps", "Ten kinds of thangs")
    assert header.grab().toImage() != shown
