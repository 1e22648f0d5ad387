"""What a person keeps and brings back: snapshots, the clipboard, scenes."""

from __future__ import annotations

import errno
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.window import ask, snapshot
from desktop.window.beside import MOST_WAITING
from pipelines.files import replace_file
from pipelines.scene import Scene, read_scene, write_scene
from tests.desktop.commands.conftest import write_picture
from tests.desktop.window.whole import PATIENCE_MS, Whole, lane_scene
from tests.pipelines.sources.made_video import make_video


def drop(whole: Whole, *paths: Path | str) -> bool:
    """Drop files on the window; whether it wanted them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(9, 9), actions, data, buttons, keys)
    QApplication.sendEvent(whole.window, entering)
    if entering.isAccepted():
        QApplication.sendEvent(whole.window, QDropEvent(QPoint(9, 9), actions, data, buttons, keys))
    return entering.isAccepted()


def names(whole: Whole) -> list[str]:
    return [lane.pipeline.name for lane in whole.session.studio.lanes]


def until_told(whole: Whole, *sentences: str) -> None:
    whole.until(lambda: whole.notices() == list(sentences))


class Disk:
    """Where snapshots are written when it lets them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.entered, self.opened = threading.Event(), threading.Event()
        self.writers: list[threading.Thread] = []
        monkeypatch.setattr(snapshot, "replace_file", self._write)

    def _write(self, path: Path, data: bytes) -> None:
        self.writers.append(threading.current_thread())
        self.entered.set()
        assert self.opened.wait(PATIENCE_MS / 1000)
        replace_file(path, data)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    made = Disk(monkeypatch)
    yield made
    made.opened.set()


# --- snapshots


def test_a_snapshot_is_of_the_selected_lane(whole: Whole, pictures: Path) -> None:
    whole.film("original", "canny")
    whole.press("N")
    whole.press("Shift+S")
    whole.until(whole.notices)
    [path] = pictures.iterdir()
    selected = whole.views[1].done
    assert selected is not None
    kept = np.asarray(cv2.imread(str(path)))
    assert np.array_equal(kept[..., 0], selected.result.picture)
    assert selected.parameters is whole.lane(1).parameters
    assert whole.lane(1).pipeline.title.en in path.name
    assert whole.notices() == [f"Saved as {path}"]


def test_no_picture_is_no_snapshot(whole: Whole, pictures: Path) -> None:
    whole.live("original")
    whole.press("S")
    whole.press("Ctrl+C")
    assert whole.notices() == ["There is no picture yet."]
    assert not pictures.exists()


def test_the_window_lives_while_a_snapshot_is_written(whole: Whole, pictures: Path, disk: Disk) -> None:
    whole.film("original")
    whole.press("S")
    whole.until(disk.entered.is_set)
    whole.press("M")
    whole.until_all_are_new()
    assert whole.session.mirror
    assert whole.notices() == []
    disk.opened.set()
    whole.until(whole.notices)
    assert whole.notices() == [f"Saved as {next(pictures.iterdir())}"]
    [writer] = disk.writers
    assert writer.name == "snapshot"
    assert writer.daemon


def test_two_snapshots_one_right_after_the_other_are_two_files(whole: Whole, pictures: Path) -> None:
    whole.film("original")
    whole.press("S")
    whole.press("Shift+S")
    whole.until(lambda: pictures.exists() and len(list(pictures.glob("*.png"))) == 2)
    for path in pictures.iterdir():
        assert cv2.imread(str(path)) is not None


def test_a_key_that_is_held_down_fills_the_disk_and_not_the_memory(whole: Whole, disk: Disk) -> None:
    whole.film("original")
    whole.press("S")
    whole.until(disk.entered.is_set)
    for _ in range(MOST_WAITING):
        whole.press("S")
    assert whole.notices() == []
    whole.press("S")
    assert whole.notices() == ["The pictures before it are still being saved; this one was not kept."]
    disk.opened.set()
    whole.until(lambda: len(disk.writers) == MOST_WAITING + 1)


