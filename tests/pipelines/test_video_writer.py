"""The video files we write: what a browser needs, true times, and whole or not at all."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from pipelines.frame import Image
from pipelines.video_writer import VideoWriter

TIMES = [0.0, 0.04, 0.08, 0.5, 0.54, 1.2]


def flat(width: int, height: int, colour: tuple[int, int, int] = (40, 90, 200)) -> Image:
    return np.full((height, width, 3), colour, np.uint8)


def written(path: Path, image: Image, times: list[float]) -> Path:
    with VideoWriter(path, Fraction(25)) as video:
        for seconds in times:
            video.write(image, seconds)
    return path


def frames(path: Path) -> list[av.VideoFrame]:
    with av.open(str(path)) as container:
        return list(container.decode(video=0))


def test_what_a_browser_plays(tmp_path: Path) -> None:
    path = written(tmp_path / "a.mp4", flat(64, 48), TIMES)
    with av.open(str(path)) as container:
        context = container.streams.video[0].codec_context
        assert (context.name, context.pix_fmt) == ("h264", "yuv420p")
    data = path.read_bytes()
    assert data.find(b"moov") < data.find(b"mdat"), "a browser can begin before it has all"


def test_every_frame_at_its_time(tmp_path: Path) -> None:
    path = written(tmp_path / "a.mp4", flat(64, 48), TIMES)
    assert [frame.time for frame in frames(path)] == pytest.approx(TIMES, abs=1 / 90_000)


def test_a_constant_rate_is_told_and_the_last_frame_lasts(tmp_path: Path) -> None:
    path = written(tmp_path / "a.mp4", flat(64, 48), [i / 25 for i in range(30)])
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert stream.average_rate == 25
        assert float(stream.duration * stream.time_base) == pytest.approx(30 / 25)


def test_times_that_do_not_rise_are_moved_behind_each_other(tmp_path: Path) -> None:
    path = written(tmp_path / "a.mp4", flat(64, 48), [0.0, 0.2, 0.2, 0.1, 0.3])
    times = [frame.time for frame in frames(path)]
    assert len(times) == 5
    assert times == sorted(set(times))
    assert times == pytest.approx([0.0, 0.2, 0.2, 0.2, 0.3], abs=1e-4)


@pytest.mark.parametrize("size", [(1, 1), (37, 53), (64, 48), (641, 361)])
def test_colours_are_true_and_odd_sizes_are_filled_up(tmp_path: Path, size: tuple[int, int]) -> None:
    width, height = size
    (frame,) = frames(written(tmp_path / "a.mp4", flat(width, height), [0.0]))
    assert (frame.width, frame.height) == (width + width % 2, height + height % 2)
    assert np.abs(frame.to_ndarray(format="bgr24").astype(int) - (40, 90, 200)).max() <= 3


def test_grey_and_another_size_are_taken(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "a.mp4", Fraction(25)) as video:
        video.write(np.full((48, 64), 100, np.uint8), 0.0)
        video.write(flat(128, 30, (100, 100, 100)), 0.1)
    for frame in frames(tmp_path / "a.mp4"):
        assert (frame.width, frame.height) == (64, 48)
        assert np.abs(frame.to_ndarray(format="bgr24").astype(int) - 100).max() <= 3


def test_an_old_file_stays_whole_until_the_new_one_is(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"old")
    video = VideoWriter(path, Fraction(25))
    video.write(flat(64, 48), 0.0)
    assert path.read_bytes() == b"old"
    video.finish()
    assert len(frames(path)) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["a.mp4"]


def test_an_exception_leaves_nothing(tmp_path: Path) -> None:
    pictures = {0.0: flat(64, 48)}
    with pytest.raises(KeyError), VideoWriter(tmp_path / "a.mp4", Fraction(25)) as video:  # noqa: PT012
        for seconds in (0.0, 0.1):
            video.write(pictures[seconds], seconds)
    assert not list(tmp_path.iterdir())


def test_without_a_frame_there_is_no_file(tmp_path: Path) -> None:
    assert not written(tmp_path / "a.mp4", flat(2, 2), []).exists()


def test_a_folder_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        written(tmp_path / "nowhere" / "a.mp4", flat(64, 48), [0.0])
