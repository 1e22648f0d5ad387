"""The column shows what belongs to one lane: words, parameters, figures, curves and time."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsView, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop import language, theme
from desktop.theme import Theme
from desktop.window.axis import calm, ceiling
from desktop.window.column import Column
from desktop.window.comparison import ComparisonTable
from desktop.window.controls.switch import Switch
from desktop.window.plot import PlotView, pen
from desktop.window.sections import written
from desktop.window.timing import Timing, Trace
from models.text import Text
from pipelines.pipeline import Nothing
from pipelines.result import Comparison, Curve, Key, Plot, Reading, Result, Row
from tests.desktop.window.declared import Bare, EverySort, Sketch

pytestmark = pytest.mark.usefixtures("look")
PICTURE = np.zeros((4, 4), np.uint8)


class Hands:
    """A clock that stands until it is set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def column(qtbot: QtBot, hands: Hands) -> Column:
    made = Column(clock=hands)
    qtbot.addWidget(made)
    made.resize(made.width(), 700)
    made.show_pipeline(Sketch, EverySort())
    made.show()
    return made


def words(column: QWidget) -> list[str]:
    return [label.text() for label in column.findChildren(QLabel) if label.isVisible()]


def result(value: float = 3, plot: Plot | None = None) -> Result:
    return Result(
        PICTURE,
        readings=(
            Reading("faces", Text("Faces", "顔"), value),
            Reading("edge", Text("Edges", "輪郭"), 12.34, "%", 1),
        ),
        legend=(Key(Text("Brighter", "明るい"), (255, 159, 67)),),
        plot=plot,
    )


def curves(scale: float = 1.0) -> Plot:
    x = np.linspace(0.0, 1.0, 20)
    return Plot(
        Text("Answer", "応答"),
        Text("angle", "角度"),
        (
            Curve(Text("ours", "本手法"), x, scale * x),
            Curve(Text("theirs", "他手法"), x, scale * (1 - x), "second"),
        ),
    )


def test_the_pipeline_is_explained_in_the_language_spoken(column: Column) -> None:
    assert words(column)[:2] == ["Sketch", "One sees lines. They matter."]
    language._current = "ja"
    QApplication.sendEvent(column, QEvent(QEvent.Type.LanguageChange))
    assert words(column)[:2] == ["素描", "線が見えます。大切なものです。"]


def test_the_citation_can_be_copied(column: Column) -> None:
    citation = next(label for label in column.findChildren(QLabel) if label.text() == Sketch.citation)
    assert citation.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_an_edit_leaves_the_column_as_a_whole_set(column: Column) -> None:
    told: list[object] = []
    column.parameters_edited.connect(told.append)
    QTest.keyClick(column.findChildren(Switch)[0].field(), Qt.Key.Key_Space)
    assert told == [EverySort(signed=True)]


def test_figures_and_the_key_to_the_colours_are_written(column: Column) -> None:
    column.show_result(result(), 2.0)
    shown = words(column)
    for expected in ("Faces", "3", "Edges", "12.3 %", "Brighter", "median 2.0 ms"):
        assert expected in shown


def test_figures_are_written_at_most_four_times_a_second(column: Column, hands: Hands) -> None:
    for number in range(30):
        hands.now = number / 30
        column.show_result(result(number), float(number))
    assert "0" in words(column)
    assert "29" not in words(column)
    assert column._pause.interval() == 250
    column._pause.timeout.emit()
    assert "29" in words(column)
    assert "median 14.5 ms" in words(column)


def test_another_pipeline_forgets_what_the_former_measured(column: Column) -> None:
    column.show_result(result(plot=curves()), 2.0)
    column.show_pipeline(Bare, Nothing())
    assert words(column) == ["Bare", "Nothing to set. It shows.", "-"]
    assert not column._pause.isActive()


