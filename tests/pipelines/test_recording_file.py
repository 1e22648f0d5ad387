"""A video that plays at every moment: while it grows, when it is finished, and when its disk is full."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest

from pipelines.frame import Image
from pipelines.recording_file import UNFINISHED, RecordingFile
from tests.pipelines.recorded import frames_of, length_of

SIZE = (64, 48)
TIMES = [0.0, 0.031, 0.07, 0.5, 0.54, 1.9, 2.0, 4.25, 4.26]
TICK = 1 / 90_000


def flat(level: int) -> Image:
    return np.full((SIZE[1], SIZE[0], 4), level, np.uint8)


def written(path: Path, times: list[float]) -> RecordingFile:
    file = RecordingFile(path, SIZE)
    for number, seconds in enumerate(times):
        file.write(flat(20 * number % 256), seconds)
    return file


def is_plain(path: Path) -> bool:
    """Its index stands in front of its pictures, and it has no fragments."""
    data = path.read_bytes()
    return 0 < data.find(b"moov") < data.find(b"mdat") and data.find(b"moof") < 0


def test_every_frame_has_its_time_and_the_last_one_lasts_until_the_end(tmp_path: Path) -> None:
    path = tmp_path / "授業" / "録画 1.mp4"
    assert written(path, TIMES).finish(7.5, lambda: True) == path
    assert [frame.time for frame in frames_of(path)] == pytest.approx(TIMES, abs=TICK)
    assert length_of(path) == pytest.approx(7.5, abs=TICK)
    levels = [frame.to_ndarray(format="gray").mean() for frame in frames_of(path)]
    assert levels == sorted(levels)


def test_what_is_finished_is_a_plain_file_that_browsers_play(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    written(path, TIMES).finish(5.0, lambda: True)
    with av.open(str(path)) as container:
        context = container.streams.video[0].codec_context
        assert (context.name, context.pix_fmt) == ("h264", "yuv420p")
        assert not context.has_b_frames
    assert is_plain(path)
    assert [file.name for file in tmp_path.iterdir()] == ["a.mp4"]


def test_in_a_hurry_it_stays_in_fragments_and_plays(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    written(path, TIMES).finish(5.0, lambda: False)
    assert not is_plain(path)
    assert [frame.time for frame in frames_of(path)] == pytest.approx(TIMES, abs=TICK)
    assert [file.name for file in tmp_path.iterdir()] == ["a.mp4"]


def test_while_it_grows_it_plays_under_its_first_name(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    file = written(path, [number / 30 for number in range(100)])
    growing = tmp_path / f"a{UNFINISHED}"
    copy = tmp_path / "copy.mp4"
    copy.write_bytes(growing.read_bytes())
    assert len(frames_of(copy)) >= 60
    assert not path.exists()
    file.finish(4.0, lambda: True)
    assert not growing.exists()


def test_times_that_do_not_rise_are_moved_behind_each_other(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    written(path, [0.0, 0.2, 0.2, 0.1, 0.3]).finish(0.0, lambda: True)
    times = [frame.time for frame in frames_of(path)]
    assert times == sorted(set(times))
    assert times == pytest.approx([0.0, 0.2, 0.2, 0.2, 0.3], abs=1e-4)


def test_without_a_frame_there_is_no_file(tmp_path: Path) -> None:
    assert RecordingFile(tmp_path / "a.mp4", SIZE).finish(1.0, lambda: True) is None
    assert list(tmp_path.iterdir()) == []


def test_one_frame_is_a_video(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    written(path, [0.0]).finish(3.0, lambda: True)
    assert len(frames_of(path)) == 1
    assert length_of(path) == pytest.approx(3.0, abs=TICK)


FULL = """
import resource, sys
from pathlib import Path
import numpy as np
from pipelines.recording_file import RecordingFile

path, limit = Path(sys.argv[1]), int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
file = RecordingFile(path, (160, 120))
noise = np.random.default_rng(1)
try:
    for number in range(600):
        file.write(noise.integers(0, 256, (120, 160, 3), np.uint8), number / 30)
except OSError as error:
    print(number, error.errno, file.rescue(lambda: True))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit to the size of files")
@pytest.mark.parametrize("limit", [300, 250_000, 900_000, 1_700_000])
def test_a_disk_that_gets_full_leaves_what_plays(tmp_path: Path, limit: int) -> None:
    """A child process whose files may not grow beyond a limit writes until it is refused."""
    path = tmp_path / "a.mp4"
    told = subprocess.run(
        [sys.executable, "-c", FULL, str(path), str(limit)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    refused_at, _errno, kept = told.stdout.split()
    if kept == "None":
        assert limit < 600_000, "a second of noise takes no more than that"
        assert list(tmp_path.iterdir()) == []
        return
    assert [file.name for file in tmp_path.iterdir()] == ["a.mp4"]
    assert path.stat().st_size <= limit
    frames = frames_of(path)
    assert [frame.time for frame in frames] == pytest.approx(
        [number / 30 for number in range(len(frames))], abs=TICK
    )
    assert int(refused_at) - 70 < len(frames) <= int(refused_at), "no more than two seconds are lost"


def test_a_disk_that_is_gone_tells_the_name_under_which_it_is_found(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    file = written(stick / "a.mp4", [number / 30 for number in range(100)])
    stick.rename(tmp_path / "pulled")
    with pytest.raises(FileNotFoundError):
        file.finish(4.0, lambda: True)
    assert file.rescue(lambda: True) == stick / f"a{UNFINISHED}"
    assert len(frames_of(tmp_path / "pulled" / f"a{UNFINISHED}")) == 100


def test_a_place_where_nothing_can_be_written_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises((FileExistsError, NotADirectoryError)):
        RecordingFile(tmp_path / "file" / "a.mp4", SIZE)
