"""`fusiform run`: what it is asked for reaches the window, and what it cannot do is said in one sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest

from desktop.commands import run as run_command
from desktop.commands import tour as tour_command
from desktop.opening import Start
from desktop.tour import guide, stops
from desktop.tour.stop import Stop
from pipelines.distortions import Distortions
from pipelines.registry import find
from pipelines.scene import LaneScene, Scene, write_scene
from tests.desktop.commands.conftest import Run, write_picture

DOG = find("dog")
CHECKOUT = Path(guide.__file__).parents[2]
TOUR_TAKES = 600.0
"""Seconds after which the tour is given up, on a machine where others work as well."""
FEW = 3
FIRST_STOPS = f"""
from desktop.main import main
from desktop.tour import pictures
pictures.STOPS = pictures.STOPS[:{FEW}]
raise SystemExit(main())
"""
"""The program with a short tour."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Start]:
    """What the window would have been started with, on a machine with a screen."""
    from desktop import program

    starts: list[Start] = []
    monkeypatch.setattr(program, "run", starts.append)
    monkeypatch.setattr(run_command, "display_available", lambda: True)
    return starts


def test_without_a_word_the_last_scene_goes_on(run: Run, asked: list[Start]) -> None:
    assert run("run") == (0, "", "")
    assert asked == [Start(language="en")]


def test_lanes_with_their_parameters(run: Run, asked: list[Start]) -> None:
    assert run("--lane", "dog:sigma=2.5,ratio=2", "--lane", "canny").status == 0
    scene = asked[0].scene
    assert scene is not None
    assert scene.layout == 2
    assert [lane.pipeline.name for lane in scene.lanes] == ["dog", "canny"]
    assert scene.lanes[0].parameters.to_table() == {"sigma": 2.5, "ratio": 2.0}


@pytest.mark.parametrize(("lanes", "layout"), [(1, 1), (2, 2), (3, 4), (4, 4)])
def test_the_layout_has_room_for_the_lanes(run: Run, asked: list[Start], lanes: int, layout: int) -> None:
    run("run", *["--lane", "dog"] * lanes)
    assert asked[0].scene is not None
    assert asked[0].scene.layout == layout


def test_the_command_line_counts_more_than_the_scene(run: Run, asked: list[Start], tmp_path: Path) -> None:
    path = tmp_path / "授業.toml"
    write_scene(path, Scene("demo:", 2, True, lanes=(LaneScene(DOG, DOG.parameters()),) * 2))
    run("run", "--scene", path)
    run("run", "--scene", path, "--lane", "canny", "--layout", "4")
    first, second = (start.scene for start in asked)
    assert first is not None
    assert second is not None
    assert (first.layout, len(first.lanes), first.lock_step) == (2, 2, True)
    assert (second.layout, second.source, second.lock_step) == (4, "demo:", True)
    assert [lane.pipeline.name for lane in second.lanes] == ["canny"]


def test_distortions_of_the_command_line_take_the_place_of_the_scenes(
    run: Run, asked: list[Start], tmp_path: Path
) -> None:
    path = tmp_path / "scene.toml"
    write_scene(path, Scene("demo:", distortions=Distortions(jpeg=50)))
    run("run", "--scene", path)
    run("run", "--scene", path, "--distort", "rotation=-30,blur=2", "--distort", "blur=3")
    run("run", "--distort", "noise=5")
    found = [start.scene.distortions for start in asked if start.scene]
    assert found == [Distortions(jpeg=50), Distortions(rotation=-30.0, blur=3.0), Distortions(noise=5.0)]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [("fog=1", "There is no parameter 'fog'"), ("blur=99", "0 to 20 px"), ("blur", "form key=value")],
)
def test_a_distortion_that_does_not_exist_is_wrong_use(
    run: Run, asked: list[Start], words: str, complaint: str
) -> None:
    ended = run("run", "--distort", words)
    assert (ended.status, asked) == (2, [])
    assert complaint in ended.err


def test_the_help_names_every_distortion(run: Run) -> None:
    words = run("run", "--help").out
    assert [spec.name for spec in Distortions.specs() if spec.name not in words] == []


def test_a_source_is_opened_before_the_window(run: Run, asked: list[Start], tmp_path: Path) -> None:
    path = write_picture(tmp_path / "絵 1.png")
    assert run("run", "--source", path).status == 0
    source = asked[0].source
    assert source is not None
    assert source.address == f"pictures:{path}"
    source.close()


