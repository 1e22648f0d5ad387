"""The page lists the networks over the window, and keeps the keyboard while it is open."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from desktop import language
from desktop.window.networks.page import NetworksPage
from desktop.window.networks.row import Shown
from models.catalogue import entries
from models.text import Text

pytestmark = pytest.mark.usefixtures("look")
SHOWN = [Shown(entry, "missing" if entry.address else "shipped") for entry in entries().values()]


@pytest.fixture
def page(qtbot: QtBot) -> NetworksPage:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(1280, 720)
    behind = QLineEdit()
    window.setCentralWidget(behind)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=2000)
    behind.setFocus()
    made = NetworksPage(window)
    made.show_networks(SHOWN, "/home/somebody/models")
    made.show()
    return made


def test_every_network_has_a_row_and_the_folder_is_named(page: NetworksPage) -> None:
    for shown in SHOWN:
        assert page.row(shown.entry.name).isVisible()
    assert page._intro.toolTip() == "/home/somebody/models"
    page.show_networks(SHOWN[:2], "/home/somebody/models")
    with pytest.raises(KeyError):
        page.row(SHOWN[2].entry.name)


def test_a_row_stays_while_its_state_changes(page: NetworksPage) -> None:
    """Who is about to press its button must not lose it."""
    row = page.row("yunet")
    row.fetch_button.setFocus()
    page.show_networks([Shown(s.entry, s.state, 5 if s.entry.name == "yunet" else None) for s in SHOWN], "/x")
    assert page.row("yunet") is row


def test_tab_goes_round_inside_and_scrolls_there(page: NetworksPage) -> None:
    fetchable = (shown.entry for shown in SHOWN if shown.entry.address)
    stops = [page.close_button, *(page.row(entry.name).fetch_button for entry in fetchable), page.add_button]
    seen = []
    for _press in range(len(stops) + 1):
        QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)
        seen.append(page.window().focusWidget())
    assert seen == [*stops, stops[0]]
    QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Backtab)
    assert page.add_button.hasFocus()
    visible = page.add_button.visibleRegion().boundingRect()
    assert visible.height() == page.add_button.height()


def test_escape_closes_it_from_any_button_and_the_focus_returns(page: NetworksPage, qtbot: QtBot) -> None:
    page.row("yunet").fetch_button.setFocus()
    with qtbot.waitSignal(page.closed, timeout=1000):
        QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Escape)
    assert not page.isVisible()
    assert isinstance(page.window().focusWidget(), QLineEdit)


def test_a_click_beside_the_buttons_closes_nothing(page: NetworksPage) -> None:
    QTest.mouseClick(page, Qt.MouseButton.LeftButton)
    assert page.isVisible()
    QTest.mouseClick(page.close_button, Qt.MouseButton.LeftButton)
    assert not page.isVisible()


def test_what_became_of_a_file_is_said_where_it_is_seen(page: NetworksPage, qtbot: QtBot) -> None:
    page.say_of_own(Text("It is a text.", "テキストです。"), refused=True)
    qtbot.waitUntil(lambda: not page._answer.visibleRegion().isEmpty(), timeout=2000)
    assert page._sign.isVisible()
    language.speak("ja")
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    assert page.answer() == "テキストです。"
    page.say_of_own(None)
    assert page.answer() == ""