def test_the_same_pipeline_with_other_parameters_keeps_them(column: Column) -> None:
    column.show_result(result(), 2.0)
    column.show_pipeline(Sketch, EverySort(sigma=2.0))
    assert "Faces" in words(column)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_no_word_is_cut_at_any_text_size(look: QApplication, column: Column, scale: float) -> None:
    theme.apply(look, Theme(scale=scale))
    column.show_result(result(), 2.0)
    QApplication.processEvents()
    assert column.width() == round(330 * scale)
    for label in (label for label in column.findChildren(QLabel) if label.isVisible() and label.text()):
        needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        assert label.height() >= needed, label.text()
        if not label.wordWrap():
            assert label.width() >= label.sizeHint().width(), label.text()


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        (Reading("n", Text("n", "n"), 1234567), "1,234,567"),
        (Reading("a", Text("a", "a"), 45, "°"), "45°"),
        (Reading("t", Text("t", "t"), 1.25, "ms", 1), "1.2 ms"),
        (Reading("x", Text("x", "x"), float("nan"), "px"), "–"),
    ],
)
def test_a_reading_is_written_with_its_digits_and_unit(reading: Reading, expected: str) -> None:
    assert written(reading) == expected


def test_the_time_of_a_picture_is_kept_for_20_seconds(qtbot: QtBot) -> None:
    timing = Timing()
    qtbot.addWidget(timing)
    timing.add(0.0, 1000.0)
    for number in range(21):
        timing.add(1.0 + number, 5.0)
    timing.refresh()
    trace = timing.findChild(Trace)
    assert trace is not None
    assert trace.top() == 5.0
    assert "median 5.0 ms" in [label.text() for label in timing.findChildren(QLabel)]


@pytest.mark.parametrize(("value", "end"), [(0, 1), (0.3, 0.5), (1, 1), (12.6, 20), (99, 100), (0.02, 0.02)])
def test_an_axis_ends_on_a_round_number(value: float, end: float) -> None:
    assert ceiling(value) == pytest.approx(end)


def test_an_axis_rises_at_once_and_falls_only_when_mostly_empty() -> None:
    assert calm(50, 51) == 100
    assert calm(50, 20) == 50
    assert calm(50, 9) == 10


def plot_ready(qtbot: QtBot) -> PlotView:
    view = PlotView()
    qtbot.addWidget(view)
    view.show_plot(curves())
    qtbot.waitUntil(lambda: bool(view.findChildren(QGraphicsView)), timeout=20_000)
    return view


def test_curves_appear_with_their_key_in_colour_and_in_line(qtbot: QtBot) -> None:
    view = plot_ready(qtbot)
    view.resize(300, 300)
    view.show()
    assert view._canvas is not None
    for drawn, curve in zip(view._canvas._curves, curves().curves, strict=True):
        np.testing.assert_allclose(drawn.getData()[1], curve.y)
    assert {"Answer", "ours", "theirs"} <= set(words(view))
    assert pen("first").style() == Qt.PenStyle.SolidLine
    assert pen("second").style() == Qt.PenStyle.DashLine
    assert pen("first").color() != pen("second").color()


