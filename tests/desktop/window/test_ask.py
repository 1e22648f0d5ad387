"""The dialogs offer what can be opened, and ask about the name that is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.window import ask
from pipelines.sources.endings import PICTURES, VIDEOS


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.mark.parametrize(("typed", "written"), [("mine", "mine.toml"), ("mine.toml", "mine.toml")])
def test_a_scene_without_an_ending_gets_it_in_the_dialog(
    parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, written: str
) -> None:
    def accept(dialog: QFileDialog) -> int:
        assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
        assert not dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.selectFile(str(tmp_path / typed))
        return 1

    monkeypatch.setattr(QFileDialog, "exec", accept)
    assert ask.where_to_save_scene(parent, tmp_path) == tmp_path / written


def test_thinking_better_of_it_saves_nothing(
    parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: 0)
    assert ask.where_to_save_scene(parent, tmp_path) is None


def test_every_file_that_can_be_opened_is_offered(parent: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    offered: list[str] = []

    def answer(
        _parent: QWidget, _title: str, _folder: str, kinds: str, **_options: object
    ) -> tuple[str, str]:
        offered.append(kinds)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
    assert ask.for_file(parent) is None
    listed = offered[0].partition("(")[2].partition(")")[0].split()
    assert set(listed) == {f"*{ending}" for ending in PICTURES | VIDEOS}
