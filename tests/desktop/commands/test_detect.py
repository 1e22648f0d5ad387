"""`fusiform detect` as other people's scripts use it."""

from __future__ import annotations

import json
from pathlib import Path
from types import MappingProxyType
from typing import Any

import av
import numpy as np
import pytest

from desktop.commands import choice
from models.errors import ModelError
from models.text import Text
from pipelines import registry
from pipelines.sources.read_picture import read_picture
from pipelines.status import Status
from tests.desktop.commands.conftest import Bright, BrightParameters, Run, write_picture, write_video

pytestmark = pytest.mark.usefixtures("made_up")
KEYS = ["file", "width", "height", "milliseconds", "detections"]


def lines(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_a_line_of_json_a_picture_in_pixels_of_the_stored_picture(run: Run, tmp_path: Path) -> None:
    path = write_picture(tmp_path / "写真 1.png")

    ended = run("detect", "bright", path, "--json")

    (found,) = lines(ended.out)
    assert (ended.status, ended.err) == (0, "")
    assert list(found) == KEYS
    assert found["file"] == str(path)
    assert (found["width"], found["height"]) == (64, 48)
    assert found["milliseconds"] > 0
    assert found["detections"] == [{"label": "patch", "score": 0.1235, "box": [10.0, 6.0, 20.0, 12.0]}]


def test_nothing_found_is_done(run: Run, tmp_path: Path) -> None:
    path = write_picture(tmp_path / "dark.png", np.zeros((8, 8, 3), np.uint8))
    ended = run("detect", "bright", path, "--json")
    assert (ended.status, lines(ended.out)[0]["detections"]) == (0, [])


def test_set_reaches_the_pipeline(run: Run, tmp_path: Path) -> None:
    path = write_picture(tmp_path / "a.png")
    (found,) = lines(run("detect", "bright", path, "--json", "--set", "threshold=10").out)
    assert found["detections"][0]["box"] == [0.0, 0.0, 64.0, 48.0]


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(run: Run, tmp_path: Path) -> None:
    good = write_picture(tmp_path / "good.png")
    text = tmp_path / "text.png"
    text.write_text("no picture")
    film = tmp_path / "text.mp4"
    film.write_text("no video")
    (tmp_path / "empty").mkdir()
    bad = [tmp_path / "missing.png", text, film, tmp_path / "empty"]

    ended = run("detect", "bright", *bad, good, "--json")

    found = lines(ended.out)
    assert ended.status == 1
    assert [each["file"] for each in found] == [str(path) for path in [*bad, good]]
    assert all(list(each) == ["file", "error"] and each["error"] for each in found[:-1])
    assert list(found[-1]) == KEYS
    assert len(ended.err.splitlines()) == len(bad)


def test_a_bug_in_a_pipeline_costs_its_picture_only(run: Run, tmp_path: Path) -> None:
    bad = write_picture(tmp_path / "bad.png", np.zeros((13, 13, 3), np.uint8))
    good = write_picture(tmp_path / "good.png")

    ended = run("detect", "bright", bad, good, "--json")

    first, second = lines(ended.out)
    assert ended.status == 1
    assert "thirteen" in first["error"]
    assert "Traceback" not in ended.err
    assert second["detections"]


def test_a_folder_stands_for_its_pictures_and_videos(run: Run, tmp_path: Path) -> None:
    for name in ("b.png", "a.webp", ".hidden.png"):
        write_picture(tmp_path / "in" / name)
    write_video(tmp_path / "in" / "c.mp4", [0.0])
    (tmp_path / "in" / "notes.txt").write_text("no picture")
    (tmp_path / "in" / "deeper").mkdir()

    found = lines(run("detect", "bright", tmp_path / "in", "--json").out)

    assert [each["file"] for each in found] == [
        str(tmp_path / "in" / n) for n in ("a.webp", "b.png", "c.mp4")
    ]


def test_a_video_gives_a_line_a_frame(run: Run, tmp_path: Path) -> None:
    path = write_video(tmp_path / "clip.mp4", [0.0, 0.04, 0.08])
    found = lines(run("detect", "bright", path, "--json").out)
    assert [each["frame"] for each in found] == [0, 1, 2]
    assert list(found[0]) == ["file", "frame", *KEYS[1:]]


@pytest.mark.usefixtures("qapp")
def test_out_holds_the_annotated_pictures_and_nothing_is_overwritten(run: Run, tmp_path: Path) -> None:
    first, second = write_picture(tmp_path / "a" / "x.png"), write_picture(tmp_path / "b" / "x.png")
    given = first.read_bytes()

    ended = run("detect", "bright", first, second, "--out", tmp_path / "a")

    assert ended.status == 0
    assert first.read_bytes() == given
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["x-2.png", "x-3.png", "x.png"]
    drawn = read_picture(tmp_path / "a" / "x-2.png")
    assert drawn.shape == (24, 32, 3)
    assert len(np.unique(drawn.reshape(-1, 3), axis=0)) > 2, "a frame is drawn in a colour of its own"


@pytest.mark.usefixtures("qapp")
def test_out_holds_the_annotated_video_whole_or_not_at_all(run: Run, tmp_path: Path) -> None:
    good = write_video(tmp_path / "good.mp4", [0.0, 0.1])
    bad = tmp_path / "bad.mp4"
    bad.write_text("no video")

    assert run("detect", "bright", good, bad, "--json", "--out", tmp_path / "out").status == 1

    assert [path.name for path in (tmp_path / "out").iterdir()] == ["good.mp4"]
    with av.open(str(tmp_path / "out" / "good.mp4")) as container:
        assert [frame.time for frame in container.decode(video=0)] == pytest.approx([0.0, 0.1], abs=1e-4)


def test_a_person_reads_a_table(run: Run, tmp_path: Path) -> None:
    path = write_picture(tmp_path / "a.png")
    head, row = run("detect", "bright", path).out.splitlines()
    assert head.startswith(f"{path}  64 × 48  1 found  ")
    assert row.split() == ["patch", "0.12", "(10,", "6)", "20", "×", "12"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["count", "a.png"], "the detectors are: bright"),
        (["brigth", "a.png"], "did you mean 'bright'?"),
        (["bright"], "Missing argument 'PATH…'"),
        (["bright", "a.png", "--set", "treshold=3"], "did you mean 'threshold'?"),
        (["bright", "a.png", "--set", "threshold=900"], "from 1 to 255"),
        (["bright", "a.png", "--set", "threshold"], "key=value"),
    ],
)
def test_wrong_use(run: Run, words: list[str], sentence: str) -> None:
    ended = run("detect", *words)
    assert (ended.status, ended.out) == (2, "")
    assert sentence in ended.err


