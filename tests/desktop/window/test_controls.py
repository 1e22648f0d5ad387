"""A control shows its declared value, takes what the parameter takes, and reports people's edits only."""

from __future__ import annotations

import itertools
from typing import Annotated, Any, TypeVar

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop import language
from desktop.window.controls import Control, control_for
from desktop.window.controls.stops import MOST_STOPS, Stops
from desktop.window.controls.track import Track
from desktop.window.controls.value_field import ValueField
from models.text import Text
from pipelines.parameters import Parameters, Spec, choice, number
from tests.desktop.window.declared import EverySort

pytestmark = pytest.mark.usefixtures("look")
SPECS = EverySort.specs()
W = TypeVar("W", bound=QWidget)


def made(qtbot: QtBot, name: str) -> tuple[Control, list[Any]]:
    """A shown control and the list of what it reports."""
    control = control_for(EverySort.spec(name))
    qtbot.addWidget(control)
    control.resize(300, 80)
    control.show()
    control.activateWindow()
    qtbot.waitUntil(control.isActiveWindow, timeout=2000)
    told: list[Any] = []
    control.edited.connect(told.append)
    return control, told


def part(control: Control, kind: type[W]) -> W:
    found = control.findChild(kind)
    assert found is not None
    return found


def turn_wheel(widget: QWidget) -> None:
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle, widget.mapToGlobal(middle), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


@pytest.mark.parametrize("spec", SPECS, ids=[spec.name for spec in SPECS])
def test_every_value_is_shown_and_given_back_without_a_report(qtbot: QtBot, spec: Any) -> None:
    control, told = made(qtbot, spec.name)
    ends = spec.choices or ((False, True) if spec.kind == "bool" else (spec.knob.minimum, spec.knob.maximum))
    for value in (spec.default, *ends):
        control.set_value(value)
        assert control.value() == value
    assert told == []


@pytest.mark.parametrize("spec", SPECS, ids=[spec.name for spec in SPECS])
def test_every_control_says_what_it_is_in_both_languages(qtbot: QtBot, spec: Any) -> None:
    control, _told = made(qtbot, spec.name)
    for spoken in ("en", "ja"):
        language._current = spoken
        QApplication.sendEvent(control, QEvent(QEvent.Type.LanguageChange))
        title = spec.knob.title.pick(spoken)
        assert control.field().accessibleName() == title
        assert control.written() in control.field().accessibleDescription()
        assert part(control, QLabel).text() == title


@pytest.mark.parametrize("spec", SPECS, ids=[spec.name for spec in SPECS])
def test_every_control_is_high_enough_for_a_finger(qtbot: QtBot, spec: Any) -> None:
    control, _told = made(qtbot, spec.name)
    assert control.sizeHint().height() >= 44 or control.minimumHeight() >= 44


def test_the_slider_stops_on_the_declared_steps_only() -> None:
    stops = Stops(EverySort.spec("cells"))
    assert stops.values == tuple(range(3, 32, 2))
    assert isinstance(stops.value(0), int)
    sigma = Stops(EverySort.spec("sigma"))
    assert sigma.values[0] == 0.5
    assert sigma.values[-1] == 8.0
    assert [sigma.write(value) for value in sigma.values[:3]] == ["0.5", "0.6", "0.7"]


def test_a_number_over_three_decades_is_set_by_ratio() -> None:
    values = Stops(EverySort.spec("rate")).values
    assert values[0] == 0.01
    assert values[-1] == 10.0
    ratios = [later / earlier for earlier, later in itertools.pairwise(values)]
    assert max(ratios) / min(ratios) < 1.15
    assert list(values) == sorted(set(values))


def test_a_long_range_keeps_its_ends_and_few_stops() -> None:
    values = Stops(Spec("n", "int", int, 0, number(0, 123_457, title=Text("n", "n")))).values
    assert len(values) <= MOST_STOPS + 1
    assert (values[0], values[-1]) == (0, 123_457)


@pytest.mark.parametrize(("value", "words"), [(1.4, "1.4 px"), (2.0, "2.0 px"), (1.437, "1.437 px")])
def test_a_value_is_written_with_its_unit_and_no_digit_lost(value: float, words: str) -> None:
    assert Stops(EverySort.spec("sigma")).write_with_unit(value) == words


def test_arrow_keys_step_and_home_and_end_reach_the_bounds(qtbot: QtBot) -> None:
    control, told = made(qtbot, "sigma")
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_End):
        QTest.keyClick(part(control, Track), key)
    assert told == [1.5, 1.4, 0.5, 8.0]


