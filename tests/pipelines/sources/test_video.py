"""A video plays in real time, goes to any of its pictures exactly, and survives what files suffer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from models.errors import SourceError
from pipelines.frame import Frame
from pipelines.sources.source import PATIENCE, End, NoSignal, Playable, Read
from pipelines.sources.video import Video
from tests.pipelines.sources.hand_clock import HandClock
from tests.pipelines.sources.made_video import (
    make_sound,
    make_video,
    number_in,
    numbered,
    turn_video,
)

COUNT, RATE = 50, 25
UNEVEN = [0, 40, 50, 60, 300, 340, 600, 1000, 1010, 1020, 1500, 1540, 1580, 1900]


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_video(tmp_path / "numbers.mp4", COUNT, rate=RATE)


@pytest.fixture
def video(path: Path, clock: HandClock) -> Video:
    return Video(path, clock=clock)


def frame_of(video: Video, tries: int = 20) -> Frame:
    """The next frame, past reads that bring nothing."""
    for _ in range(tries):
        match video.read():
            case Frame() as frame:
                return frame
            case None:
                continue
            case other:
                raise AssertionError(f"{other} came instead of a frame")
    raise AssertionError("no frame came")


def all_of(video: Video, limit: int = 1000) -> list[int]:
    """The numbers in the pictures up to the end."""
    numbers: list[int] = []
    for _ in range(limit):
        read: Read = video.read()
        if isinstance(read, End):
            return numbers
        if isinstance(read, Frame):
            numbers.append(number_in(read.image))
    raise AssertionError("it did not end")


def test_every_picture_comes_at_its_time(video: Video, clock: HandClock) -> None:
    begin = clock.now()
    for number in range(COUNT):
        frame = frame_of(video)
        assert number_in(frame.image) == video.position == frame.number == number
        assert frame.captured - begin == pytest.approx(number / RATE, abs=1e-6)


def test_it_is_playable_and_says_what_it_is(video: Video, path: Path) -> None:
    assert isinstance(video, Playable)
    assert (video.length, video.rate) == (COUNT, RATE)
    assert video.address == f"video:{path}"
    assert video.title.en == video.title.ja == "numbers.mp4"
    assert video.detail.en == "160 × 96 · 25 fps"


def test_a_read_before_the_time_brings_nothing(tmp_path: Path, clock: HandClock) -> None:
    video = Video(make_video(tmp_path / "slow.mp4", 3, rate=1), clock=clock)
    frame_of(video)
    assert video.read() is None
    assert number_in(frame_of(video).image) == 1


def test_after_the_last_picture_it_begins_again_in_step(video: Video, clock: HandClock) -> None:
    begin = clock.now()
    for count in range(2 * COUNT + 5):
        frame = frame_of(video)
        assert number_in(frame.image) == count % COUNT
        assert frame.number == count
        assert frame.captured - begin == pytest.approx(count / RATE, abs=1e-6)


def test_without_loop_it_ends_and_can_be_sought_again(path: Path, clock: HandClock) -> None:
    video = Video(path, loop=False, clock=clock)
    assert all_of(video) == list(range(COUNT))
    assert isinstance(video.read(), End)
    video.seek(10)
    assert number_in(frame_of(video).image) == 10
    assert number_in(frame_of(video).image) == 11


def test_its_loop_can_be_ended_and_taken_up_again(video: Video, clock: HandClock) -> None:
    frame_of(video)
    video.loop = False
    assert all_of(video) == list(range(1, COUNT))
    for _ in range(100):
        assert isinstance(video.read(), End)
        clock.time += PATIENCE  # as the capture thread does
    video.loop = True
    first = number_in(frame_of(video).image)
    assert first <= PATIENCE * RATE
    assert number_in(frame_of(video).image) == first + 1


def begins_again_in_step(video: Video) -> None:
    """What comes next is the first pictures, each at its time."""
    first = frame_of(video)
    assert number_in(first.image) == 0
    for number in range(1, 4):
        frame = frame_of(video)
        assert number_in(frame.image) == number
        assert frame.captured - first.captured == pytest.approx(number / RATE, abs=1e-6)


@pytest.mark.parametrize("held", [True, False])
def test_played_at_its_end_it_begins_again_from_the_first_picture(
    path: Path, clock: HandClock, held: bool
) -> None:
    video = Video(path, loop=False, clock=clock)
    for _ in range(3):
        all_of(video)
        if held:
            video.paused = True
            assert [video.read() for _ in range(20)] == [None] * 20
        clock.time += PATIENCE
        video.paused = False
        begins_again_in_step(video)


@pytest.mark.parametrize("go", [lambda video: video.seek(COUNT - 1), lambda video: video.step(COUNT)])
def test_played_at_its_last_picture_it_begins_again(
    path: Path, clock: HandClock, go: Callable[[Video], None]
) -> None:
    video = Video(path, loop=False, clock=clock)
    frame_of(video)
    video.paused = True
    go(video)
    assert number_in(frame_of(video).image) == COUNT - 1
    video.paused = False
    begins_again_in_step(video)


def test_played_where_there_is_more_it_goes_on_to_its_end(path: Path, clock: HandClock) -> None:
    video = Video(path, loop=False, clock=clock)
    all_of(video)
    video.step(-3)
    assert number_in(frame_of(video).image) == COUNT - 4
    video.paused = False
    assert all_of(video) == [COUNT - 3, COUNT - 2, COUNT - 1]
    video.paused = True
    video.seek(COUNT - 2)
    video.paused = False
    assert all_of(video) == [COUNT - 2, COUNT - 1]
    assert isinstance(video.read(), End)


def test_a_file_replaced_behind_its_end_is_played_anew(path: Path, clock: HandClock) -> None:
    video = Video(path, loop=False, clock=clock)
    all_of(video)
    make_video(path.with_name("other.mp4"), 10).replace(path)
    video.paused = False
    assert all_of(video) == list(range(10))


@pytest.mark.parametrize("late", [0.2, 0.9, 1.5])
def test_a_late_reader_misses_pictures_and_stays_in_time(video: Video, clock: HandClock, late: float) -> None:
    frame_of(video)
    clock.time += late
    shown = frame_of(video).image
    assert abs(number_in(shown) - late * RATE) <= (1 if late < 1 else 12), "at most back to a key picture"
    begin = clock.now() - late
    for _ in range(3):
        frame = frame_of(video)
        assert number_in(frame.image) == pytest.approx((frame.captured - begin) * RATE, abs=1.01)


def test_paused_it_holds_and_goes_on_from_there(video: Video, clock: HandClock) -> None:
    for _ in range(5):
        frame_of(video)
    video.paused = True
    assert [video.read() for _ in range(20)] == [None] * 20
    video.paused = False
    before = clock.now()
    assert number_in(frame_of(video).image) == 5
    assert clock.now() - before <= 1 / RATE + 1e-6


def test_the_first_picture_comes_even_when_paused(video: Video) -> None:
    video.paused = True
    assert number_in(frame_of(video).image) == 0
    assert video.read() is None


@pytest.mark.parametrize("place", [0, 1, 11, 12, 13, 30, 47, 48, 49])
def test_seeking_is_exact(video: Video, place: int) -> None:
    frame_of(video)
    video.paused = True
    video.seek(place)
    assert number_in(frame_of(video, tries=1).image) == place
    assert video.position == place
    assert video.read() is None


def test_seeking_beyond_the_ends_is_brought_inside(video: Video) -> None:
    video.seek(10_000)
    assert number_in(frame_of(video).image) == COUNT - 1
    video.seek(-5)
    assert number_in(frame_of(video).image) == 0


def test_the_last_wish_counts(video: Video) -> None:
    for place in (40, 3, 17):
        video.seek(place)
    video.step(2)
    assert number_in(frame_of(video).image) == 19
    assert video.paused


def test_single_steps_forth_and_back_are_exact(video: Video) -> None:
    video.seek(13)
    frame_of(video)
    there = 13
    for steps in (1, 1, -1, -1, -1, -1, 1, 5, -9, -1):
        video.step(steps)
        there += steps
        assert number_in(frame_of(video, tries=1).image) == there == video.position


def test_steps_stop_at_the_ends(video: Video) -> None:
    frame_of(video)
    video.step(-1)
    assert number_in(frame_of(video).image) == 0
    video.seek(COUNT - 1)
    video.step(1)
    assert number_in(frame_of(video).image) == COUNT - 1


@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_uneven_times_are_kept_and_steps_miss_nothing(tmp_path: Path, clock: HandClock, suffix: str) -> None:
    path = make_video(tmp_path / f"uneven{suffix}", len(UNEVEN), milliseconds=UNEVEN, key_every=5)
    video = Video(path, clock=clock)
    begin = clock.now()
    for number, due in enumerate(UNEVEN):
        frame = frame_of(video)
        assert number_in(frame.image) == number
        assert frame.captured - begin == pytest.approx(due / 1000, abs=2e-3)
    for number in reversed(range(len(UNEVEN) - 1)):
        video.step(-1)
        assert number_in(frame_of(video).image) == number
    for number in range(1, len(UNEVEN)):
        video.step(1)
        assert number_in(frame_of(video).image) == number


@pytest.mark.parametrize(("suffix", "codec"), [(".avi", "mpeg4"), (".ts", "libx264"), (".h264", "libx264")])
def test_other_containers_are_sought_exactly(
    tmp_path: Path, clock: HandClock, suffix: str, codec: str
) -> None:
    video = Video(make_video(tmp_path / f"numbers{suffix}", COUNT, codec=codec), clock=clock)
    assert number_in(frame_of(video).image) == 0
    for place in (20, 7, 33):
        video.seek(place)
        assert number_in(frame_of(video).image) == place
        video.step(-1)
        assert number_in(frame_of(video).image) == place - 1
    assert video.length == COUNT


def test_for_the_command_line_each_picture_comes_once_and_at_once(path: Path, clock: HandClock) -> None:
    video = Video(path, live=False, clock=clock)
    begin = clock.now()
    frames = [frame_of(video) for _ in range(COUNT)]
    assert [number_in(frame.image) for frame in frames] == list(range(COUNT))
    assert [frame.number for frame in frames] == list(range(COUNT))
    assert isinstance(video.read(), End)
    assert clock.now() == begin


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_the_files_rotation_is_honoured(path: Path, clock: HandClock, degrees: int) -> None:
    turn_video(path, degrees)
    image = frame_of(Video(path, clock=clock)).image
    reference = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
    try:
        _, expected = reference.read()
    finally:
        reference.release()
    assert image.shape == expected.shape
    assert np.abs(image.astype(int) - expected).mean() < 3


def test_colours_are_those_that_went_in(path: Path, clock: HandClock) -> None:
    image = frame_of(Video(path, clock=clock)).image
    assert np.abs(image.astype(int) - numbered(0)).mean() < 4
    assert image.dtype == np.uint8
    assert not image.flags.writeable


def test_japanese_letters_and_spaces_in_the_name(path: Path, clock: HandClock) -> None:
    renamed = path.rename(path.with_name("顔 の 動画 50%d #1.mp4"))
    assert number_in(frame_of(Video(renamed, clock=clock)).image) == 0


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("missing.mp4", None, "does not exist"),
        ("empty.mp4", b"", "is not a video"),
        ("text.mp4", b"These are words, not pictures.\n" * 50, "is not a video"),
        ("notes.txt", b"These are words, not pictures.\n" * 50, "is not a video"),
        ("noise.mp4", bytes(range(256)) * 64, "is not a video"),
    ],
)
def test_what_is_no_video_is_refused_in_one_sentence(
    tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SourceError, match=words) as refusal:
        Video(path)
    assert name in refusal.value.text.en
    assert name in refusal.value.text.ja


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"is a folder|is not a video"):
        Video(tmp_path)


def test_sound_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="sound only"):
        Video(make_sound(tmp_path / "sound.m4a"))


def test_a_playlist_connects_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "list.m3u8"
    path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n")
    with pytest.raises(SourceError):
        frame_of(Video(path))


def test_of_a_truncated_video_what_is_there_plays_and_begins_again(tmp_path: Path, clock: HandClock) -> None:
    path = make_video(tmp_path / "whole.mp4", COUNT, faststart=True)
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"mdat") + (len(data) - data.index(b"mdat")) // 2])
    video = Video(path, clock=clock)
    first_round: list[int] = []
    while not first_round or (number := number_in(frame_of(video).image)) > first_round[-1]:
        first_round.append(number if first_round else number_in(frame_of(video).image))
    assert 10 < len(first_round) < COUNT
    assert first_round == list(range(len(first_round)))
    assert video.length == pytest.approx(len(first_round), abs=1)
    video.seek(COUNT - 1)
    assert number_in(frame_of(video).image) == first_round[-1]


def test_seeking_into_the_missing_part_shows_the_last_picture_there_is(
    tmp_path: Path, clock: HandClock
) -> None:
    path = make_video(tmp_path / "whole.mp4", COUNT, faststart=True)
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"mdat") + (len(data) - data.index(b"mdat")) // 2])
    video = Video(path, clock=clock)
    video.seek(COUNT - 1)
    assert 10 < number_in(frame_of(video).image) < COUNT - 1


def test_a_video_with_nothing_decodable_says_so(tmp_path: Path, clock: HandClock) -> None:
    path = make_video(tmp_path / "whole.mp4", COUNT, faststart=True)
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"mdat") + 4])
    with pytest.raises(SourceError, match=r"can be decoded|is not a video"):
        frame_of(Video(path, clock=clock))


def test_damaged_parts_are_passed_over(path: Path, clock: HandClock) -> None:
    data = bytearray(path.read_bytes())
    begin = data.index(b"mdat") + 4
    middle = begin + (len(data) - begin) // 3
    data[middle : middle + 200] = bytes(200)
    path.write_bytes(data)
    numbers = all_of(Video(path, loop=False, clock=clock))
    assert numbers[0] == 0
    assert numbers[-1] == COUNT - 1


def test_a_file_taken_away_while_playing_is_named_and_plays_again_when_it_is_back(
    path: Path, clock: HandClock
) -> None:
    video = Video(path, clock=clock)
    frame_of(video)
    away = path.rename(path.with_name("away.mp4"))
    said = [read.text for read in (video.read() for _ in range(4 * COUNT)) if isinstance(read, NoSignal)]
    assert said
    assert path.name in said[0].en
    assert path.name in said[0].ja
    away.rename(path)
    clock.time += 2
    assert number_in(frame_of(video).image) == 0


def test_a_file_emptied_while_playing_is_named(tmp_path: Path, clock: HandClock) -> None:
    path = make_video(tmp_path / "large.mp4", COUNT, noisy=True)
    video = Video(path, clock=clock)
    frame_of(video)
    path.write_bytes(b"")
    assert any(isinstance(video.read(), NoSignal) for _ in range(4 * COUNT))


def test_a_file_replaced_while_playing_is_shown_anew(path: Path, clock: HandClock) -> None:
    video = Video(path, clock=clock)
    frame_of(video)
    make_video(path.with_name("other.mp4"), 10).replace(path)
    shown = [number_in(frame_of(video).image) for _ in range(COUNT - 1 + 25)]
    assert shown[COUNT - 1 :] == [n % 10 for n in range(25)]
    assert video.length == 10


def test_closing_from_another_thread_while_it_is_read(path: Path) -> None:
    video = Video(path)
    begun, reads = threading.Event(), list[Read]()

    def read_on() -> None:
        while not reads or not isinstance(reads[-1], End):
            reads.append(video.read())
            begun.set()

    reader = threading.Thread(target=read_on, name="reader", daemon=True)
    reader.start()
    assert begun.wait(5)
    video.close()
    reader.join(1)
    assert not reader.is_alive()
    assert isinstance(video.read(), End)
    video.close()


def test_wishes_from_many_threads_while_it_is_read(path: Path) -> None:
    video = Video(path)
    stop = threading.Event()

    def wish() -> None:
        place = 0
        while not stop.is_set():
            place = (place + 17) % COUNT
            video.seek(place)
            video.step(1)
            video.paused = False

    wishers = [threading.Thread(target=wish, name=f"wisher-{n}", daemon=True) for n in range(2)]
    for thread in wishers:
        thread.start()
    reads = [video.read() for _ in range(100)]
    stop.set()
    for thread in wishers:
        thread.join(2)
    video.seek(7)
    assert number_in(frame_of(video).image) == 7
    assert all(read is None or isinstance(read, Frame) for read in reads)
    video.close()


def test_the_shared_clips_play(shared: Path, clock: HandClock) -> None:
    for path in sorted((shared / "data" / "videos").glob("*.mp4")):
        video = Video(path, clock=clock)
        assert frame_of(video).size == (640, 360)
        video.seek(video.length - 1)
        frame_of(video)
        assert video.position == video.length - 1
        video.close()
