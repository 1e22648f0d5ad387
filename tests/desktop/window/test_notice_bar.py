"""Notices are few, newest first, said once, and stay as long as they are true."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.window.notice_bar import INFO_STAYS_MS, Kind, Notice, NoticeBar, Offer

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def bar(qtbot: QtBot) -> NoticeBar:
    made = NoticeBar()
    qtbot.addWidget(made)
    made.resize(900, 200)
    return made


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader hears."""
    heard: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        heard.append(event.message())  # type: ignore[attr-defined]

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return heard


def notice(key: str, words: str = "", kind: Kind = "problem") -> Notice:
    return Notice(key, lambda: words or f"About {key}.", kind)


def shown(bar: NoticeBar) -> list[str]:
    return [key for key in bar.standing() if not bar.line(key).isHidden()]


def test_it_is_there_only_while_there_is_something_to_say(bar: NoticeBar) -> None:
    assert bar.isHidden()
    bar.show_notice(notice("camera"))
    assert not bar.isHidden()
    bar.withdraw("camera")
    bar.withdraw("never there")
    assert bar.isHidden()


def test_three_are_shown_newest_on_top_and_the_rest_is_counted(bar: NoticeBar) -> None:
    for key in "abcde":
        bar.show_notice(notice(key))
    assert bar.standing() == list("edcba")
    assert shown(bar) == list("edc")
    assert "+2 more" in [label.text() for label in bar.findChildren(QLabel) if not label.isHidden()]
    bar.withdraw("e")
    assert shown(bar) == list("dcb")


def test_the_same_key_takes_the_place_of_the_former(bar: NoticeBar) -> None:
    bar.show_notice(notice("camera", "No signal."))
    bar.show_notice(notice("file"))
    bar.show_notice(notice("camera", "Still no signal."))
    assert bar.standing() == ["camera", "file"]
    assert bar.line("camera").words() == "Still no signal."


def test_each_is_told_to_the_screen_reader_once(bar: NoticeBar, said: list[str]) -> None:
    for _time in range(3):
        bar.show_notice(notice("camera", "No signal."))
    assert said == ["No signal."]


def test_a_problem_stays_and_an_information_goes_by_itself(bar: NoticeBar) -> None:
    bar.show_notice(notice("camera"))
    bar.show_notice(notice("saved", kind="info"))
    assert not bar.line("camera").timer.isActive()
    timer = bar.line("saved").timer
    assert timer.isActive()
    assert timer.interval() == INFO_STAYS_MS == 6000
    timer.timeout.emit()
    assert bar.standing() == ["camera"]


def test_an_offer_is_carried_out_once_and_the_notice_goes(bar: NoticeBar) -> None:
    taken: list[str] = []
    bar.show_notice(
        Notice("camera", lambda: "No signal.", offer=Offer(lambda: "Try", lambda: taken.append("x")))
    )
    assert bar.line("camera").offer.text() == "Try"
    QTest.mouseClick(bar.line("camera").offer, Qt.MouseButton.LeftButton)
    assert taken == ["x"]
    assert bar.isHidden()


def test_an_offer_is_no_window_for_a_moment_and_takes_no_keys_from_the_real_one(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    NoticeBar(window).show_notice(Notice("kept", lambda: "Saved.", "info", Offer(lambda: "Show", print)))
    QApplication.processEvents()
    assert window.isActiveWindow()


def test_a_notice_without_an_offer_has_no_button_for_it_and_can_be_closed(bar: NoticeBar) -> None:
    bar.show_notice(notice("file"))
    assert bar.line("file").offer.isHidden()
    QTest.mouseClick(bar.line("file").close_button, Qt.MouseButton.LeftButton)
    assert bar.standing() == []
    assert bar.isHidden()


def test_words_are_asked_again_when_the_language_changes(bar: NoticeBar) -> None:
    words = ["No signal."]
    bar.show_notice(Notice("camera", lambda: words[0]))
    words[0] = "映像がありません。"
    QApplication.sendEvent(bar, QEvent(QEvent.Type.LanguageChange))
    assert bar.line("camera").words() == "映像がありません。"


def test_it_is_as_high_as_its_notices(bar: NoticeBar, qtbot: QtBot) -> None:
    bar.show_notice(notice("camera"))
    bar.show()
    QApplication.processEvents()
    one = bar.height()
    bar.show_notice(notice("file"))
    qtbot.waitUntil(lambda: bar.height() >= 2 * one, timeout=1000)
    bar.withdraw("camera")
    qtbot.waitUntil(lambda: bar.height() == one, timeout=1000)


@pytest.mark.parametrize("width", [300, 600, 1200])
def test_a_long_sentence_is_never_cut(bar: NoticeBar, width: int) -> None:
    bar.show_notice(
        Notice(
            "long", lambda: "The camera gives no picture. " * 6, offer=Offer(lambda: "Choose another", print)
        )
    )
    bar.resize(width, 10)
    bar.show()
    QApplication.processEvents()
    label = next(label for label in bar.findChildren(QLabel) if label.text().startswith("The camera"))
    assert label.height() >= label.heightForWidth(label.width())