def test_who_saves_and_quits_at_once_gets_the_file(
    look: QApplication, qtbot: QtBot, tmp_path: Path, pictures: Path, disk: Disk
) -> None:
    whole = Whole(look, qtbot, tmp_path / "home", complete=False)
    whole.window.closing.connect(disk.opened.set)  # not before, and after that there is no time left
    whole.window.complete()
    try:
        whole.film("original")
        whole.press("S")
        whole.until(disk.entered.is_set)
        whole.window.close()
        [path] = pictures.iterdir()
        assert cv2.imread(str(path)) is not None
    finally:
        whole.close()


def test_a_full_disk_is_one_sentence_until_it_works_again(
    whole: Whole, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole.film("original")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as there:
        there.setattr(os, "fsync", full)
        whole.press("S")
        until_told(whole, f"The snapshot could not be saved in {pictures}: there is no room left.")
    assert list(pictures.iterdir()) == []
    whole.press("S")
    whole.until(lambda: [words.partition(" ")[0] for words in whole.notices()] == ["Saved"])
    [path] = pictures.iterdir()
    assert whole.notices() == [f"Saved as {path}"]


def test_the_copy_on_the_clipboard_is_the_selected_lanes_picture(whole: Whole, disk: Disk) -> None:
    """Behind a snapshot that takes its time, and without holding up the window."""
    whole.film("original", "canny")
    whole.app.clipboard().clear()
    whole.press("S")
    whole.press("N")
    whole.press("Ctrl+C")
    assert whole.app.clipboard().image().isNull()
    disk.opened.set()
    whole.until(lambda: "The picture is on the clipboard." in whole.notices())
    copied = whole.app.clipboard().image().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(copied.constBits(), np.uint8).reshape(copied.height(), copied.bytesPerLine())
    selected = whole.views[1].done
    assert selected is not None
    assert np.array_equal(rows[:, : copied.width()], selected.result.picture)


def test_the_snapshot_folder_is_in_the_persons_own_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert snapshot.folder().name == "Fusiform"


# --- where it was kept


@pytest.fixture
def desktop_opens(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that the system is asked to show."""
    shown: list[Path] = []

    def open_url(url: QUrl) -> bool:
        shown.append(Path(url.toLocalFile()))
        return shown[-1].is_dir()

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return shown


def take_offer(whole: Whole, key: str = "kept") -> None:
    whole.click(whole.window.chrome.notices.line(key).offer)


def test_a_snapshot_offers_its_folder(whole: Whole, pictures: Path, desktop_opens: list[Path]) -> None:
    whole.film("original")
    whole.press("S")
    whole.until(whole.notices)
    assert whole.window.chrome.notices.line("kept").offer.text() == "Show in folder"
    take_offer(whole)
    assert desktop_opens == [pictures]
    assert whole.notices() == []


def test_a_saved_scene_offers_its_folder_in_the_language_of_the_window(
    whole: Whole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desktop_opens: list[Path]
) -> None:
    (tmp_path / "講義 #1 100%").mkdir()
    path = tmp_path / "講義 #1 100%" / "scene.toml"
    monkeypatch.setattr(ask, "where_to_save_scene", lambda _parent, _folder: path)
    whole.film("original")
    whole.press("Ctrl+S")
    whole.press("J")
    assert whole.window.chrome.notices.line("kept").offer.text() == "フォルダーを開く"
    take_offer(whole)
    assert desktop_opens == [path.parent]


def test_a_folder_that_cannot_be_shown_is_one_sentence(
    whole: Whole, pictures: Path, desktop_opens: list[Path]
) -> None:
    whole.film("original")
    whole.press("S")
    whole.until(whole.notices)
    shutil.rmtree(pictures)
    take_offer(whole)
    assert whole.notices() == [f"The folder {pictures} could not be opened."]


# --- scenes


def test_a_scene_that_was_saved_brings_everything_back(
    whole: Whole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "授業 1.toml"
    monkeypatch.setattr(ask, "where_to_save_scene", lambda _parent, _folder: path)
    monkeypatch.setattr(ask, "for_scene", lambda _parent: path)
    whole.play("demo:", lane_scene("dog", sigma=3.0), lane_scene("canny"))
    whole.press("L")
    saved = whole.session.scene()
    whole.press("Ctrl+S")
    assert whole.notices() == [f"Saved as {path}"]
    assert read_scene(path) == saved
    whole.film("original")
    whole.press("L")
    whole.press("Ctrl+Shift+L")
    assert whole.session.scene() == saved


BROKEN = {
    "no TOML": ("layout = 2\n[[lanes]\n", 2),
    "a pipeline that is none": ('[[lanes]]\npipeline = "dog"\n\n[[lanes]]\npipeline = "dogg"\n', 5),
    "a value out of bounds": ('[[lanes]]\npipeline = "dog"\n[lanes.parameters]\nsigma = 99999\n', 4),
    "another type": ('source = "demo:"\nlayout = "two"\n', 2),
    "a layout that is none": ("layout = 3\n", 1),
}


@pytest.mark.parametrize(("words", "line"), BROKEN.values(), ids=BROKEN)
def test_a_broken_scene_is_told_by_line_and_changes_nothing(
    whole: Whole, tmp_path: Path, words: str, line: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lesson.toml"
    path.write_text(words)
    whole.film(lane_scene("dog", sigma=2.0), lane_scene("canny"))
    before = whole.session.scene()
    assert drop(whole, path)
    [sentence] = whole.notices()
    assert f"lesson.toml, line {line}:" in sentence
    assert whole.session.scene() == before
    assert path.read_text() == words
    monkeypatch.setattr(ask, "where_to_save_scene", lambda _parent, _folder: path)
    if words.startswith("layout = 2\n[["):  # what cannot be parsed is not written over
        whole.press("Ctrl+S")
        assert "line 2" in whole.notices()[0]
        assert path.read_text() == words


def test_unknown_keys_are_told_by_line_and_kept(
    whole: Whole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lesson.toml"
    path.write_text('teacher = "Sato"\n# a comment\n[[lanes]]\npipeline = "canny"\n')
    whole.film("dog")
    drop(whole, path)
    assert names(whole) == ["canny"]
    assert whole.notices() == ["lesson.toml, line 1: 'teacher' is not known here; it is kept."]
    monkeypatch.setattr(ask, "where_to_save_scene", lambda _parent, _folder: path)
    whole.press("Ctrl+S")
    assert 'teacher = "Sato"\n# a comment\n' in path.read_text()


def test_a_scene_that_cannot_be_written_is_one_sentence(
    whole: Whole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    path = tmp_path / "file" / "scene.toml"
    monkeypatch.setattr(ask, "where_to_save_scene", lambda _parent, _folder: path)
    whole.film("dog")
    whole.press("Ctrl+S")
    assert len(whole.notices()) == 1
    assert "scene.toml could not be written" in whole.notices()[0]


# --- what is dropped on the window


def test_a_scene_that_is_dropped_plays(whole: Whole, tmp_path: Path) -> None:
    path = tmp_path / "Lesson.TOML"
    write_scene(path, Scene("demo:", 2, lanes=(lane_scene("canny"), lane_scene("original"))))
    whole.film("dog")
    assert drop(whole, path)
    assert names(whole) == ["canny", "original"]
    assert whole.session.scene().source == "demo:"


def test_a_video_a_picture_and_a_folder_that_are_dropped_play(whole: Whole, tmp_path: Path) -> None:
    video = make_video(tmp_path / "動画 1.mp4")
    one = write_picture(tmp_path / "写真 集" / "一 枚.png")
    whole.film("dog", "original")
    for path in (video, one, one.parent):
        assert drop(whole, path)
        assert whole.session.source is not None
        assert path.name in whole.session.source.title.en
        whole.until_all_are_new()
    assert names(whole) == ["dog", "original"]
    assert whole.notices() == []


def test_what_is_no_source_is_refused_when_it_is_dropped(whole: Whole, tmp_path: Path) -> None:
    path = tmp_path / "notes.mp4"
    path.write_text("no video")
    film = whole.film("dog")
    drop(whole, path)
    assert len(whole.notices()) == 1
    assert "notes.mp4" in whole.notices()[0]
    assert whole.session.source is film


def test_words_that_are_dropped_are_not_taken(whole: Whole) -> None:
    data = QMimeData()
    data.setText("hello")
    event = QDragEnterEvent(
        QPoint(9, 9),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    QApplication.sendEvent(whole.window, event)
    assert not event.isAccepted()
