"""All keys are listed over the window, readable at every size, and gone with a key or a click."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.theme import Theme
from desktop.window.keys_overlay import KeyGroup, KeysOverlay, spread

pytestmark = pytest.mark.usefixtures("look")
GROUPS = tuple(
    KeyGroup(title, tuple((key, f"{title} by {key}") for key in "ABCD"))
    for title in ("Pictures", "Views", "Saving", "Program")
)


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.setCentralWidget(QLineEdit())
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=2000)
    return made


def test_it_covers_the_window_and_follows_its_size(window: QMainWindow) -> None:
    overlay = KeysOverlay(window, GROUPS)
    assert not overlay.isVisible()
    overlay.show()
    assert overlay.size() == window.size()
    window.resize(900, 500)
    assert overlay.size() == window.size()


def test_every_key_and_its_words_are_listed(window: QMainWindow) -> None:
    overlay = KeysOverlay(window, GROUPS)
    overlay.show()
    QApplication.processEvents()
    shown = {label.text() for label in overlay.findChildren(QLabel) if label.isVisible()}
    for group in GROUPS:
        assert group.title in shown
        assert {words for _key, words in group.keys} <= shown


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_H, Qt.Key.Key_Question])
def test_a_key_closes_it_and_the_focus_returns(window: QMainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    behind = window.findChild(QLineEdit)
    assert behind is not None
    behind.setFocus()
    overlay = KeysOverlay(window, GROUPS)
    overlay.show()
    assert overlay.hasFocus()
    with qtbot.waitSignal(overlay.closed, timeout=1000):
        QTest.keyClick(overlay, key)
    assert not overlay.isVisible()
    assert behind.hasFocus()


def test_a_click_closes_it_and_other_keys_do_not(window: QMainWindow) -> None:
    overlay = KeysOverlay(window, GROUPS)
    overlay.show()
    for key in (Qt.Key.Key_F, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        QTest.keyClick(overlay, key)
        assert overlay.isVisible()
        assert overlay.hasFocus()
    QTest.mouseClick(overlay, Qt.MouseButton.LeftButton)
    assert not overlay.isVisible()


def fits(label: QLabel, overlay: KeysOverlay) -> bool:
    needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
    right = label.mapTo(overlay, label.rect().bottomRight()).x()
    return label.height() >= needed and right < overlay.width()


@pytest.mark.parametrize(("scale", "columns"), [(1.0, 4), (2.0, 2)])
def test_columns_reflow_and_nothing_is_cut(
    look: QApplication, window: QMainWindow, qtbot: QtBot, scale: float, columns: int
) -> None:
    theme.apply(look, Theme(scale=scale))
    overlay = KeysOverlay(window, GROUPS)
    overlay.show()
    assert overlay.columns() == columns

    def all_fit() -> bool:
        return all(fits(label, overlay) for label in overlay.findChildren(QLabel) if label.isVisible())

    qtbot.waitUntil(all_fit, timeout=2000)


def test_a_larger_text_reflows_while_it_is_open(look: QApplication, window: QMainWindow) -> None:
    overlay = KeysOverlay(window, GROUPS)
    overlay.show()
    theme.apply(look, Theme(scale=2.0))
    assert overlay.columns() == 2


@pytest.mark.parametrize("columns", [1, 2, 3, 4])
def test_groups_keep_their_order_and_share_the_columns(columns: int) -> None:
    parts = spread(GROUPS, columns)
    assert [group for part in parts for group in part] == list(GROUPS)
    assert max(map(len, parts)) - min(map(len, parts)) <= 1
