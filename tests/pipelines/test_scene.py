"""Scenes: readable, refused with the line, never overwritten when broken, unknown keys kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from models.errors import SceneError
from models.text import Text
from pipelines.distortions import Distortions
from pipelines.intensity import Line
from pipelines.registry import find
from pipelines.scene import LaneScene, Scene, read_scene, write_scene

GOOD = """\
# my lesson
source = "demo:"  # no camera today
colour = "red"

[[lanes]]
pipeline = "dog"
extra = 1

[lanes.parameters]
ratio = 2.0  # wide

[future]
x = 1
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "授業 1.toml"


def lane(name: str, **values: object) -> LaneScene:
    pipeline = find(name)
    return LaneScene(pipeline, pipeline.parameters(**values))


def test_a_scene_comes_back_as_it_was_saved(path: Path) -> None:
    scene = Scene("camera:", 4, True, False, (lane("dog", ratio=2.5), lane("canny"), lane("original")))
    write_scene(path, scene)
    assert read_scene(path) == scene


def test_only_what_differs_from_the_defaults_is_written(path: Path) -> None:
    write_scene(path, Scene(layout=2, lanes=(lane("dog"),)))
    assert path.read_text() == 'layout = 2\n\n[[lanes]]\npipeline = "dog"\n'


def test_distortions_come_back_and_only_what_has_an_effect_is_written(path: Path) -> None:
    distorted = Distortions(rotation=-30.0, jpeg=40, invert=True)
    write_scene(path, Scene(lanes=(lane("dog"),), distortions=distorted))
    assert path.read_text() == (
        'layout = 1\n\n[[lanes]]\npipeline = "dog"\n\n'
        "[distortions]\nrotation = -30.0\ninvert = true\njpeg = 40\n"
    )
    assert read_scene(path).distortions == distorted
    write_scene(path, Scene(distortions=Distortions(blur=2.0)))
    assert read_scene(path).distortions == Distortions(blur=2.0)
    assert "rotation" not in path.read_text()
    write_scene(path, Scene())
    assert "distortions" not in path.read_text()


def test_a_distortion_of_another_version_is_reported_and_kept(path: Path) -> None:
    path.write_text("[distortions]\nnoise = 9  # grainy\nfog = 0.5\n")
    scene = read_scene(path)
    assert scene.distortions == Distortions(noise=9.0)
    assert [warning.en for warning in scene.warnings] == [
        f"{path.name}, line 3: 'fog' is not known here; it is kept."
    ]
    write_scene(path, Scene())
    assert "fog = 0.5" in path.read_text()
    assert read_scene(path).distortions == Distortions()


def test_unknown_keys_are_reported_by_line_and_kept_with_the_comments(path: Path) -> None:
    path.write_text(GOOD)
    scene = read_scene(path)
    assert [warning.en.split(":")[0] for warning in scene.warnings] == [
        f"{path.name}, line {line}" for line in (3, 12, 7)
    ]
    write_scene(path, Scene("camera:", 1, lanes=(lane("dog", ratio=3.0),)))
    text = path.read_text()
    for kept in ("# my lesson", "# no camera today", 'colour = "red"', "extra = 1", "# wide", "[future]"):
        assert kept in text
    assert read_scene(path).lanes == (lane("dog", ratio=3.0),)


def test_a_parameter_at_its_default_goes_and_a_lane_too_many_goes(path: Path) -> None:
    write_scene(path, Scene(lanes=(lane("dog", ratio=3.0), lane("canny"))))
    write_scene(path, Scene(lanes=(lane("dog"),)))
    assert "ratio" not in path.read_text()
    assert read_scene(path).lanes == (lane("dog"),)


def test_lanes_in_one_line_are_written_out_and_keep_what_is_unknown(path: Path) -> None:
    path.write_text('lanes = [{pipeline = "dog", extra = 1}]\nsource = "demo:"\n')
    scene = Scene("camera:", 2, lanes=(lane("dog", ratio=3.0), lane("canny")))
    write_scene(path, scene)
    assert replace(read_scene(path), warnings=()) == scene
    assert "extra = 1" in path.read_text()


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("source = 3\n", 1, "text in quotes"),
        ("layout = 1\nlayout = 2\n", 2, "TOML"),
        ("layout = 3\n", 1, "3"),
        ('source = ""\n\n[[lanes]]\npipeline = "dgo"\n', 4, "did you mean 'dog'"),
        ('[[lanes]]\npipeline = "dog"\n[lanes.parameters]\n\nratio = 99\n', 5, "ratio"),
        ('[[lanes]]\npipeline = "dog"\n[lanes.parameters]\nratoi = 2\n', 4, "did you mean 'ratio'"),
        ("lock_step = 1\n", 1, "true or false"),
        ("[distortions]\nblur = 1\nrotation = 200\n", 3, "-180 to 180"),
        ("distortions = 3\n", 1, "a table"),
        ("lanes = [1]\n", 1, "a table"),
        ("title = 3\n", 1, "text in quotes"),
        ("\ncaption.en = 3\n", 2, "text in quotes"),
        ("start = -1\n", 1, "seconds"),
        ("start = inf\n", 1, "seconds"),
        ("start = nan\n", 1, "seconds"),
        ("selected = 0\n", 1, "no lane"),
        ('selected = 2\n[[lanes]]\npipeline = "dog"\n', 1, "no lane"),
        ("format = 0\n", 1, "numbered from 1"),
        ('format = "2"\n', 1, "a whole number"),
        ("[[lanes]]\nparameters = {}\n", 1, "'pipeline' is missing"),
        ('[[lanes]]\npipeline = "dog"\n' * 5, 9, "four lanes"),
    ],
)
def test_what_is_wrong_is_told_by_line_and_never_overwritten(
    path: Path, text: str, line: int, word: str
) -> None:
    path.write_text(text)
    with pytest.raises(SceneError) as refused:
        read_scene(path)
    assert f"line {line}:" in refused.value.text.en
    assert f"{line} 行目" in refused.value.text.ja
    assert word in refused.value.text.en
    with pytest.raises(SceneError):
        write_scene(path, Scene())
    assert path.read_text() == text


