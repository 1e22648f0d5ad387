"""Pictures are shown in turn, stay as long as they should, and may come and go."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from models.errors import SourceError
from pipelines.frame import Frame, Truth
from pipelines.sources.pictures import Pictures
from pipelines.sources.source import Complaining, End, NoSignal, Paced, Playable
from tests.pipelines.sources.hand_clock import HandClock

SECONDS = 3.0


def paint(path: Path, value: int) -> Path:
    """A small picture that is known by its brightness."""
    good, data = cv2.imencode(path.suffix, np.full((6, 8, 3), value, np.uint8))
    assert good
    path.write_bytes(data.tobytes())
    return path


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three pictures of brightness 10, 20 and 100 in the natural order of their names."""
    folder = tmp_path / "写真 の フォルダー"
    folder.mkdir()
    paint(folder / "picture10.png", 100)
    paint(folder / "Picture2.png", 20)
    paint(folder / "picture1.PNG", 10)
    (folder / "notes.txt").write_text("no picture")
    (folder / ".hidden.png").write_bytes(b"")
    (folder / "inner.png").mkdir()
    return folder


def value_of(source: Pictures) -> int:
    for _ in range(40):
        read = source.read()
        if isinstance(read, Frame):
            return int(read.image[0, 0, 0])
        assert read is None, read
    raise AssertionError("no frame came")


def values_by_time(source: Pictures, clock: HandClock, seconds: float) -> list[tuple[float, int]]:
    """(seconds from now, brightness) of each frame; -1 where there was no signal."""
    begin, seen = clock.now(), []
    while clock.now() < begin + seconds - 1e-6:
        read = source.read()
        if isinstance(read, Frame):
            seen.append((clock.now() - begin, int(read.image[0, 0, 0])))
        elif isinstance(read, NoSignal):
            seen.append((clock.now() - begin, -1))
    return seen


def test_each_stays_for_its_time_in_natural_order_and_they_begin_again(
    folder: Path, clock: HandClock
) -> None:
    source = Pictures(folder, seconds=SECONDS, clock=clock)
    for when, value in values_by_time(source, clock, 3.9 * SECONDS):
        assert value == [10, 20, 100, 10][int((when + 1e-6) / SECONDS)]


def test_a_still_picture_comes_again_ten_times_a_second(folder: Path, clock: HandClock) -> None:
    source = Pictures(folder / "Picture2.png", clock=clock)
    frames = [frame for _ in range(200) if isinstance(frame := source.read(), Frame)]
    gaps = np.diff([frame.captured for frame in frames])
    assert np.allclose(gaps, 0.1)
    assert [frame.number for frame in frames] == list(range(len(frames)))
    assert all(frame.image is frames[0].image for frame in frames[:5]), "decoded once"
    assert (source.length, source.position) == (1, 0)


def test_it_is_playable_and_says_what_it_is(folder: Path, clock: HandClock) -> None:
    source = Pictures(folder, seconds=SECONDS, clock=clock)
    value_of(source)
    assert isinstance(source, Playable)
    assert source.address == f"pictures:{folder}"
    assert source.title.ja == folder.name
    assert source.detail.en == "8 × 6"
    assert source.length == 3
    assert source.rate == pytest.approx(1 / SECONDS)


def test_next_previous_and_seek(folder: Path, clock: HandClock) -> None:
    source = Pictures(folder, clock=clock)
    assert value_of(source) == 10
    source.step(1)
    assert value_of(source) == 20
    assert source.paused
    assert source.read() is None
    source.step(-1)
    assert value_of(source) == 10
    source.seek(99)
    assert value_of(source) == 100
    assert source.position == 2


def test_after_a_pause_the_picture_stays_for_the_rest_of_its_time(folder: Path, clock: HandClock) -> None:
    source = Pictures(folder, seconds=SECONDS, clock=clock)
    values_by_time(source, clock, 1.0)
    source.paused = True
    assert [source.read() for _ in range(50)] == [None] * 50
    source.paused = False
    when = next(when for when, value in values_by_time(source, clock, SECONDS) if value == 20)
    assert when == pytest.approx(SECONDS - 1.0, abs=0.11)


