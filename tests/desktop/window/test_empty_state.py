"""Where there is nothing, a newcomer is told what to do, however small the place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.theme import Theme
from desktop.window.empty_state import EmptyState
from models.text import Text

pytestmark = pytest.mark.usefixtures("look")


def test_both_ways_on_can_be_taken(qtbot: QtBot) -> None:
    state = EmptyState()
    qtbot.addWidget(state)
    state.show()
    for button, signal in ((state.first, state.open_wanted), (state.second, state.demo_wanted)):
        with qtbot.waitSignal(signal, timeout=1000):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_says_why_there_is_nothing(qtbot: QtBot) -> None:
    state = EmptyState()
    qtbot.addWidget(state)
    newcomer = state._words.text()
    state.say(Text("The disk is out.", "ディスクがありません。"))
    assert state._words.text() == "The disk is out."
    state.say(None)
    assert state._words.text() == newcomer


@pytest.mark.parametrize(("width", "height", "scale"), [(900, 600, 1.0), (300, 260, 1.0), (360, 320, 2.0)])
def test_words_and_buttons_fit(
    look: QApplication, qtbot: QtBot, width: int, height: int, scale: float
) -> None:
    theme.apply(look, Theme(scale=scale))
    place = QWidget()
    qtbot.addWidget(place)
    rows = QVBoxLayout(place)
    rows.setContentsMargins(0, 0, 0, 0)
    state = EmptyState()
    rows.addWidget(state)
    place.resize(width, height)
    place.show()
    QApplication.processEvents()
    assert (state.width(), state.height()) == (width, height)
    assert state._words.height() >= state._words.heightForWidth(state._words.width())
    for button in (button for button in (state.first, state.second) if button.isVisible()):
        assert state.rect().contains(button.geometry())
    assert state.first.isVisible()
    assert state.second.isVisible() == (scale == 1.0)
