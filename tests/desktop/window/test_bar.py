"""The bar gives up words, then buttons, but nothing that cannot be reached elsewhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop import language, theme
from desktop.theme import Theme
from desktop.window.actions import ActionSet
from desktop.window.bar import GIVE_WAY, IN_MENU, LAYOUTS, LEFT, RIGHT, Bar
from models.text import Language

pytestmark = pytest.mark.usefixtures("look")
TITLE = "A camera with quite a long name (046d:0825)"


class Held:
    """A bar in a window of a width."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.actions = ActionSet(self.window)
        self.bar = Bar(self.actions, self.window)
        self.bar.show_source("camera", TITLE, "1280 × 720 · 30 fps")
        self.window.show()

    def at(self, width: int) -> None:
        self.bar.setGeometry(0, 0, width, self.bar.sizeHint().height())

    def buttons(self) -> list[QToolButton]:
        return [button for button in self.bar.findChildren(QToolButton) if button.isVisible()]

    def names(self) -> set[str]:
        """Actions that have a visible button."""
        shown = {button.defaultAction() for button in self.buttons()}
        return {name for name in (*LEFT, *LAYOUTS, *RIGHT) if self.actions[name] in shown}

    def in_menu(self) -> set[QAction]:
        return {action for menu in self.bar.findChildren(QMenu) for action in menu.actions()}


@pytest.fixture
def held(qtbot: QtBot) -> Held:
    return Held(qtbot)


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("spoken", ["en", "ja"])
@pytest.mark.parametrize("width", [640, 800, 1024, 1280, 1920, 3840])
def test_at_every_width_nothing_sticks_out_and_everything_is_reachable(
    held: Held, width: int, spoken: Language, scale: float, qapp: object
) -> None:
    theme.apply(qapp, Theme(True, scale))  # type: ignore[arg-type]
    language.speak(spoken)
    held.actions.retranslate()
    held.bar.retranslate()
    held.at(max(width, held.bar.minimumSizeHint().width()))
    missing = {name for name in (*LEFT, *LAYOUTS, *RIGHT) if name not in held.names()}
    assert missing <= set(GIVE_WAY)
    assert {held.actions[name] for name in missing} <= held.in_menu()
    if width * scale >= 1280 / scale and width >= 640 * scale:
        for button in held.buttons():
            assert held.bar.rect().contains(button.geometry()), button.text()


def test_targets_are_large_enough_for_a_finger(held: Held) -> None:
    held.at(1280)
    for button in held.buttons():
        assert button.width() >= theme.TARGET
        assert button.height() >= theme.TARGET


def test_with_room_it_says_all_words_and_the_rate_of_the_source(held: Held) -> None:
    held.at(3840)
    assert held.bar.source.text() == f"{TITLE}   1280 × 720 · 30 fps"
    wordy = [
        button
        for button in held.buttons()
        if button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    ]
    assert len(wordy) == 10


def test_words_come_back_when_there_is_room_again(held: Held) -> None:
    held.at(3840)
    wide = [button.sizeHint().width() for button in held.buttons()]
    held.at(700)
    assert len(held.buttons()) < len(wide)
    held.at(3840)
    assert [button.sizeHint().width() for button in held.buttons()] == wide


def test_a_long_name_is_cut_in_its_middle_and_whole_in_the_tip(held: Held) -> None:
    held.bar.show_source("camera", "x" * 300, "")
    held.at(1280)
    assert "…" in held.bar.source.text()
    assert held.bar.rect().contains(held.bar.source.geometry())
    assert "x" * 300 in held.bar.source.toolTip()


def test_a_press_on_the_source_asks_for_the_others(held: Held, qtbot: QtBot) -> None:
    held.at(1280)
    with qtbot.waitSignal(held.bar.source_asked, timeout=2000):
        QTest.mouseClick(held.bar.source, Qt.MouseButton.LeftButton)


def test_the_menu_holds_nothing_twice_and_in_the_order_of_its_groups(held: Held) -> None:
    wanted = [name for group in IN_MENU for name in group]
    assert len(wanted) == len(set(wanted)), "Qt would move it away from where it stood first"
    held.at(3840)
    [menu] = [menu for menu in held.bar.findChildren(QMenu) if menu.actions()]
    named = [action for action in menu.actions() if not action.isSeparator()]
    assert named == [held.actions[name] for name in wanted]
