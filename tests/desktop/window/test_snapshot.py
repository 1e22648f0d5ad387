"""A snapshot is the result as it is seen, whole, under a name that tells what and when."""

from __future__ import annotations

import errno
import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtGui import QImage

from desktop.painting.colours import paint_of
from desktop.painting.stamps import dot, ring
from desktop.window import snapshot
from models.errors import FusiformError
from models.text import Text
from pipelines.engine.outcome import Done
from pipelines.engine.view import Viewport
from pipelines.frame import Image
from pipelines.result import Box, Caption, Mark, Points
from tests.desktop.window.outcomes import done, gradient

pytestmark = pytest.mark.usefixtures("look")
BOX = Box((40, 30, 80, 60), "face", 0.9)
PATIENCE = 15.0


@pytest.fixture
def shown() -> Done:
    """A picture of 320 × 180 with a box, shown in a much smaller lane."""
    return done(gradient(320, 180), Viewport(32, 18), BOX)


def read(path: Path) -> Image:
    return cv2.imread(str(path), cv2.IMREAD_UNCHANGED)  # type: ignore[return-value]


def test_without_marks_it_is_the_result_pixel_by_pixel(shown: Done, tmp_path: Path) -> None:
    path = snapshot.save(shown, "Edges", tmp_path, "en", marks=False)
    assert np.array_equal(read(path), shown.result.picture)


def test_with_marks_only_the_marks_differ(shown: Done, tmp_path: Path) -> None:
    kept = read(snapshot.save(shown, "Edges", tmp_path, "en", marks=True)).astype(int)
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
    path = snapshot.save(done(grey, Viewport(8, 6)), "Grey", tmp_path, "en", marks=False)
    kept = read(path)
    assert np.array_equal(kept if kept.ndim == 2 else kept[..., 1], grey)


def test_the_name_tells_when_and_what_and_none_is_overwritten(shown: Done, tmp_path: Path) -> None:
    paths = [
        snapshot.save(shown, "顔検出 (Haar)", tmp_path / "new" / "folder", "en", marks=True) for _ in range(3)
    ]
    assert len(set(paths)) == 3
    assert {path.parent for path in paths} == {tmp_path / "new" / "folder"}
    pattern = r"\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d 顔検出 \(Haar\)( \d)?\.png"
    for path in paths:
        assert re.fullmatch(pattern, path.name), path.name


@pytest.mark.parametrize("title", ["ON/OFF", "a\\b", 'what? "this": <all>|*', "line\nbreak"])
def test_a_title_that_is_no_file_name_becomes_one(shown: Done, tmp_path: Path, title: str) -> None:
    path = snapshot.save(shown, title, tmp_path, "en", marks=False)
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
        snapshot.save(shown, "Edges", tmp_path, "en", marks=True)
    assert "there is no room left" in caught.value.text.en
    assert str(tmp_path) in caught.value.text.ja
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_is_one_sentence(shown: Done, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FusiformError, match="could not be saved"):
        snapshot.save(shown, "Edges", tmp_path / "file" / "folder", "en", marks=True)


@pytest.mark.parametrize("width", [320, 321, 1])
def test_the_copy_is_the_snapshot(tmp_path: Path, width: int) -> None:
    shown = done(gradient(width, 180), Viewport(32, 18), BOX)
    for marks in (False, True):
        kept = read(snapshot.save(shown, "Edges", tmp_path, "en", marks=marks))
        assert np.array_equal(pixels(snapshot.image(shown, "en", marks=marks)), kept)


def test_the_words_are_in_the_language_that_is_asked_for() -> None:
    named = done(gradient(320, 180), Viewport(32, 18), replace(BOX, title=Text("face", "顔")))
    english, japanese = (pixels(snapshot.image(named, language, marks=True)) for language in ("en", "ja"))
    assert not np.array_equal(english, japanese)


def test_threads_that_paint_at_once_paint_the_same() -> None:
    """Dots, rings and fonts are shared between them, and with the window."""
    places = np.random.default_rng(1).uniform(0, 180, (60, 2)).astype(np.float32)
    marks: tuple[Mark, ...] = (
        *(
            Box((x, y, 40, 30), "顔 face", 0.5, ("first", "second", "soft")[x % 3])
            for x, y in np.ndindex(6, 6)
        ),
        Points(places),
        Points(places, np.linspace(5, 60, 60, dtype=np.float32), "second"),
        Caption((20, 160), Text("Caption", "説明")),
    )
    crowded = done(gradient(320, 180), Viewport(32, 18), *marks)
    forget_stamps()
    with ThreadPoolExecutor(4) as threads:
        painted = [threads.submit(snapshot.image, crowded, "ja", marks=True) for _ in range(20)]
        here = pixels(snapshot.image(crowded, "ja", marks=True))
        assert all(np.array_equal(pixels(other.result(PATIENCE)), here) for other in painted)


def forget_stamps() -> None:
    for stamps in (dot, ring, paint_of):
        stamps.cache_clear()


def pixels(picture: QImage) -> Image:
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), picture.bytesPerLine())
    return rows[:, : 3 * picture.width()].reshape(picture.height(), picture.width(), 3).copy()