WORDED = """\
title.en = "Edges"
title.ja = "輪郭"
caption = "Look."
start = 2.5
selected = 2
curves = true

[[lanes]]
pipeline = "dog"

[[lanes]]
pipeline = "canny"
"""


def test_what_is_said_of_a_scene_is_read_in_one_language_or_in_both(path: Path) -> None:
    path.write_text(WORDED, encoding="utf-8")
    scene = read_scene(path)
    assert scene.warnings == ()
    assert scene.title == Text("Edges", "輪郭")
    assert scene.caption == Text("Look.", "Look.")
    assert (scene.start, scene.selected, scene.curves) == (2.5, 1, True)
    path.write_text('title.ja = "輪郭"\ncaption = "  "\n', encoding="utf-8")
    assert read_scene(path).title == Text("輪郭", "輪郭")
    assert read_scene(path).caption is None


def test_a_save_keeps_what_a_person_has_written_for_an_audience(path: Path) -> None:
    path.write_text(WORDED, encoding="utf-8")
    write_scene(path, Scene(lanes=(lane("grey"),)))
    text = path.read_text(encoding="utf-8")
    for kept in (
        'title.en = "Edges"',
        'title.ja = "輪郭"',
        'caption = "Look."',
        "start = 2.5",
        "curves = true",
    ):
        assert kept in text
    assert "selected" not in text
    assert read_scene(path).title == Text("Edges", "輪郭")


def test_a_scene_for_a_newer_version_is_refused_before_anything_else_in_it(path: Path) -> None:
    path.write_text('# mine\nformat = 2\nlayout = "wall"\nlanes = 3\n', encoding="utf-8")
    with pytest.raises(SceneError) as refused:
        read_scene(path)
    assert refused.value.text.en.startswith(f"{path.name}, line 2: this scene is written for a newer version")
    assert "Update the program" in refused.value.text.en
    assert "2 行目" in refused.value.text.ja
    with pytest.raises(SceneError):
        write_scene(path, Scene())
    assert 'layout = "wall"' in path.read_text(encoding="utf-8")
    path.write_text("format = 1\n", encoding="utf-8")
    assert read_scene(path).warnings == ()


def test_unknown_languages_of_a_title_are_told_by_line(path: Path) -> None:
    path.write_text('title.en = "Edges"\ntitle.de = "Kanten"\n', encoding="utf-8")
    [warning] = read_scene(path).warnings
    assert warning.en == f"{path.name}, line 2: 'de' is not known here; it is kept."


def test_a_failed_write_leaves_the_old_scene_and_nothing_else(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_scene(path, Scene("demo:"))
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(SceneError, match="there is no room left"):
        write_scene(path, Scene("camera:"))
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_missing_and_a_binary_file_are_told_in_a_sentence(path: Path) -> None:
    with pytest.raises(SceneError, match="cannot be read"):
        read_scene(path)
    path.write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(SceneError, match="not a text file"):
        read_scene(path)


@pytest.mark.parametrize("depth", [40, 200, 100_000])
def test_nesting_without_end_is_refused_and_left(path: Path, depth: int) -> None:
    words = f"a = {'[' * depth}{']' * depth}\n"
    path.write_text(words)
    with pytest.raises(SceneError, match="too deeply"):
        read_scene(path)
    with pytest.raises(SceneError, match="left as it is"):
        write_scene(path, Scene("demo:"))
    assert path.read_text() == words


def test_some_nesting_is_nobodys_business(path: Path) -> None:
    path.write_text(f"a = {'[' * 20}{']' * 20}\n")
    write_scene(path, Scene("demo:"))
    assert read_scene(path).source == "demo:"


def test_a_line_profile_comes_back_and_goes(path: Path) -> None:
    line = Line((12.5, 50.0), (80.0, 51.25))
    scene = Scene("demo:", lanes=(lane("dog"),), profile=line)
    write_scene(path, scene)
    assert "profile = [12.5, 50.0, 80.0, 51.25]" in path.read_text()
    assert read_scene(path) == scene
    write_scene(path, replace(scene, profile=None))
    assert "profile" not in path.read_text()
    assert read_scene(path).profile is None


@pytest.mark.parametrize("ends", ["[1, 2, 3]", "[1, 2, 3, 101]", "[nan, 2, 3, 4]", '["a", 2, 3, 4]', "5"])
def test_a_line_that_is_none_is_told_by_line(path: Path, ends: str) -> None:
    path.write_text(f"layout = 1\nprofile = {ends}\n")
    with pytest.raises(SceneError, match="2"):
        read_scene(path)


def test_a_clip_beside_the_scene_goes_with_it(tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").write_bytes(b"")
    path = tmp_path / "lesson.toml"
    path.write_text('source = "clip.mp4"\n')
    assert read_scene(path).source == str(tmp_path / "clip.mp4")