def test_an_unreadable_picture_is_named_for_its_turn(folder: Path, clock: HandClock) -> None:
    (folder / "Picture2.png").write_bytes(b"no picture")
    source = Pictures(folder, seconds=SECONDS, clock=clock)
    value_of(source)
    source.seek(1)
    broken = source.read()
    assert isinstance(broken, NoSignal)
    assert "Picture2.png" in broken.text.en
    assert "Picture2.png" in broken.text.ja
    seen = [value for _, value in values_by_time(source, clock, 1.9 * SECONDS)]
    assert set(seen) == {-1, 100}
    assert seen == sorted(seen)


def test_pictures_may_come_and_go_while_it_runs(folder: Path, clock: HandClock) -> None:
    source = Pictures(folder, seconds=SECONDS, clock=clock)
    assert value_of(source) == 10
    paint(folder / "picture3.png", 30)
    (folder / "Picture2.png").unlink()
    shown = [value for _, value in values_by_time(source, clock, 4 * SECONDS)]
    assert list(dict.fromkeys(shown)) == [10, 30, 100]
    assert source.length == 3


def test_an_emptied_folder_says_so_and_comes_back(folder: Path, clock: HandClock) -> None:
    source = Pictures(folder, seconds=SECONDS, clock=clock)
    value_of(source)
    for file in folder.glob("*.[pP]*"):
        if file.is_file():
            file.unlink()
    reads = [source.read() for _ in range(100)]
    assert any(isinstance(read, NoSignal) and folder.name in read.text.en for read in reads)
    source.step(1)
    assert isinstance(source.read(), NoSignal)
    source.paused = False
    paint(folder / "new.png", 55)
    assert 55 in [value for _, value in values_by_time(source, clock, 2 * SECONDS)]


def test_a_picture_saved_again_is_shown_anew(tmp_path: Path, clock: HandClock) -> None:
    path = paint(tmp_path / "drawing.png", 10)
    source = Pictures(path, seconds=SECONDS, clock=clock)
    value_of(source)
    path.unlink()
    assert -1 in [value for _, value in values_by_time(source, clock, 2 * SECONDS)]
    paint(path, 99)
    assert values_by_time(source, clock, 2 * SECONDS)[-1][1] == 99


def test_for_the_command_line_each_comes_once(folder: Path, clock: HandClock) -> None:
    source = Pictures(folder, live=False, clock=clock)
    begin = clock.now()
    assert [value_of(source) for _ in range(3)] == [10, 20, 100]
    assert isinstance(source.read(), End)
    assert clock.now() == begin


def test_closed_it_ends(folder: Path) -> None:
    source = Pictures(folder)
    source.close()
    source.close()
    assert isinstance(source.read(), End)


def test_what_gives_no_picture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="There is no file or folder"):
        Pictures(tmp_path / "missing")
    with pytest.raises(SourceError, match="no picture in the folder"):
        Pictures(tmp_path)
    (tmp_path / "broken.png").write_bytes(b"no picture")
    with pytest.raises(SourceError, match="is not a picture"):
        Pictures(tmp_path / "broken.png")


def test_the_pace_can_be_changed_while_it_plays(folder: Path, clock: HandClock) -> None:
    source = Pictures(folder, seconds=SECONDS, clock=clock)
    assert isinstance(source, Paced)
    values_by_time(source, clock, 1.0)
    source.seconds = 1.0
    assert (source.seconds, source.rate) == (1.0, 1.0)
    for when, value in values_by_time(source, clock, 3.9):
        assert value == [10, 20, 100, 10][int(when + 1e-6)]


def test_at_no_pace_only_a_person_turns_the_pictures(folder: Path, clock: HandClock) -> None:
    source = Pictures(folder, seconds=SECONDS, clock=clock)
    value_of(source)
    source.seconds = 0
    assert source.rate == 0
    shown = values_by_time(source, clock, 600.0)
    assert {value for _, value in shown} == {10}
    assert np.allclose(np.diff([when for when, _ in shown]), 0.1), "the lanes always have a fresh frame"
    source.step(1)
    source.paused = False
    assert {value for _, value in values_by_time(source, clock, 60.0)} == {20}
    source.seconds = 1.0
    assert [value for _, value in values_by_time(source, clock, 1.9)][-1] == 100


def test_without_a_loop_it_ends_and_with_one_it_begins_again(folder: Path, clock: HandClock) -> None:
    source = Pictures(folder, seconds=1.0, clock=clock)
    values_by_time(source, clock, 4.5)
    source.loop = False
    assert [value for _, value in values_by_time(source, clock, 5.0)][-1] == 100
    assert isinstance(source.read(), End)
    assert source.position == 2
    source.loop = True
    shown = values_by_time(source, clock, 2.9)
    assert list(dict.fromkeys(value for _, value in shown)) == [10, 20, 100]


