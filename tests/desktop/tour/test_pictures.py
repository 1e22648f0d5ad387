"""The walk through every view: real windows, one picture a stop, nothing left behind.

What the command writes is tested in `../commands/test_run.py`, from outside.
"""

from __future__ import annotations

import json
import re
import threading
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import qInstallMessageHandler, qWarning
from PySide6.QtWidgets import QApplication

from desktop.tour import guide, pictures, stops
from desktop.tour.stop import Stop, lane
from desktop.window.main_window import MainWindow
from models.errors import FusiformError
from models.text import Text


@pytest.fixture
def one_stop(look: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tour of a single, quick stop."""
    stop = Stop("dog", Text("Edges", "輪郭"), lambda seen: seen.lanes(1, lane("dog")))
    monkeypatch.setattr(pictures, "STOPS", (stop,))
    for module in (guide, stops):
        monkeypatch.setattr(module, "SETTLE_MS", 50)


def test_stops_have_names_for_files_and_titles_in_both_languages() -> None:
    names = [stop.name for stop in stops.STOPS]
    assert len(set(names)) == len(names)
    for stop in stops.STOPS:
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", stop.name)
        assert stop.words.en.isascii()
        assert not stop.words.ja.isascii()


@pytest.mark.usefixtures("one_stop")
def test_it_lists_what_it_wrote_in_the_language_of_the_tour(tmp_path: Path) -> None:
    written = list(pictures.tour(tmp_path / "新しい folder", "ja"))
    assert [path.name for path in written] == ["dog.png", "tour.json"]
    assert json.loads(written[-1].read_text("utf-8")) == [{"file": "dog.png", "view": "dog", "title": "輪郭"}]
    picture = cv2.imdecode(np.fromfile(written[0], np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert picture.shape[:2] == (guide.SIZE.height(), guide.SIZE.width())


@pytest.mark.usefixtures("one_stop")
def test_it_leaves_no_window_and_no_thread(look: QApplication, tmp_path: Path) -> None:
    before = set(threading.enumerate())
    list(pictures.tour(tmp_path, "en"))
    assert set(threading.enumerate()) <= before
    assert not [w for w in look.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()]


@pytest.mark.usefixtures("look")
def test_what_a_screen_that_is_none_cannot_do_is_not_said_and_all_else_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    sources = next(stop for stop in stops.STOPS if stop.name == "sources")

    def warn_over_a_menu(seen: guide.Guide) -> None:
        sources.go(seen)
        qWarning("This is worth hearing")

    for module in (guide, stops):
        monkeypatch.setattr(module, "SETTLE_MS", 50)
    monkeypatch.setattr(pictures, "STOPS", (Stop("menu", sources.words, warn_over_a_menu),))
    former = qInstallMessageHandler(None)
    try:
        list(pictures.tour(tmp_path, "en"))
        qWarning("And this, when it is over")
    finally:
        left_behind = qInstallMessageHandler(former)
    assert left_behind is None
    assert capfd.readouterr().err.splitlines() == ["This is worth hearing", "And this, when it is over"]


@pytest.mark.usefixtures("one_stop")
def test_a_folder_that_cannot_be_written_is_one_sentence_in_either_language(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FusiformError, match="could not be written") as caught:
        list(pictures.tour(tmp_path / "file" / "tour", "en"))
    path = tmp_path / "file" / "tour" / "dog.png"
    assert caught.value.text == Text(
        f"{path} could not be written: a part of its path is no folder.",
        f"{path} に書き込めませんでした（パスの途中がフォルダーではありません）。",
    )
