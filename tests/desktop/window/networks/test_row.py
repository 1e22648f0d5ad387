"""A row says what a network is and how it is with it, and offers what can be done about it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop import language, theme
from desktop.theme import Theme
from desktop.window.networks.row import NetworkRow, Shown
from models.catalogue import State, entries
from models.text import Language, Text

pytestmark = pytest.mark.usefixtures("look")
YUNET = entries()["yunet"]
TROUBLE = Text("The connection broke off.", "接続が切れました。")


def made(qtbot: QtBot, shown: Shown, width: int = 800) -> NetworkRow:
    row = NetworkRow(shown)
    qtbot.addWidget(row)
    row.resize(width, row.heightForWidth(width))
    row.show()
    return row


def offered(row: NetworkRow) -> list[str]:
    return [button.text() for button in row.findChildren(QPushButton) if button.isVisibleTo(row)]


def texts(row: NetworkRow) -> str:
    return "\n".join(label.text() for label in row.findChildren(QLabel) if label.isVisibleTo(row))


@pytest.mark.parametrize(
    ("name", "state", "there", "offers"),
    [
        ("face-detector", "shipped", None, []),
        ("face-detector", "damaged", None, []),
        ("yunet", "missing", None, ["Fetch"]),
        ("yunet", "damaged", None, ["Fetch"]),
        ("yunet", "installed", None, ["Remove"]),
        ("yunet", "missing", 1000, ["Cancel"]),
    ],
)
def test_only_what_can_be_done_is_offered(
    qtbot: QtBot, name: str, state: State, there: int | None, offers: list[str]
) -> None:
    assert offered(made(qtbot, Shown(entries()[name], state, there))) == offers


def test_before_anything_is_fetched_it_says_what_and_from_where(qtbot: QtBot) -> None:
    said = texts(made(qtbot, Shown(YUNET, "missing")))
    for word in (
        "238 kB",
        "Apache-2.0",
        "github.com/ShiqiYu/libfacedetection.train",
        "raw.githubusercontent.com",
    ):
        assert word in said
    assert "raw.githubusercontent.com" not in texts(made(qtbot, Shown(YUNET, "installed")))


def test_buttons_report_the_network(qtbot: QtBot) -> None:
    row = made(qtbot, Shown(YUNET, "missing"))
    with qtbot.waitSignal(row.fetch_wanted, timeout=1000) as told:
        row.fetch_button.click()
    assert told.args == ["yunet"]
    row.show_network(Shown(YUNET, "missing", 0))
    with qtbot.waitSignal(row.cancel_wanted, timeout=1000):
        row.cancel_button.click()
    row.show_network(Shown(YUNET, "installed", usable=True))
    with qtbot.waitSignal(row.remove_wanted, timeout=1000):
        row.remove_button.click()
    with qtbot.waitSignal(row.use_wanted, timeout=1000):
        row.use_button.click()


def test_progress_is_a_bar_and_figures(qtbot: QtBot) -> None:
    row = made(qtbot, Shown(YUNET, "missing", 59_456))
    assert row.bar.value() / row.bar.maximum() == pytest.approx(0.25, abs=0.001)
    assert "59 kB of 238 kB" in row.words()
    row.show_network(Shown(YUNET, "missing", trouble=TROUBLE))
    assert not row.bar.isVisible()
    assert row.words() == "The connection broke off."


def laid_out(qtbot: QtBot, shown: Shown, width: int) -> QWidget:
    """As on the page, which gives it all the height it needs."""
    page, row = QWidget(), NetworkRow(shown)
    qtbot.addWidget(page)
    rows = QVBoxLayout(page)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.addWidget(row)
    rows.addStretch(1)
    page.resize(width, 900)
    page.show()
    QApplication.processEvents()
    return page


def needed(label: QLabel) -> int:
    return label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()


@pytest.mark.parametrize("spoken", ["en", "ja"])
@pytest.mark.parametrize(("scale", "width"), [(1.0, 836), (1.0, 420), (2.0, 1104), (2.0, 560)])
def test_nothing_is_cut(look: QApplication, qtbot: QtBot, spoken: Language, scale: float, width: int) -> None:
    language.speak(spoken)
    theme.apply(look, Theme(scale=scale))
    for shown in (
        Shown(entries()["ultra-light"], "damaged", trouble=TROUBLE),
        Shown(YUNET, "installed", usable=True),
        Shown(replace(YUNET, own=True), "own", usable=True),
        Shown(YUNET, "missing", 5000),
    ):
        page = laid_out(qtbot, shown, width)
        row = page.findChildren(NetworkRow)[0]
        for label in row.findChildren(QLabel):
            if label.isVisible() and label.text():
                assert label.height() >= needed(label), label.text()
        for button in row.findChildren(QPushButton):
            if button.isVisible():
                assert row.rect().contains(button.geometry()), button.text()
                assert button.width() >= button.minimumSizeHint().width(), button.text()
                assert button.height() >= theme.current().px(24)