def test_a_press_on_the_groove_goes_there_and_a_drag_follows(qtbot: QtBot) -> None:
    control, told = made(qtbot, "sigma")
    track = part(control, Track)
    left, middle = QPoint(8, track.height() // 2), track.rect().center()
    QTest.mousePress(track, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, left)
    assert control.value() == 0.5
    QTest.mouseMove(track, middle)
    QTest.mouseRelease(track, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    assert control.value() == pytest.approx(4.25, abs=0.1)
    assert told[0] == 0.5


def test_a_press_on_the_handle_itself_does_not_move_it(qtbot: QtBot) -> None:
    control, told = made(qtbot, "sigma")
    track = part(control, Track)
    beside = track._handle().center().toPoint() + QPoint(9, 0)
    QTest.mouseClick(track, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, beside)
    assert told == []


def test_a_double_click_goes_back_to_the_default(qtbot: QtBot) -> None:
    control, told = made(qtbot, "sigma")
    control.set_value(6.0)
    QTest.mouseDClick(part(control, Track), Qt.MouseButton.LeftButton)
    assert control.value() == 1.4
    assert told[-1] == 1.4


@pytest.mark.parametrize(("name", "kind"), [("sigma", Track), ("form", QComboBox)])
def test_the_wheel_moves_only_what_has_the_focus(qtbot: QtBot, name: str, kind: type[QWidget]) -> None:
    control, told = made(qtbot, name)
    if name == "form":
        control.set_value("square")
    widget = part(control, kind)
    widget.clearFocus()
    turn_wheel(widget)
    assert told == []
    widget.setFocus()
    turn_wheel(widget)
    assert len(told) == 1


@pytest.mark.parametrize(
    ("typed", "value"), [("2.5", 2.5), ("2.5 px", 2.5), ("３．２５", 3.25), (" 8 ", 8.0)]
)
def test_a_typed_number_is_taken(qtbot: QtBot, typed: str, value: float) -> None:
    control, told = made(qtbot, "sigma")
    field = part(control, ValueField)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert (field.text(), field.selectedText()) == ("1.4", "1.4")
    field.insert(typed)
    field.setModified(True)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert told == [value]


@pytest.mark.parametrize("typed", ["9", "0.1", "nan", "inf", "many", ""])
def test_a_refused_number_is_explained_in_place(qtbot: QtBot, typed: str) -> None:
    control, told = made(qtbot, "sigma")
    field = part(control, ValueField)
    field.setFocus()
    field.setText(typed)
    field.setModified(True)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert control.refusal() == "Type a number from 0.5 px to 8.0 px."
    shown = [label for label in control.findChildren(QLabel) if label.isVisible()]
    assert control.refusal() in [label.text() for label in shown]
    assert told == []
    assert control.value() == 1.4
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert control.refusal() == ""
    assert field.text() == "1.4 px"


def test_escape_gives_up_what_was_typed_and_leaving_takes_it(qtbot: QtBot) -> None:
    control, told = made(qtbot, "sigma")
    field = part(control, ValueField)
    field.setFocus()
    QTest.keyClicks(field, "5")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert told == []
    field.setFocus()
    QTest.keyClicks(field, "5")
    part(control, Track).setFocus()
    assert told == [5.0]
    assert field.text() == "5.0 px"


def test_what_is_being_typed_is_not_overwritten(qtbot: QtBot) -> None:
    control, _told = made(qtbot, "sigma")
    field = part(control, ValueField)
    field.setFocus()
    QTest.keyClicks(field, "7")
    control.set_value(3.0)
    assert field.text() == "7"


def test_no_value_of_a_number_is_cut(qtbot: QtBot) -> None:
    control, _told = made(qtbot, "sigma")
    field = part(control, ValueField)
    for value in (0.5, 8.0, 1.437):
        control.set_value(value)
        QApplication.processEvents()
        assert field.fontMetrics().horizontalAdvance(field.text()) <= field.width() - 12


def test_a_choice_lists_words_and_reports_the_stable_name(qtbot: QtBot) -> None:
    control, told = made(qtbot, "form")
    box = part(control, QComboBox)
    assert [box.itemText(index) for index in range(box.count())] == ["Round", "Square"]
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert told == ["square"]


def test_a_switch_is_pressed_anywhere_on_its_row_and_by_the_space_bar(qtbot: QtBot) -> None:
    control, told = made(qtbot, "signed")
    QTest.mouseClick(control, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(20, 20))
    QTest.keyClick(control.field(), Qt.Key.Key_Space)
    assert told == [True, False]


def test_the_way_back_is_offered_only_where_there_is_one(qtbot: QtBot) -> None:
    control, told = made(qtbot, "cells")
    reset = part(control, QToolButton)
    assert reset.isHidden()
    control.set_value(9)
    assert not reset.isHidden()
    QTest.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert told == [5]
    assert reset.isHidden()


@pytest.mark.parametrize("name", ["sigma", "form", "signed"])
def test_the_focus_is_visible(qtbot: QtBot, name: str) -> None:
    control, _told = made(qtbot, name)
    control.field().clearFocus()
    without = control.grab().toImage()
    control.field().setFocus()
    assert control.grab().toImage() != without


CHOICES = {"first": Text("First", "一つ目")}


def known() -> dict[str, Text]:
    return CHOICES


class Live(Parameters, frozen=True):
    network: Annotated[str, choice(title=Text("Network", "ネットワーク"), titles=known, open=True)] = "first"


@pytest.mark.qt_log_ignore("This plugin does not support")  # popups, on a screen that is none
def test_a_choice_offers_what_there_is_when_it_opens(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    control = control_for(Live.spec("network"))
    qtbot.addWidget(control)
    box = part(control, QComboBox)
    told: list[str] = []
    control.edited.connect(told.append)
    monkeypatch.setitem(CHOICES, "second", Text("Second", "二つ目"))
    assert box.count() == 1
    box.showPopup()
    box.hidePopup()
    assert [box.itemText(row) for row in range(box.count())] == ["First", "Second"]
    assert told == []
    box.setCurrentIndex(1)
    assert told == ["second"]


def test_a_choice_shows_a_name_that_is_not_known_here(qtbot: QtBot) -> None:
    control = control_for(Live.spec("network"))
    qtbot.addWidget(control)
    control.set_value("of-another-machine")
    assert part(control, QComboBox).currentText() == "of-another-machine"
    control.set_value("first")
    assert part(control, QComboBox).currentText() == "First"