class Torn(Bright):
    """It goes on with less than it was to have."""

    name = "torn"

    def status(self) -> Status:
        return Status(notice=Text("It computes on the CPU.", "CPU で計算します。"))


class Unready(Bright):
    name = "unready"

    def prepare(self, parameters: BrightParameters) -> None:
        raise ModelError("Its network is not here.", "ネットワークがありません。")


@pytest.fixture
def more(made_up: None, monkeypatch: pytest.MonkeyPatch) -> None:
    known = MappingProxyType({pipeline.name: pipeline for pipeline in (Torn, Unready)})
    for module in (registry, choice):
        monkeypatch.setattr(module, "discover", lambda: known)


@pytest.mark.usefixtures("more")
def test_what_went_differently_is_said_once_beside_the_json(run: Run, tmp_path: Path) -> None:
    paths = [write_picture(tmp_path / f"{number}.png") for number in range(3)]
    ended = run("detect", "torn", *paths, "--json")
    assert ended.status == 0
    assert len(lines(ended.out)) == 3
    assert ended.err == "It computes on the CPU.\n"


@pytest.mark.usefixtures("more")
def test_what_cannot_be_loaded_is_said_once_and_for_all_pictures(run: Run, tmp_path: Path) -> None:
    paths = [write_picture(tmp_path / f"{number}.png") for number in range(3)]
    ended = run("detect", "unready", *paths, "--json")
    assert (ended.status, ended.out, ended.err) == (1, "", "Its network is not here.\n")
