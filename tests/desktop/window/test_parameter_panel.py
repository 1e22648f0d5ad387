"""The panel is made from the declaration, reports whole sets, and shows a refusal in place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop import language
from desktop.window.controls.control import Control
from desktop.window.parameter_panel import ParameterPanel
from pipelines.parameters import Parameters
from pipelines.pipeline import Nothing
from pipelines.registry import discover
from tests.desktop.window.declared import EverySort

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def panel(qtbot: QtBot) -> ParameterPanel:
    made = ParameterPanel()
    qtbot.addWidget(made)
    made.show_parameters(EverySort())
    made.show()
    return made


@pytest.fixture
def told(panel: ParameterPanel) -> list[Parameters]:
    reports: list[Parameters] = []
    panel.edited.connect(reports.append)
    return reports


def control(panel: ParameterPanel, name: str) -> Control:
    """Of one parameter; a set that was shown before may still have one, about to go."""
    return [made for made in panel.findChildren(Control) if made.spec.name == name][-1]


def test_each_declared_parameter_has_its_control(panel: ParameterPanel) -> None:
    for spec in EverySort.specs():
        assert control(panel, spec.name).value() == spec.default


def test_showing_is_not_reporting(panel: ParameterPanel, told: list[Parameters]) -> None:
    shown = EverySort(sigma=3.0, form="square", signed=True)
    panel.show_parameters(shown)
    assert panel.parameters() == shown
    assert control(panel, "sigma").value() == 3.0
    assert told == []


def test_an_edit_reports_the_whole_new_set(panel: ParameterPanel, told: list[Parameters]) -> None:
    panel.show_parameters(EverySort(cells=9))
    QTest.keyClick(control(panel, "signed").field(), Qt.Key.Key_Space)
    assert told == [EverySort(cells=9, signed=True)]


def test_a_parameter_without_effect_is_hidden(panel: ParameterPanel) -> None:
    assert control(panel, "corner").isHidden()
    QTest.keyClick(control(panel, "form").field(), Qt.Key.Key_Down)
    assert not control(panel, "corner").isHidden()


def test_a_refused_set_is_not_reported_and_says_why(panel: ParameterPanel, told: list[Parameters]) -> None:
    panel.show_parameters(EverySort(cells=31))
    switch = control(panel, "signed")
    QTest.keyClick(switch.field(), Qt.Key.Key_Space)
    assert told == []
    assert switch.value() is False
    assert switch.refusal() == "Signed takes at most 21 cells."
    language._current = "ja"
    QApplication.sendEvent(panel, QEvent(QEvent.Type.LanguageChange))
    assert switch.refusal() == "符号つきでは 21 個までです。"
    assert panel.parameters() == EverySort(cells=31)
    control(panel, "cells").reset()
    QTest.keyClick(switch.field(), Qt.Key.Key_Space)
    assert switch.refusal() == ""


def test_everything_goes_back_at_once(panel: ParameterPanel, told: list[Parameters]) -> None:
    button = next(b for b in panel.findChildren(QPushButton) if b.text() == "Reset all")
    assert button.isHidden()
    panel.show_parameters(EverySort(sigma=2.0, signed=True))
    assert not button.isHidden()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told == [EverySort()]
    assert button.isHidden()


def test_another_pipeline_gets_its_own_controls(panel: ParameterPanel) -> None:
    panel.show_parameters(Nothing())
    assert panel.isHidden()
    panel.show_parameters(EverySort(sigma=4.0))
    assert control(panel, "sigma").value() == 4.0
    assert not panel.isHidden()


@pytest.mark.parametrize("name", list(discover()))
def test_every_pipeline_has_a_panel_that_shows_its_defaults(qtbot: QtBot, name: str) -> None:
    made = ParameterPanel()
    qtbot.addWidget(made)
    kind = discover()[name].parameters
    made.show_parameters(kind())
    for spec in kind.specs():
        assert control(made, spec.name).value() == spec.default
        assert control(made, spec.name).written()
