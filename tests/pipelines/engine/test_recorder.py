"""The recorder takes moments without ever blocking, and tells what came of them."""

from __future__ import annotations

import errno
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from pipelines import h264
from pipelines.engine import recorder
from pipelines.engine.recorder import LONGEST, Recorder, Recording
from pipelines.frame import Image
from pipelines.h264 import Encoder, encoder
from pipelines.recording_file import RecordingFile

PATIENCE = 20.0
START = 1000.0
"""Where the clock of a test stands when it begins."""


class Desk:
    """A recorder whose painter can be held up, and what it says."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.painted: list[int] = []
        self.free = threading.Event()
        self.free.set()
        self.at_work = threading.Event()
        self.ended = threading.Event()
        self.paint: Callable[[int], Image] = lambda level: np.full((48, 64, 4), level, np.uint8)
        self.recorder = Recorder(path, self._paint, self.ended.set)

    def _paint(self, level: int) -> Image:
        self.at_work.set()
        assert self.free.wait(PATIENCE)
        self.painted.append(level)
        return self.paint(level)

    def hold(self) -> None:
        """The painter is busy with the first of two moments."""
        self.free.clear()
        self.recorder.put(0, START)
        self.recorder.put(1, START + 1)
        assert self.at_work.wait(PATIENCE)

    def stopped(self, seconds: float) -> Recording:
        self.recorder.stop(seconds)
        return self.result()

    def result(self) -> Recording:
        assert self.ended.wait(PATIENCE)
        assert self.recorder.join(PATIENCE)
        assert self.recorder.recording is not None
        return self.recorder.recording


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "a.mp4")
    yield made
    made.free.set()
    made.recorder.stop(START)
    made.recorder.join(PATIENCE)


def times(path: Path) -> list[float]:
    with av.open(str(path)) as container:
        return [frame.time for frame in container.decode(video=0)]


def test_moments_are_frames_at_their_times(desk: Desk) -> None:
    for number, seconds in enumerate((0.0, 0.04, 0.1, 0.9)):
        desk.recorder.put(number, START + seconds)
    assert desk.stopped(START + 2) == Recording(desk.path, 4, 0)
    assert times(desk.path) == pytest.approx([0.0, 0.04, 0.1, 0.9], abs=1e-4)


def test_what_another_lane_makes_of_the_same_frame_is_the_same_moment(desk: Desk) -> None:
    for moment, seconds in ((1, 0.0), (2, 0.1), (3, 0.1), (4, 0.05), (5, 0.2)):
        desk.recorder.put(moment, START + seconds)
    assert desk.stopped(START + 1).recorded == 3
    assert desk.painted == [1, 4, 5]
    assert times(desk.path) == pytest.approx([0.0, 0.1, 0.2], abs=1e-4)


def test_a_slow_painter_drops_frames_and_counts_them_and_blocks_nobody(desk: Desk) -> None:
    desk.hold()
    for number in range(2, LONGEST + 6):
        desk.recorder.put(number, START + number)
    assert desk.recorder.dropped == 5
    desk.free.set()
    recording = desk.stopped(START + 60)
    assert (recording.recorded, recording.dropped) == (1 + LONGEST, 5)
    assert desk.painted[-1] == LONGEST + 5, "the newest is never the one that is dropped"


def test_after_the_end_nothing_is_taken(desk: Desk) -> None:
    desk.recorder.put(0, START)
    desk.stopped(START + 1)
    desk.recorder.put(1, START + 2)
    assert desk.painted == [0]


def test_without_a_moment_nothing_is_written(desk: Desk, tmp_path: Path) -> None:
    assert desk.stopped(START) == Recording(None, 0, 0)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_ends_it_with_a_sentence_and_what_plays(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = RecordingFile.write

    def full(file: RecordingFile, image: Image, seconds: float) -> None:
        if seconds > 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(file, image, seconds)

    monkeypatch.setattr(RecordingFile, "write", full)
    for number in range(7):
        desk.recorder.put(number, START + number)
    recording = desk.result()
    assert recording.path == desk.path
    assert recording.trouble is not None
    assert "there is no room left" in recording.trouble.en
    assert "空き容量がありません" in recording.trouble.ja
    assert times(desk.path) == pytest.approx([0.0, 1.0], abs=1e-4)


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    desk = Desk(tmp_path / "file" / "a.mp4")
    desk.recorder.put(0, START)
    recording = desk.stopped(START + 1)
    assert recording.path is None
    assert recording.trouble is not None
    assert recording.trouble.en.startswith("Nothing could be recorded in")


def test_without_an_encoder_it_is_a_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder.cache_clear()
    monkeypatch.setattr(h264, "ENCODERS", (Encoder("no-such-encoder"),))
    desk.recorder.put(0, START)
    recording = desk.stopped(START + 1)
    encoder.cache_clear()
    assert recording.path is None
    assert recording.trouble is not None
    assert "no H.264 encoder" in recording.trouble.en


def test_an_error_of_the_painter_keeps_what_was_recorded(desk: Desk) -> None:
    def paint(level: int) -> Image:
        if level == 5:
            raise ZeroDivisionError("half a pixel")
        return np.full((48, 64, 4), level, np.uint8)

    desk.paint = paint
    for number in range(7):
        desk.recorder.put(number, START + number)
    recording = desk.result()
    assert recording.path == desk.path
    assert recording.trouble is not None
    assert "ZeroDivisionError" in recording.trouble.en
    assert len(times(desk.path)) >= 2


def test_who_cannot_wait_gets_a_file_in_fragments(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Quitting right after an hour's recording does not copy it first."""
    desk.hold()
    desk.recorder.stop(START + 5)
    monkeypatch.setattr(recorder, "HURRY", 0.0)
    assert not desk.recorder.join(0.0)
    monkeypatch.undo()
    desk.free.set()
    assert desk.recorder.join(PATIENCE)
    assert b"moof" in desk.path.read_bytes()
    assert len(times(desk.path)) == 2
    assert not desk.ended.is_set(), "whoever left does not want to hear of it any more"


@pytest.mark.skipif(sys.platform != "linux", reason="threads have no niceness of their own here")
def test_encoding_gives_way_to_the_lanes_and_painting_does_not(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever paints has Python's lock, and must get on."""
    write, niceness = RecordingFile.write, dict[str, int]()

    def own() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    def paint(level: int) -> Image:
        niceness["painting"] = own()
        return np.full((48, 64, 4), level, np.uint8)

    def noted(file: RecordingFile, image: Image, seconds: float) -> None:
        niceness["encoding"] = own()
        write(file, image, seconds)

    desk.paint = paint
    monkeypatch.setattr(RecordingFile, "write", noted)
    desk.recorder.put(0, START)
    desk.stopped(START + 1)
    assert niceness["painting"] == own()
    assert niceness["encoding"] > own() or own() == 19, "19 is the end"