def test_played_at_the_last_picture_without_a_loop_it_begins_again(folder: Path, clock: HandClock) -> None:
    source = Pictures(folder, seconds=1.0, loop=False, clock=clock)
    whole_round = [10, 20, 100]
    assert list(dict.fromkeys(value for _, value in values_by_time(source, clock, 4.0))) == whole_round
    source.paused = False
    assert list(dict.fromkeys(value for _, value in values_by_time(source, clock, 2.9))) == whole_round
    source.step(0)
    assert value_of(source) == 100
    source.paused = False
    assert list(dict.fromkeys(value for _, value in values_by_time(source, clock, 2.9))) == whole_round


def test_played_at_another_picture_or_with_a_loop_it_goes_on(folder: Path, clock: HandClock) -> None:
    source = Pictures(folder, seconds=1.0, loop=False, clock=clock)
    source.step(1)
    assert value_of(source) == 20
    source.paused = False
    assert list(dict.fromkeys(value for _, value in values_by_time(source, clock, 1.9))) == [20, 100]
    source.loop = True
    source.seek(2)
    source.paused = False
    assert list(dict.fromkeys(value for _, value in values_by_time(source, clock, 1.9))) == [100, 10]


def test_turned_by_hand_the_folder_is_looked_through_at_every_turn(folder: Path, clock: HandClock) -> None:
    source = Pictures(folder, seconds=0, clock=clock)
    source.seek(2)
    assert value_of(source) == 100
    paint(folder / "picture11.png", 110)
    source.step(1)
    assert value_of(source) == 110
    (folder / "picture1.PNG").unlink()
    source.step(-1)
    assert value_of(source) == 100
    assert (source.position, source.length) == (1, 3)
    source.step(-1)
    assert value_of(source) == 20
    (folder / "Picture2.png").unlink()
    source.step(-1)
    assert value_of(source) == 100


def frame_of(source: Pictures) -> Frame:
    return next(read for _ in range(40) if isinstance(read := source.read(), Frame))


def test_frames_carry_what_is_labelled_and_which_picture_they_are(folder: Path, clock: HandClock) -> None:
    (folder / "labels.jsonl").write_text(
        '{"file": "picture1.PNG", "width": 8, "height": 6, "boxes": [{"xywh": [1, 2, 3, 4]}]}\n'
        '{"file": "picture10.png", "boxes": []}\n'
    )
    source = Pictures(folder, clock=clock)
    first = [frame_of(source) for _ in range(3)]
    assert {frame.truth for frame in first} == {(Truth("face", (1, 2, 3, 4)),)}
    assert {frame.name for frame in first} == {"picture1.PNG"}
    assert all(frame.labelled for frame in first)
    source.seek(1)
    unknown = frame_of(source)
    assert (unknown.name, unknown.truth, unknown.labelled) == ("Picture2.png", (), False)
    source.seek(2)
    assert (frame_of(source).truth, frame_of(source).labelled) == ((), True)


def test_a_label_that_comes_later_is_there_at_the_next_turn(folder: Path, clock: HandClock) -> None:
    source = Pictures(folder, clock=clock)
    assert not frame_of(source).labelled
    (folder / "picture1.txt").write_text("0 0.5 0.5 0.5 0.5")
    source.seek(0)
    assert frame_of(source).truth == (Truth("0", (2, 1.5, 4, 3)),)


def test_one_picture_alone_has_the_labels_of_its_folder(folder: Path, clock: HandClock) -> None:
    (folder / "Picture2.txt").write_text("0 0.5 0.5 0.5 0.5")
    assert frame_of(Pictures(folder / "Picture2.png", clock=clock)).labelled


def test_broken_labels_are_told_and_the_pictures_shown(folder: Path, clock: HandClock) -> None:
    (folder / "labels.jsonl").write_text("nonsense")
    source = Pictures(folder, clock=clock)
    assert value_of(source) == 10
    assert isinstance(source, Complaining)
    assert source.complaint is not None
    assert "labels.jsonl" in source.complaint.en
    (folder / "labels.jsonl").unlink()
    source.seek(1)
    value_of(source)
    assert source.complaint is None
