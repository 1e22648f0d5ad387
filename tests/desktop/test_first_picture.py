"""The moment of the first picture is written down once, and the program ends."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.first_picture import report_to
from tests.desktop.window.whole import Whole


@pytest.fixture
def whole(look: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Whole]:
    made = Whole(look, qtbot, tmp_path / "home")
    yield made
    made.close()


def test_the_moment_is_written_and_the_window_closes(whole: Whole, tmp_path: Path) -> None:
    path = tmp_path / "moment.json"
    report_to(str(path), whole.window)
    before = time.time()
    whole.play("demo:", "original")
    whole.until(path.exists)
    whole.until(lambda: not whole.window.isVisible())
    written = json.loads(path.read_text())
    assert before <= written["seconds_since_epoch"] <= time.time()
    assert isinstance(written["modules"], list)


def test_nobody_asked(whole: Whole) -> None:
    report_to(None, whole.window)
    whole.film("original")
    assert whole.window.isVisible()
