"""Recording by key and by mark: begun, ended, told; and what becomes of it when things go wrong."""

from __future__ import annotations

import errno
import itertools
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from desktop.window.lane_header import LaneHeader
from desktop.window.recording import binding, feed
from desktop.window.recording.binding import ScreenRecording
from desktop.window.recording.moment import Moment, painted
from pipelines import h264
from pipelines.distortions import Distortions
from pipelines.frame import Image
from pipelines.h264 import Encoder, encoder
from pipelines.recording_file import RecordingFile
from tests.desktop.window.whole import Film, Whole
from tests.pipelines.recorded import frames_of, length_of


def recording(whole: Whole) -> ScreenRecording:
    return whole.window.chrome.recording


def mark(whole: Whole) -> QToolButton:
    return recording(whole).mark.findChildren(QToolButton)[0]


def show(whole: Whole, film: Film, *numbers: int) -> None:
    """These frames of the film, one after the other."""
    for number in numbers:
        film.seek(number)
        whole.shows(number)


def until_told(whole: Whole) -> str:
    whole.until(whole.notices)
    return whole.notices()[0]


def test_a_key_begins_and_ends_it_and_the_file_is_told(
    whole: Whole, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = whole.film("original", "canny")
    whole.press("Ctrl+R")
    assert recording(whole).mark.isVisible()
    assert mark(whole).text() == "0:00"
    assert whole.window.chrome.actions["record"].isChecked()
    show(whole, film, 10, 50, 90)
    whole.press("Ctrl+R")
    assert until_told(whole).startswith("Saved as ")
    assert not recording(whole).mark.isVisible()
    assert not whole.window.chrome.actions["record"].isChecked()
    [path] = pictures.iterdir()
    assert whole.notices() == [f"Saved as {path}"]
    assert path.suffix == ".mp4"
    for lane in whole.session.studio.lanes:
        assert lane.pipeline.title.en in path.name
    shown: list[QUrl] = []

    def open_url(url: QUrl) -> bool:
        shown.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    whole.click(whole.window.chrome.notices.line("kept").offer)
    assert [Path(url.toLocalFile()) for url in shown] == [pictures]


def test_it_shows_the_wall_and_every_frame_at_its_capture(whole: Whole, pictures: Path) -> None:
    film, captured = whole.film("original"), dict[int, float]()
    whole.press("Ctrl+R")
    for number in (20, 45, 70, 95):
        show(whole, film, number)
        done = whole.views[0].done
        assert done is not None
        captured[number] = done.frame.captured
    whole.press("Ctrl+R")
    until_told(whole)
    [path] = pictures.iterdir()
    times: dict[int, float] = {}
    for frame in frames_of(path):  # the left half of the picture is as bright as its number
        image = frame.to_ndarray(format="bgr24")
        assert image.shape[:2] == tuple(side + side % 2 for side in whole.window.wall.size().toTuple()[::-1])
        level = int(image[image.shape[0] // 2, image.shape[1] // 4, 0])
        nearest = min((abs(number - level), number) for number in captured)[1]
        times.setdefault(nearest, frame.time)
    for number in (70, 95):
        expected = captured[number] - captured[45]
        assert times[number] - times[45] == pytest.approx(expected, abs=1e-3)


def test_one_lane_alone(whole: Whole, pictures: Path) -> None:
    whole.film("original", "canny")
    whole.press("N")
    whole.press("Ctrl+Shift+R")
    assert whole.window.chrome.actions["record-lane"].isChecked()
    assert not whole.window.chrome.actions["record"].isChecked()
    view, title = whole.views[1], whole.lane(1).pipeline.title.en
    whole.press("Ctrl+Shift+R")
    until_told(whole)
    [path] = pictures.iterdir()
    assert title in path.name
    assert whole.lane(0).pipeline.title.en not in path.name
    [frame, *_others] = frames_of(path)
    assert (frame.width, frame.height) == (view.width() + view.width() % 2, view.height() + view.height() % 2)


def test_either_key_ends_it(whole: Whole, pictures: Path) -> None:
    whole.film("original")
    whole.press("Ctrl+R")
    whole.press("Ctrl+Shift+R")
    until_told(whole)
    assert len(list(pictures.iterdir())) == 1
    assert not whole.window.chrome.actions["record-lane"].isChecked()


def test_a_lane_that_goes_ends_its_recording(whole: Whole, pictures: Path) -> None:
    whole.film("original", "canny")
    whole.press("N")
    whole.press("Ctrl+Shift+R")
    whole.press("1")
    assert until_told(whole).startswith("Saved as ")
    assert not whole.window.chrome.actions["record-lane"].isChecked()


def test_other_lanes_and_another_source_go_into_the_same_video(whole: Whole, pictures: Path) -> None:
    whole.film("original")
    whole.press("Ctrl+R")
    whole.press("2")
    whole.until(lambda: all(view.done for view in whole.views))
    whole.film("dog", "canny", "original", "grey")
    whole.window.resize(900, 700)
    whole.until_all_are_new()
    whole.press("Ctrl+R")
    until_told(whole)
    [path] = pictures.iterdir()
    assert len({(frame.width, frame.height) for frame in frames_of(path)}) == 1


def test_a_press_on_the_mark_ends_it_also_in_presentation(whole: Whole, pictures: Path) -> None:
    whole.film("original")
    whole.press("Ctrl+R")
    whole.press("P")
    assert not whole.window.chrome.bar.isVisible()
    assert mark(whole).isVisible()
    whole.click(mark(whole))
    assert until_told(whole).startswith("Saved as ")


def test_a_held_picture_goes_on_in_the_video(
    whole: Whole, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a slider does to a frozen picture has its own time, though the frame has not."""
    monkeypatch.setattr(feed, "STILL", 3600.0)
    whole.film("dog")
    whole.press("F")
    whole.window.edit_parameters(whole.lane().parameters.changed(sigma=2.0))
    whole.until_all_are_new()
    whole.press("Ctrl+R")
    for sigma in (1.0, 3.0, 6.0):
        whole.window.edit_parameters(whole.lane().parameters.changed(sigma=sigma))
        whole.until_all_are_new()
    whole.press("Ctrl+R")
    until_told(whole)
    [path] = pictures.iterdir()
    times = [frame.time for frame in frames_of(path)]
    assert len(times) == 4
    assert all(later - former > 0.001 for former, later in itertools.pairwise(times))
    assert length_of(path) > times[-1]


def test_a_picture_that_stands_still_is_recorded_now_and_then(
    whole: Whole, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "STILL", 0.0)
    put: list[Moment] = []

    def paint(moment: Moment, room: tuple[int, int]) -> Image:
        put.append(moment)
        return np.zeros((room[1], room[0], 4), np.uint8)

    monkeypatch.setattr(binding, "painted", paint)
    whole.film("original")
    whole.press("F")
    whole.press("Ctrl+R")
    whole.until(lambda: len(put) > 3)
    whole.press("Ctrl+R")
    until_told(whole)


def test_no_picture_is_no_recording(whole: Whole, pictures: Path) -> None:
    whole.live("original")
    whole.press("Ctrl+R")
    assert whole.notices() == ["There is no picture yet."]
    assert not whole.window.chrome.actions["record"].isChecked()
    assert not pictures.exists()


def test_who_records_and_quits_gets_the_file(
    look: QApplication, qtbot: QtBot, tmp_path: Path, pictures: Path
) -> None:
    whole = Whole(look, qtbot, tmp_path / "home")
    try:
        film = whole.film("original")
        whole.press("Ctrl+R")
        show(whole, film, 5, 9)
        whole.window.close()
        [path] = pictures.iterdir()
        assert len(frames_of(path)) >= 2
        assert b"moof" not in path.read_bytes(), "it is finished"
    finally:
        whole.close()


def test_a_full_disk_ends_it_with_one_sentence_and_a_file_that_plays(
    whole: Whole, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = whole.film("original")
    write = RecordingFile.write
    written: list[float] = []

    def full(file: RecordingFile, image: Image, seconds: float) -> None:
        if len(written) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(seconds)
        write(file, image, seconds)

    monkeypatch.setattr(RecordingFile, "write", full)
    whole.press("Ctrl+R")
    number = 0
    while not whole.notices():
        number += 1
        show(whole, film, number)
    [path] = pictures.iterdir()
    [sentence] = whole.notices()
    assert sentence.startswith(
        "The recording has ended, because its file could not be written any further: there is no room left. "
    )
    assert sentence.endswith(f"Saved as {path}")
    assert frames_of(path)
    assert not recording(whole).mark.isVisible()
    assert not whole.window.chrome.actions["record"].isChecked()
    assert whole.window.chrome.notices.line("recording").offer.isVisible()
    monkeypatch.undo()


def test_a_place_that_takes_no_file_is_one_sentence_and_can_be_tried_again(
    whole: Whole, pictures: Path
) -> None:
    pictures.write_text("in the way")
    film = whole.film("original")
    whole.press("Ctrl+R")
    show(whole, film, 3)
    whole.until(whole.notices)
    assert whole.notices()[0].startswith(f"Nothing could be recorded in {pictures}: ")
    pictures.unlink()
    whole.press("Ctrl+R")
    show(whole, film, 4)
    whole.press("Ctrl+R")
    whole.until(lambda: any(words.startswith("Saved as") for words in whole.notices()))
    assert len(whole.notices()) == 1, "what is over is not told any more"


def test_without_an_encoder_it_is_one_sentence(
    whole: Whole, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder.cache_clear()
    monkeypatch.setattr(h264, "ENCODERS", (Encoder("no-such-encoder"),))
    whole.film("original")
    whole.press("Ctrl+R")
    whole.press("Ctrl+R")
    assert "no H.264 encoder" in until_told(whole)
    encoder.cache_clear()


def test_frames_that_had_to_be_left_out_are_told(
    whole: Whole, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A painter that hangs until more have come than may wait."""
    free = threading.Event()

    def slow(moment: Moment, room: tuple[int, int]) -> Image:
        assert free.wait(20)
        return painted(moment, room)

    monkeypatch.setattr(binding, "painted", slow)
    film = whole.film("original")
    whole.press("Ctrl+R")
    show(whole, film, *range(1, 30))
    whole.until(lambda: "dropped" in mark(whole).text())
    free.set()
    whole.press("Ctrl+R")
    sentence = until_told(whole)
    assert "frames are missing: this computer had no time for them. Saved as" in sentence
    whole.press("J")
    assert "フレームが抜けています。" in whole.notices()[0]


def test_the_mark_keeps_off_the_name_and_the_distortions(whole: Whole, pictures: Path) -> None:
    whole.film("original", "dog", "canny", "haar-faces")
    whole.session.distort(Distortions(blur=2.0, noise=20.0))
    whole.press("Ctrl+R")
    chip = whole.window.chrome.distortions.chip
    places: list[Callable[[], bool]] = [
        lambda: not whole.area(mark(whole)).intersects(whole.area(chip)),
        lambda: all(
            not whole.area(mark(whole)).intersects(whole.area(header))
            for view in whole.views
            for header in view.findChildren(LaneHeader)
        ),
        lambda: whole.area(whole.window.wall).contains(whole.area(mark(whole))),
    ]
    for size in (100, 200):
        whole.preferences.set_text_size(size)
        for there in places:
            whole.until(there)
    whole.press("Ctrl+R")
    until_told(whole)
    whole.until(lambda: whole.area(chip).right() > whole.area(whole.window.wall).right() - 30)
