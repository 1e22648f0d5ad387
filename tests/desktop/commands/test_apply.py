"""`fusiform apply`: any pipeline over files."""

from __future__ import annotations

from pathlib import Path

import av
import pytest

from pipelines.sources.read_picture import read_picture
from tests.desktop.commands.conftest import Run, write_picture, write_video

pytestmark = pytest.mark.usefixtures("made_up")


def brightness(path: Path) -> list[int]:
    """The middle of every frame."""
    with av.open(str(path)) as container:
        frames = [frame.to_ndarray(format="bgr24") for frame in container.decode(video=0)]
    return [int(frame[frame.shape[0] // 2, frame.shape[1] // 2].mean()) for frame in frames]


def test_pictures_become_pictures(run: Run, tmp_path: Path) -> None:
    path = write_picture(tmp_path / "写真.jpg")
    ended = run("apply", "count", path, "--out", tmp_path / "new" / "out")
    result = tmp_path / "new" / "out" / "写真.png"
    assert (ended.status, ended.out, ended.err) == (0, f"{path} → {result}\n", "")
    picture = read_picture(result)
    assert picture.shape == (48, 64, 3)
    assert (picture == 10).all()


def test_a_video_keeps_its_times_and_each_begins_afresh(run: Run, tmp_path: Path) -> None:
    times = [0.0, 0.04, 0.5, 0.54]
    films = [write_video(tmp_path / name, times) for name in ("one.mp4", "two.mp4")]

    assert run("apply", "count", *films, "--out", tmp_path / "out").status == 0

    for film in films:
        result = tmp_path / "out" / film.name
        with av.open(str(result)) as container:
            stream = container.streams.video[0]
            assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
            assert [f.time for f in container.decode(stream)] == pytest.approx(times, abs=1e-4)
        assert brightness(result) == pytest.approx([10, 20, 30, 40], abs=2)


def test_a_broken_file_is_told_and_the_rest_goes_on(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.mp4"
    bad.write_text("no video")
    good = write_picture(tmp_path / "good.png")

    ended = run("apply", "count", bad, good, "--out", tmp_path / "out")

    assert ended.status == 1
    assert ended.err.startswith(f"{bad}: “bad.mp4” is not a video")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["good.png"]


def test_a_failure_in_the_middle_leaves_no_part_behind(run: Run, tmp_path: Path) -> None:
    film = write_video(tmp_path / "film.mp4", [i / 25 for i in range(100)])
    ended = run("apply", "count", film, "--out", tmp_path / "out")
    assert ended.status == 1
    assert "cannot count that far" in ended.err
    assert not list((tmp_path / "out").iterdir())


def test_a_folder_that_cannot_be_written_is_one_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    ended = run("apply", "count", write_picture(tmp_path / "a.png"), "--out", tmp_path / "file" / "out")
    assert ended.status == 1
    assert len(ended.err.splitlines()) == 1
    assert "cannot be written" in ended.err


def test_a_pipeline_that_cannot_run_here_says_why(run: Run, tmp_path: Path) -> None:
    ended = run("apply", "absent", write_picture(tmp_path / "a.png"), "--out", tmp_path / "out")
    assert (ended.status, ended.err) == (1, "It has no network here.\n")


@pytest.mark.parametrize("words", [["count"], ["count", "a.png"], ["nothing", "a.png", "--out", "o"]])
def test_wrong_use(run: Run, words: list[str]) -> None:
    assert run("apply", *words).status == 2


def test_pictures_are_distorted_before_the_pipeline_sees_them(run: Run, tmp_path: Path) -> None:
    path = write_picture(tmp_path / "a.png")
    for name, options in (("plain", ()), ("negative", ("--distort", "invert=true,contrast=1"))):
        assert run("apply", "original", path, "--out", tmp_path / name, *options).status == 0
    plain, negative = (read_picture(tmp_path / name / "a.png") for name in ("plain", "negative"))
    assert (negative == 255 - plain).all()
