from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.window import snapshot
from desktop.window.lane_view import LaneView
from pipelines.registry import find
from tests.desktop.window.whole import Whole


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where snapshots go instead of the person's own pictures."""
    folder = tmp_path / "pictures"
    monkeypatch.setattr(snapshot, "folder", lambda: folder)
    return folder


@pytest.fixture
def whole(look: QApplication, qtbot: QtBot, tmp_path: Path, pictures: Path) -> Iterator[Whole]:
    """The whole window, in English, dark, at 100 %."""
    made = Whole(look, qtbot, tmp_path / "home")
    yield made
    made.close()


@pytest.fixture
def view(qtbot: QtBot) -> LaneView:
    """Of a lane that draws edges."""
    made = LaneView()
    qtbot.addWidget(made)
    made.resize(640, 360)
    made.show_pipeline(find("canny"))
    made.show()
    return made
