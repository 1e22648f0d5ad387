"""A snapshot is the result as it is seen, whole, under a name that tells what and when."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication, QImage

from desktop.window import snapshot
from models.errors import FusiformError
from pipelines.engine.outcome import Done
from pipelines.engine.view import Viewport
from pipelines.frame import Image
from pipelines.result import Box
from tests.desktop.window.outcomes import done, gradient

pytestmark = pytest.mark.usefixtures("look")
BOX = Box((40, 30, 80, 60), "face", 0.9)


@pytest.fixture
def shown() -> Done:
    """A picture of 320 × 180 with a box, shown in a much smaller lane."""
    return done(gradient(320, 180), Viewport(32, 18), BOX)


def read(path: Path) -> Image:
    return cv2.imread(str(path), cv2.IMREAD_UNCHANGED)  # type: ignore[return-value]


def test_without_marks_it_is_the_result_pixel_by_pixel(shown: Done, tmp_path: Path) -> None:
    path = snapshot.save(shown, "Edges", tmp_path, marks=False)
    assert np.array_equal(read(path), shown.result.picture)


def test_with_marks_only_the_marks_differ(shown: Done, tmp_path: Path) -> None:
    kept = read(snapshot.save(shown, "Edges", tmp_path, marks=True)).astype(int)
    assert kept.shape == shown.result.picture.shape
    changed = np.abs(kept - shown.result.picture).max(axis=2) > 8
    for x, y in ((40, 60), (120, 60), (80, 30), (80, 90)):
        near = changed[y - 3 : y + 4, x - 3 : x + 4]
        assert near.any(), f"no line of the box near {x}, {y}"
    assert not changed[40:80, 50:110].any(), "inside the box"
    assert not changed[100:, :].any(), "below the box"
    assert not changed[:, 200:].any(), "right of the box and its label"


def test_a_grey_result_stays_grey(tmp_path: Path) -> None:
    grey = gradient(64, 48)[..., 0].copy()
    path = snapshot.save(done(grey, Viewport(8, 6)), "Grey", tmp_path, marks=False)
    kept = read(path)
    assert np.array_equal(kept if kept.ndim == 2 else kept[..., 1], grey)


def test_the_name_tells_when_and_what_and_none_is_overwritten(shown: Done, tmp_path: Path) -> None:
    paths = [snapshot.save(shown, "顔検出 (Haar)", tmp_path / "new" / "folder", marks=True) for _ in range(3)]
    assert len(set(paths)) == 3
    assert {path.parent for path in paths} == {tmp_path / "new" / "folder"}
    pattern = r"\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d 顔検出 \(Haar\)( \d)?\.png"
    for path in paths:
        assert re.fullmatch(pattern, path.name), path.name


@pytest.mark.parametrize("title", ["ON/OFF", "a\\b", 'what? "this": <all>|*', "line\nbreak"])
def test_a_title_that_is_no_file_name_becomes_one(shown: Done, tmp_path: Path, title: str) -> None:
    path = snapshot.save(shown, title, tmp_path, marks=False)
    assert path.parent == tmp_path
    assert path.is_file()
    assert not set(path.name) & set('/\\:*?"<>|\n')


def test_a_full_disk_is_one_sentence_and_leaves_nothing_half_written(
    shown: Done, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FusiformError, match="could not be saved") as caught:
        snapshot.save(shown, "Edges", tmp_path, marks=True)
    assert "there is no room left" in caught.value.text.en
    assert str(tmp_path) in caught.value.text.ja
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_is_one_sentence(shown: Done, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FusiformError, match="could not be saved"):
        snapshot.save(shown, "Edges", tmp_path / "file" / "folder", marks=True)


def test_the_clipboard_holds_the_picture(shown: Done) -> None:
    snapshot.copy(shown, marks=False)
    image = QGuiApplication.clipboard().image().convertToFormat(QImage.Format.Format_BGR888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    assert np.array_equal(rows[:, : 3 * 320].reshape(180, 320, 3), shown.result.picture)


def test_the_copy_with_marks_is_the_snapshot_with_marks(shown: Done, tmp_path: Path) -> None:
    snapshot.copy(shown, marks=True)
    image = QGuiApplication.clipboard().image().convertToFormat(QImage.Format.Format_BGR888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    kept = read(snapshot.save(shown, "Edges", tmp_path, marks=True))
    assert np.array_equal(rows[:, : 3 * 320].reshape(180, 320, 3), kept)
