"""A square of numbers can be chosen, resized and edited; what is no number is refused in place."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from desktop import language
from desktop.window.controls import control_for
from desktop.window.controls.number_grid import NumberGrid
from desktop.window.parameter_panel import ParameterPanel
from models.text import Language
from pipelines.classic.kernel import KernelParameters

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def grid(qtbot: QtBot) -> NumberGrid:
    made = control_for(KernelParameters.spec("weights"))
    assert isinstance(made, NumberGrid)
    qtbot.addWidget(made)
    made.resize(300, 300)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=2000)
    return made


@pytest.fixture
def told(grid: NumberGrid) -> list[Any]:
    heard: list[Any] = []
    grid.edited.connect(heard.append)
    return heard


def fields(grid: NumberGrid) -> list[QLineEdit]:
    """Row by row; Qt shows new ones a moment later."""
    QApplication.processEvents()
    shown = [field for field in grid.findChildren(QLineEdit) if field.isVisibleTo(grid)]
    return sorted(shown, key=lambda field: (field.y(), field.x()))


def lists(grid: NumberGrid) -> tuple[QComboBox, QComboBox]:
    names, sizes = grid.findChildren(QComboBox)
    return names, sizes


def numbers(grid: NumberGrid) -> list[str]:
    return [field.text() for field in fields(grid)]


def write(field: QLineEdit, words: str) -> None:
    field.setFocus()
    field.selectAll()
    field.insert(words)  # as typed: the keys of a test are ASCII only
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_every_known_one_is_shown_without_a_report(grid: NumberGrid, told: list[Any]) -> None:
    for name in grid.spec.choices:
        grid.set_value(name)
        rows = grid.spec.numbers(name)
        assert lists(grid)[0].currentData() == name
        assert lists(grid)[1].currentData() == len(rows)
        expected = [f"{number + 0.0:g}".replace("-", "−") for row in rows for number in row]
        assert numbers(grid) == expected
    assert told == []


def test_choosing_a_known_one_fills_the_fields(grid: NumberGrid, told: list[Any]) -> None:
    names, _ = lists(grid)
    names.setCurrentIndex(names.findData("horizontal"))

    assert told == ["horizontal"]
    assert numbers(grid) == ["0", "0", "0", "1", "1", "1", "0", "0", "0"]


def test_editing_a_field_makes_it_ones_own(grid: NumberGrid, told: list[Any]) -> None:
    write(fields(grid)[0], "−2.5")

    assert told == ["-2.5 1 0/0 1 0/0 1 0"]
    assert lists(grid)[0].currentData() == ""
    write(fields(grid)[8], "３")
    assert told[-1] == "-2.5 1 0/0 1 0/0 1 3", "full-width figures are figures"


def test_a_larger_one_has_zeros_around_it(grid: NumberGrid, told: list[Any]) -> None:
    _, sizes = lists(grid)
    sizes.setCurrentIndex(sizes.findData(5))

    assert told == ["0 0 0 0 0/0 0 1 0 0/0 0 1 0 0/0 0 1 0 0/0 0 0 0 0"]
    assert len(fields(grid)) == 25
    sizes.setCurrentIndex(sizes.findData(3))
    assert told[-1] == "0 1 0/0 1 0/0 1 0"


@pytest.mark.parametrize("words", ["nan", "inf", "two", "5000", "1/2"])
def test_what_is_no_weight_is_refused_and_the_last_ones_stay(
    grid: NumberGrid, told: list[Any], words: str
) -> None:
    write(fields(grid)[4], words)

    assert told == []
    assert "numbers from −1000 to 1000" in grid.refusal()
    assert numbers(grid)[4] == "1"
    write(fields(grid)[4], "7")
    assert grid.refusal() == ""


def test_reset_is_the_declared_one(grid: NumberGrid, told: list[Any]) -> None:
    write(fields(grid)[4], "9")
    grid.reset()

    assert told[-1] == "vertical"
    assert numbers(grid)[4] == "1"


def test_it_says_what_it_is_in_both_languages(grid: NumberGrid) -> None:
    said: dict[Language, tuple[str, str]] = {
        "en": ("Your own", "Row 1, column 2"),
        "ja": ("自分で入力", "1 行 2 列"),
    }
    for spoken, (own, cell) in said.items():
        language.speak(spoken)
        QApplication.sendEvent(grid, QEvent(QEvent.Type.LanguageChange))
        assert lists(grid)[0].itemText(0) == own
        assert fields(grid)[1].accessibleName() == cell
        assert grid.written() == grid.spec.title_of("vertical").pick(spoken)


def test_seven_rows_fit_into_the_column(qtbot: QtBot) -> None:
    panel = ParameterPanel()
    qtbot.addWidget(panel)
    panel.setFixedWidth(260)
    panel.show_parameters(KernelParameters(weights="mexican-hat"))
    panel.show()
    QApplication.processEvents()
    cells = [field for field in panel.findChildren(QLineEdit) if field.property("look") == "cell"]
    shown = [field for field in cells if field.isVisibleTo(panel)]

    assert len(shown) == 49
    assert all(field.geometry().right() <= 260 for field in shown)
    assert min(field.width() for field in shown) >= 24
