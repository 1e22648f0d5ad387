"""The demo needs nothing, is the same every time, and knows where its face is."""

from __future__ import annotations

from itertools import islice

import cv2
import numpy as np
import pytest
from cv2.data import haarcascades
from numpy.typing import NDArray

from pipelines.frame import Frame
from pipelines.sources import demo_reel
from pipelines.sources.demo import Demo
from pipelines.sources.read_picture import read_picture
from pipelines.sources.source import PATIENCE, End, Playable
from resources import ROOT
from tests.pipelines.sources.hand_clock import HandClock

PICTURES = ROOT / "pictures"
ABOUT_TWO_MEGABYTES = 2_000_000


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


def frames(source: Demo, count: int) -> list[Frame]:
    found = (read for _ in range(10 * count) if isinstance(read := source.read(), Frame))
    return list(islice(found, count))


def shown_part(number: int) -> tuple[str, NDArray[np.float64]]:
    """The picture of a frame and the frame's corners (2, 4) in that picture's pixels."""
    index, at = divmod(number, demo_reel.TAKE)
    matrix = np.vstack([demo_reel.crop(index, at).matrix(), [0, 0, 1]])
    width, height = demo_reel.SIZE
    corners = np.array([[0, width, 0, width], [0, 0, height, height], [1, 1, 1, 1]])
    return demo_reel.TAKES[index].file, (np.linalg.inv(matrix) @ corners)[:2]


def test_thirty_frames_a_second_at_720p(clock: HandClock) -> None:
    demo = Demo(clock=clock)
    shown = frames(demo, 61)
    assert shown[0].size == (1280, 720)
    assert np.allclose(np.diff([frame.captured for frame in shown]), 1 / 30)
    assert isinstance(demo, Playable)
    assert demo.position == 60
    assert demo.rate == 30
    assert demo.length == demo_reel.LENGTH > 60 * 30, "longer than a minute"


def test_it_says_that_it_is_the_demo() -> None:
    demo = Demo()
    assert demo.title == ("Demo (no camera needed)", "デモ（カメラ不要）")
    assert demo.address == "demo:"
    assert demo.detail.en == "1280 × 720 · 30 fps"


def test_frame_n_depends_on_n_only(clock: HandClock) -> None:
    demo = Demo(clock=clock)
    shown = [frame.image for frame in frames(demo, 5)]
    demo.seek(1000)
    frames(demo, 1)
    demo.seek(3)
    assert np.array_equal(frames(demo, 1)[0].image, shown[3])
    assert not np.array_equal(shown[3], shown[4])


def test_a_late_reader_misses_frames_and_stays_in_time(clock: HandClock) -> None:
    demo = Demo(clock=clock)
    frames(demo, 1)
    clock.time += 1.0
    frames(demo, 1)
    assert demo.position == 30


def test_it_runs_round(clock: HandClock) -> None:
    demo = Demo(clock=clock)
    demo.seek(demo.length - 1)
    last, first = frames(demo, 2)
    assert demo.position == 0
    assert np.abs(last.image.astype(int) - first.image).mean() < 12, "the last take fades into the first"


def test_its_loop_can_be_ended_and_taken_up_again(clock: HandClock) -> None:
    demo = Demo(clock=clock)
    demo.seek(demo.length - 2)
    frames(demo, 4)
    demo.loop = False
    demo.seek(demo.length - 3)
    frames(demo, 1)
    clock.time += 60
    assert len(frames(demo, 1)) == 1
    assert demo.position == demo.length - 1, "the last frame is not jumped over"
    for _ in range(100):
        assert isinstance(demo.read(), End)
        clock.time += PATIENCE  # as the capture thread does
    demo.loop = True
    frames(demo, 1)
    assert demo.position <= PATIENCE * 30 + 1


def test_for_the_command_line_it_ends(clock: HandClock) -> None:
    demo = Demo(live=False, clock=clock)
    demo.seek(demo.length - 2)
    assert len(frames(demo, 2)) == 2
    assert isinstance(demo.read(), End)


@pytest.mark.parametrize("number", range(0, demo_reel.LENGTH, 45))
def test_the_view_never_leaves_the_picture(number: int) -> None:
    file, (x, y) = shown_part(number)
    height, width = read_picture(PICTURES / file).shape[:2]
    assert 0 <= x.min() < x.max() <= width
    assert 0 <= y.min() < y.max() <= height


def test_nothing_jumps() -> None:
    """From frame to frame the view moves by at most two pixels, and fades change slowly."""
    for begin in (100, demo_reel.TAKE - 12, demo_reel.TAKE - 1):
        one, other = demo_reel.frame(begin)[0], demo_reel.frame(begin + 1)[0]
        assert np.abs(one.astype(int) - other).mean() < 12
    for number in range(0, demo_reel.TAKE - 1, 30):
        moved = shown_part(number + 1)[1] - shown_part(number)[1]
        assert np.abs(moved).max() * demo_reel.SIZE[0] / 400 < 2


def test_the_face_is_in_the_picture_where_the_truth_says(clock: HandClock) -> None:
    """Haar finds a face in at least nine of ten frames, over the box of the truth."""
    cascade = cv2.CascadeClassifier(haarcascades + "haarcascade_frontalface_default.xml")
    demo, found, asked = Demo(clock=clock), 0, 0
    for number in range(0, demo.length, 40):
        demo.seek(number)
        frame = frames(demo, 1)[0]
        for truth in frame.truth:
            x, y, width, height = truth.box
            assert truth.label == "face"
            assert 0 <= x < x + width <= frame.size[0]
            assert 0 <= y < y + height <= frame.size[1]
            grey = cv2.cvtColor(cv2.resize(frame.image, (640, 360)), cv2.COLOR_BGR2GRAY)
            boxes = np.array(cascade.detectMultiScale(grey, 1.1, 4)).reshape(-1, 4) * 2
            asked += 1
            found += any(overlap(truth.box, tuple(box)) > 0.5 for box in boxes.tolist())
    assert asked >= 15
    assert found >= 0.9 * asked


def test_every_frame_is_labelled_and_a_face_that_fades_does_not_count(clock: HandClock) -> None:
    demo = Demo(clock=clock)
    for number, ignored in ((100, [False]), (demo_reel.TAKE - 10, [True]), (demo_reel.TAKE + 50, [])):
        demo.seek(number)
        frame = frames(demo, 1)[0]
        assert frame.labelled
        assert not frame.name, "it moves: no frame comes twice"
        assert [truth.ignore for truth in frame.truth] == ignored


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Intersection over union."""
    width = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    height = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    shared = max(0.0, width) * max(0.0, height)
    return shared / (one[2] * one[3] + other[2] * other[3] - shared)


def test_the_pictures_are_few_and_named_with_their_licence() -> None:
    words = (PICTURES / "README.md").read_text("utf-8")
    files = [file for file in PICTURES.iterdir() if file.suffix == ".jpg"]
    assert {take.file for take in demo_reel.TAKES} == {file.name for file in files}
    assert sum(file.stat().st_size for file in files) < ABOUT_TWO_MEGABYTES
    for file in files:
        line = next(line for line in words.splitlines() if f"`{file.name}`" in line)
        assert "CC0 1.0" in line or "public domain" in line