@pytest.mark.parametrize("kind", ["missing.mp4", "text.mp4", "empty"])
def test_a_source_that_cannot_be_played_is_one_sentence(
    run: Run, asked: list[Start], tmp_path: Path, kind: str
) -> None:
    (tmp_path / "text.mp4").write_text("no video")
    (tmp_path / "empty").mkdir()
    ended = run("run", "--source", tmp_path / kind)
    assert ended.status == 1
    assert ended.out == ""
    assert ended.err.count("\n") == 1
    assert kind in ended.err
    assert asked == []


def test_a_bad_source_is_told_without_a_screen_as_well(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    walked: list[Path] = []
    monkeypatch.setattr(run_command, "display_available", lambda: False)
    monkeypatch.setattr(tour_command, "walk", walked.append)
    assert run("run", "--source", tmp_path / "missing.mp4").status == 1
    assert walked == []
    assert run("run", "--source", "demo:").status == 0
    assert walked == [run_command.TOUR]


@pytest.mark.parametrize(
    "words",
    [
        ("--lane", "nope"),
        ("--lane", "dog:sigma"),
        ("--lane", "dog:sigma=99999"),
        ("--lane", "dog:sigmaa=1"),
        ("--layout", "3"),
        ("--lane", "dog") * 5,
        ("--bogus",),
        ("left over",),
    ],
    ids=str,
)
def test_wrong_use_is_told_and_nothing_opens(run: Run, asked: list[Start], words: tuple[str, ...]) -> None:
    ended = run("run", *words)
    assert ended.status == 2
    assert ended.out == ""
    assert "Traceback" not in ended.err
    assert asked == []


def test_a_broken_scene_is_told_by_line(run: Run, asked: list[Start], tmp_path: Path) -> None:
    path = tmp_path / "lesson.toml"
    path.write_text('layout = 2\n[[lanes]]\npipeline = "nope"\n')
    ended = run("run", "--scene", path)
    assert (ended.status, ended.out) == (1, "")
    assert "lesson.toml, line 3:" in ended.err
    assert run("run", "--scene", tmp_path / "none.toml").status == 1
    assert asked == []


def test_without_a_screen_it_says_so_and_writes_the_tour(tmp_path: Path) -> None:
    """From outside, as on a server; the first stops are enough to see it."""
    assert_tour(tmp_path, stops.STOPS[:FEW], ["-c", FIRST_STOPS])


DARK = "exhibit-closed"
"""Outside of its opening hours an exhibit's screen is black."""


@pytest.mark.whole_tour
@pytest.mark.timeout(TOUR_TAKES + 10)
def test_every_stop_of_the_tour_is_a_whole_picture_of_its_own(tmp_path: Path) -> None:
    assert_tour(tmp_path, stops.STOPS, ["-m", "desktop"])


def assert_tour(folder: Path, made: Sequence[Stop], program: Sequence[str]) -> None:
    """`fusiform run` makes a picture of each of these stops, and lists them; `program` are Python's
    arguments."""
    home = folder / "home"
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "LANGUAGE")
    }
    ended = subprocess.run(
        [sys.executable, *program, "--lang", "en", "run"],
        cwd=folder,
        env=environment | {"FUSIFORM_HOME": str(home), "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        timeout=TOUR_TAKES,
        check=False,
    )
    said = [line for line in ended.stderr.splitlines() if not line.startswith("This plugin does not support")]
    assert (ended.returncode, said) == (0, [])
    first, *listed = ended.stdout.splitlines()
    tour = folder / "tour"
    assert first == f"There is no screen here: the tour runs without one and writes its pictures to {tour}."
    names = [stop.name for stop in made]
    assert [Path(line).name for line in listed] == [*(f"{name}.png" for name in names), "tour.json"]
    written = json.loads((tour / "tour.json").read_text("utf-8"))
    assert [(entry["view"], entry["file"]) for entry in written] == [(name, f"{name}.png") for name in names]
    assert [entry["title"] for entry in written] == [stop.words.en for stop in made]
    pictures = [np.asarray(cv2.imread(str(tour / entry["file"]))) for entry in written]
    for name, picture in zip(names, pictures, strict=True):
        assert picture.shape == (guide.SIZE.height(), guide.SIZE.width(), 3), name
        assert (picture.std() > 10) != (name == DARK), f"{name} is empty"
    for number, picture in enumerate(pictures):
        assert not any(np.array_equal(picture, other) for other in pictures[:number]), names[number]
    assert not home.exists(), "a tour remembers nothing"