def test_curves_that_change_with_every_picture_come_all_the_same(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = PlotView()
    qtbot.addWidget(view)
    view.show_plot(curves())
    put_off: list[bool] = []
    monkeypatch.setattr(view._coming, "start", lambda: put_off.append(True))
    for number in range(3):
        view.show_plot(curves(float(number + 2)))
    assert put_off == []
    qtbot.waitUntil(lambda: bool(view.findChildren(QGraphicsView)), timeout=20_000)


def test_curves_stay_as_low_as_they_are_asked_to_however_large_the_text(
    look: QApplication, qtbot: QtBot
) -> None:
    view = plot_ready(qtbot)
    assert view._canvas is not None
    usual = view._canvas.widget.height()
    view.keep_within(90)
    theme.apply(look, Theme(scale=2.0))
    assert view._canvas.widget.maximumHeight() == 90 < usual


def test_unchanged_curves_are_not_drawn_again(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    view = plot_ready(qtbot)
    assert view._canvas is not None
    draws: list[Plot] = []
    monkeypatch.setattr(view._canvas, "draw", draws.append)
    view.show_plot(curves())
    assert draws == []
    view.show_plot(curves(2.0))
    assert len(draws) == 1


def test_a_plot_follows_the_theme_and_lets_the_wheel_through(look: QApplication, qtbot: QtBot) -> None:
    view = plot_ready(qtbot)
    assert view._canvas is not None
    assert view._canvas.widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    theme.apply(look, Theme(dark=False))
    drawn = view._canvas._curves[0].opts["pen"]
    assert drawn.color() == Theme(dark=False).colour("accent")


def test_pyqtgraph_is_not_imported_before_a_plot_is_shown() -> None:
    code = "import sys, desktop.window.column; sys.exit('pyqtgraph' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0


def compared(value: float = 2, *, trouble: Text | None = None) -> Result:
    rows = (
        Row(Text("In this picture", "この画像での検出"), value, 1234),
        Row(Text("Time", "時間"), None, 6.25, "ms", 1),
    )
    named = Text("CNN", "CNN"), Text("Haar cascade", "Haar カスケード")
    comparison = Comparison(*named, rows, (trouble, None), Text("Labelled", "正解"))
    return Result(PICTURE, plot=curves(), comparison=comparison)


def test_two_things_are_compared_under_their_colours(column: Column) -> None:
    column.show_result(compared(trouble=Text("It is not here.", "ありません。")), 2.0)
    shown = words(column)
    for expected in ("CNN", "Haar cascade", "Labelled", "It is not here.", "2", "1,234", "–", "6.2 ms"):
        assert expected in shown
    assert colour_of(column, "2") == Theme().colour("accent")
    assert colour_of(column, "1,234") == Theme().colour("second")


def colour_of(column: Column, text: str) -> QColor:
    label = next(label for label in column.findChildren(QLabel) if label.text() == text)
    return label.palette().color(label.foregroundRole())


def test_what_came_out_of_a_comparison_stands_before_what_can_be_set(column: Column) -> None:
    plot = column.findChild(PlotView)
    assert plot is not None
    column.show_result(result(plot=curves()), 2.0)
    QApplication.processEvents()
    assert plot.y() > column.panel.y()
    column.show_result(compared(), 2.0)
    column._pause.timeout.emit()
    QApplication.processEvents()
    assert plot.y() < column.panel.y()
    column.show_pipeline(Bare, Nothing())
    column.show_pipeline(Sketch, EverySort())
    column.show_result(result(plot=curves()), 2.0)
    QApplication.processEvents()
    assert plot.y() > column.panel.y()
    assert "Haar cascade" not in words(column)


def test_new_figures_are_written_into_the_same_lines(column: Column) -> None:
    column.show_result(compared(2), 2.0)
    before = {id(label) for label in column.findChildren(QLabel)}
    column.show_result(compared(7), 2.0)
    column._pause.timeout.emit()
    assert "7" in words(column)
    assert {id(label) for label in column.findChildren(QLabel)} == before


def test_a_comparison_is_said_in_the_language_spoken(column: Column) -> None:
    column.show_result(compared(), 2.0)
    language._current = "ja"
    QApplication.sendEvent(column, QEvent(QEvent.Type.LanguageChange))
    table = column.findChild(ComparisonTable)
    assert table is not None
    QApplication.sendEvent(table, QEvent(QEvent.Type.LanguageChange))
    assert {"Haar カスケード", "この画像での検出", "正解"} <= set(words(column))


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_no_word_of_a_comparison_is_cut(look: QApplication, column: Column, scale: float) -> None:
    theme.apply(look, Theme(scale=scale))
    column.show_result(compared(123_456), 2.0)
    QApplication.processEvents()
    table = column.findChild(ComparisonTable)
    assert table is not None
    for label in (label for label in table.findChildren(QLabel) if label.isVisible()):
        assert table.rect().contains(label.rect().translated(label.mapTo(table, QPoint(0, 0)))), label.text()
        needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        assert label.height() >= needed, label.text()
        assert label.wordWrap() or label.width() >= label.sizeHint().width(), label.text()


def test_a_plot_whose_colours_are_explained_has_no_key(qtbot: QtBot) -> None:
    view = plot_ready(qtbot)
    view.show()
    assert "theirs" in words(view)
    view.show_plot(curves(2.0), explained=True)
    assert "theirs" not in words(view)


def test_a_plot_keeps_to_the_range_that_it_is_given(qtbot: QtBot) -> None:
    view = plot_ready(qtbot)
    assert view._canvas is not None
    box = view._canvas.widget.getPlotItem().getViewBox()
    view.show_plot(replace(curves(), x_range=(-60.0, 0.0)))
    assert box.viewRange()[0] == pytest.approx([-60, 0], abs=3)
    view.show_plot(curves())
    qtbot.waitUntil(lambda: box.viewRange()[0][0] == pytest.approx(0, abs=0.1), timeout=5000)
