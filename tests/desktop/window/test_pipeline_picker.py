"""The picker lists every pipeline in both languages, greys what cannot run, and works by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QListWidgetItem
from pytestqt.qtbot import QtBot

from desktop import language
from desktop.window import pipeline_picker
from desktop.window.lane_view import LaneView
from desktop.window.pipeline_picker import NAME, SOFT, PipelinePicker, first_sentence
from models.text import Language, Text
from pipelines.frame import Frame
from pipelines.pipeline import Nothing, Pipeline
from pipelines.registry import discover, find
from pipelines.result import Result

pytestmark = [
    pytest.mark.usefixtures("look"),
    pytest.mark.qt_log_ignore("This plugin does not support"),  # popups, on a screen that is none
]
REASON = Text("It needs torch; install it to use this.", "torch が必要です。インストールしてください。")


class Unavailable(Pipeline[Nothing]):
    name = "unavailable"
    title = Text("Somewhere else", "別の場所")
    explanation = Text("First. Second.", "一つ目。二つ目。")
    citation = ""
    kind = "neural"

    @classmethod
    def reason_unavailable(cls) -> Text:
        return REASON

    def process(self, frame: Frame, parameters: Nothing) -> Result:
        return Result(frame.image)


@pytest.fixture
def opened(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[PipelinePicker]:
    """With one pipeline more than there is, which cannot run here."""
    more = MappingProxyType({**discover(), "unavailable": Unavailable})
    monkeypatch.setattr(pipeline_picker, "discover", lambda: more)
    parent = LaneView()
    qtbot.addWidget(parent)
    parent.show()
    picker = PipelinePicker("dog", parent)
    picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    picker.open_at(QPoint(20, 20))
    yield picker
    picker.close()


def names(picker: PipelinePicker) -> list[str]:
    """Of every pipeline that is listed, from above."""
    return [row.data(NAME) for row in rows(picker) if row.data(NAME)]


def rows(picker: PipelinePicker) -> list[QListWidgetItem]:
    listed = picker.findChildren(QListWidget)[0]
    return [listed.item(number) for number in range(listed.count())]


@pytest.mark.parametrize("spoken", ["en", "ja"])
def test_every_pipeline_is_listed_with_its_first_sentence(qtbot: QtBot, spoken: Language) -> None:
    language.speak(spoken)
    picker = PipelinePicker("canny")
    qtbot.addWidget(picker)
    assert sorted(names(picker)) == sorted(discover())
    written = {row.text(): row.data(SOFT) for row in rows(picker)}
    for pipeline in discover().values():
        if pipeline.reason_unavailable() is None:
            sentence = written[pipeline.title.pick(spoken)]
            assert pipeline.explanation.pick(spoken).startswith(sentence)
            assert sentence


def test_what_cannot_run_says_why_and_cannot_be_chosen(opened: PipelinePicker) -> None:
    told: list[str] = []
    opened.chosen.connect(told.append)
    row = next(row for row in rows(opened) if row.text() == "Somewhere else")
    assert row.data(SOFT) == REASON.en
    assert not row.flags() & Qt.ItemFlag.ItemIsEnabled
    listed = row.listWidget()
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=listed.visualItemRect(row).center())
    assert not told
    assert opened.isVisible()


def test_it_is_worked_by_keyboard(opened: PipelinePicker) -> None:
    told: list[str] = []
    opened.chosen.connect(told.append)
    listed = opened.findChildren(QListWidget)[0]
    assert listed.currentItem().text() == find("dog").title.en
    QTest.keyClick(listed, Qt.Key.Key_Down)
    expected = names(opened)[names(opened).index("dog") + 1]
    QTest.keyClick(listed, Qt.Key.Key_Return)
    assert told == [expected]
    assert not opened.isVisible()


def test_escape_chooses_nothing(opened: PipelinePicker) -> None:
    told: list[str] = []
    opened.chosen.connect(told.append)
    QTest.keyClick(opened.findChildren(QListWidget)[0], Qt.Key.Key_Escape)
    assert not opened.isVisible()
    assert not told


def test_a_click_chooses(opened: PipelinePicker) -> None:
    told: list[str] = []
    opened.chosen.connect(told.append)
    listed = opened.findChildren(QListWidget)[0]
    row = next(row for row in rows(opened) if row.text() == find("original").title.en)
    assert listed.visualItemRect(row).height() >= 44
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=listed.visualItemRect(row).center())
    assert told == ["original"]


def test_it_stays_on_the_screen(opened: PipelinePicker) -> None:
    room = opened.screen().availableGeometry()
    opened.open_at(room.bottomRight())
    assert room.contains(opened.geometry())


def test_the_lane_opens_it_and_passes_the_choice_on(qtbot: QtBot) -> None:
    view = LaneView()
    qtbot.addWidget(view)
    view.show_pipeline(find("canny"))
    view.show()
    told: list[str] = []
    view.pipeline_chosen.connect(told.append)
    view.choose_pipeline()
    picker = view.findChildren(PipelinePicker)[0]
    assert picker.isVisible()
    QTest.keyClick(picker.findChildren(QListWidget)[0], Qt.Key.Key_Return)
    assert told == ["canny"]


def test_sentences_are_cut_at_their_full_stop() -> None:
    assert first_sentence(Text("Sigma 1.5 is wide. More.", "")) == "Sigma 1.5 is wide."
    assert first_sentence(Text("One only", "")) == "One only"
    language.speak("ja")
    assert first_sentence(Text("", "一つ目です。二つ目です。")) == "一つ目です。"
