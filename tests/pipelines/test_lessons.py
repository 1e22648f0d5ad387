"""Lessons are folders of scenes; the shipped ones work everywhere, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from pipelines.distortions.order import distort
from pipelines.frame import Frame
from pipelines.lessons import LOOSE, SHIPPED, lessons_in
from pipelines.result import Box, Mark, Result
from pipelines.scene import Scene, read_scene
from pipelines.sources import demo_reel
from pipelines.sources.address import open_source

TITLES = {
    "From pixels to edges": "画素から輪郭へ",
    "Orientation": "方位",
    "Points that can be found again": "見つけ直せる点",
    "The cascade": "カスケード",
}
EVERY = [path for lesson in lessons_in(SHIPPED) for path in lesson.scenes]
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
LONGEST = {"en": 170, "ja": 80}
"""Letters that a projector shows under a picture without taking it over."""


def ids(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def frame_of(scene: Scene) -> Frame:
    """What the scene is about: its stimulus, or a face as the demo shows it."""
    if scene.source:
        source = open_source(scene.source)
        try:
            read = source.read()
            assert isinstance(read, Frame)
            return read
        finally:
            source.close()
    assert scene.start is not None
    image, _truth = demo_reel.frame(round(scene.start * demo_reel.RATE))
    return distort(Frame(image=image, number=0, captured=0.0), scene.distortions)


def scene(name: str) -> Scene:
    return read_scene(SHIPPED / f"{name}.toml")


def label_of(mark: Mark) -> str:
    assert isinstance(mark, Box)
    return mark.label


def results(scene: Scene) -> list[Result]:
    frame = frame_of(scene)
    made = []
    for lane in scene.lanes:
        pipeline = lane.pipeline()
        pipeline.prepare(lane.parameters)
        try:
            made.append(pipeline.process(frame, lane.parameters))
        finally:
            pipeline.close()
    return made


# --- what is shipped


def test_the_four_lessons_are_there_in_the_order_of_the_lecture() -> None:
    lessons = lessons_in(SHIPPED)
    assert {lesson.title.en: lesson.title.ja for lesson in lessons} == TITLES
    assert [lesson.title.en for lesson in lessons] == list(TITLES)
    for lesson in lessons:
        assert 5 <= len(lesson.scenes) <= 9
        assert lesson.warnings == ()


@pytest.mark.parametrize("path", EVERY, ids=ids)
def test_each_scene_loads_with_words_in_both_languages(path: Path) -> None:
    scene = read_scene(path)
    assert scene.warnings == ()
    for words in (scene.title, scene.caption):
        assert words is not None
        assert JAPANESE.search(words.ja)
        assert not JAPANESE.search(words.en)
    assert scene.caption is not None
    assert len(scene.caption.en) <= LONGEST["en"]
    assert len(scene.caption.ja) <= LONGEST["ja"]


@pytest.mark.parametrize("path", EVERY, ids=ids)
def test_each_scene_needs_nothing_that_is_not_everywhere(path: Path) -> None:
    """A picture of its own is a stimulus; everything else is looked at through the person's camera."""
    scene = read_scene(path)
    assert scene.source.partition(":")[0] in ("", "stimulus")
    assert scene.source or scene.start is not None


@pytest.mark.parametrize("path", EVERY, ids=ids)
def test_each_scene_runs_and_shows_something(path: Path) -> None:
    scene = read_scene(path)
    if any(lane.pipeline.reason_unavailable() for lane in scene.lanes):
        pytest.skip("a network's runtime is not here")
    for result in results(scene):
        assert int(np.ptp(result.picture)) > 50  # no lane is empty, none a single grey
    if scene.curves:
        assert results(scene)[scene.selected].plot is not None


def test_the_kernels_of_one_orientation_tell_the_square_from_its_surround() -> None:
    """Falling lines outside, rising ones inside, upright ones hardly anywhere."""
    _original, *kernels = (
        result.picture.astype(float) for result in results(scene("2-orientation/2-kernels"))
    )
    side = kernels[0].shape[0]
    inner = slice(round(0.35 * side), round(0.65 * side))
    strip = slice(round(0.05 * side), round(0.2 * side))
    inside = [float(picture[inner, inner].mean()) for picture in kernels]
    outside = [float(picture[strip].mean()) for picture in kernels]
    upright, falling, rising = range(3)
    assert outside[falling] > 1.5 * outside[rising]
    assert inside[rising] > 1.5 * inside[falling]
    assert max(inside[upright], outside[upright]) < min(outside[falling], inside[rising])


def test_the_answer_to_the_bar_goes_as_it_turns() -> None:
    turning = scene("2-orientation/1-bar")
    across = replace(turning, source=turning.source.replace("orientation=90", "orientation=0"))
    at_once, later = results(turning)[1].picture, results(across)[1].picture
    assert int(at_once.max()) > 200
    assert float(later.mean()) < 0.2 * float(at_once.mean())


def test_the_cascade_finds_the_face_upright_and_only_the_network_finds_it_tilted() -> None:
    [upright] = results(scene("4-cascade/1-faces"))
    assert [label_of(mark) for mark in upright.marks] == ["face"]
    _original, cascade = results(scene("4-cascade/5-tilted"))
    assert cascade.marks == ()
    beside = scene("4-cascade/6-network")
    if reason := beside.lanes[1].pipeline.reason_unavailable():
        pytest.skip(reason.en)
    cascade, network = results(beside)
    assert cascade.marks == ()
    assert [label_of(mark) for mark in network.marks] == ["face"]


def test_what_was_held_is_found_again_where_it_is_turned() -> None:
    held, turned = scene("3-points/3-held"), scene("3-points/4-turned")
    assert held.lanes == turned.lanes  # so that what is held is held on
    pipeline, parameters = held.lanes[0].pipeline(), held.lanes[0].parameters
    pipeline.process(frame_of(held), parameters)
    result = pipeline.process(frame_of(turned), parameters)
    found = {reading.name: reading.value for reading in result.readings}
    assert found["found"] == 1
    pipeline.close()


# --- one's own


def test_folders_are_lessons_in_natural_order_and_loose_scenes_the_last_one(tmp_path: Path) -> None:
    for name in ("2-b/10.toml", "2-b/9.toml", "10-c/one.toml", "loose.toml", "2-b/notes.txt", ".x/a.toml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("")
    (tmp_path / "empty").mkdir()
    (tmp_path / "2-b" / "lesson.toml").write_text('title = "B"\n')
    lessons = lessons_in(tmp_path)
    assert [(lesson.title.en, [path.name for path in lesson.scenes]) for lesson in lessons] == [
        ("B", ["9.toml", "10.toml"]),
        ("10-c", ["one.toml"]),
        (LOOSE.en, ["loose.toml"]),
    ]
    assert lessons[0].title.ja == "B"  # written once, said in both languages


def test_no_folder_is_no_lesson(tmp_path: Path) -> None:
    assert lessons_in(tmp_path / "absent") == ()
    assert lessons_in(tmp_path) == ()


def test_a_broken_title_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.toml").write_text("")
    (tmp_path / "a" / "lesson.toml").write_text("# mine\ntitle = 3\n")
    [lesson] = lessons_in(tmp_path)
    assert lesson.title.en == "a"
    assert len(lesson.scenes) == 1
    assert [warning.en for warning in lesson.warnings] == [
        "lesson.toml, line 2: this must be text in quotes or a table, not a whole number."
    ]


def test_a_folder_that_cannot_be_listed_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()

    def refuse(_folder: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    [lesson] = lessons_in(tmp_path)
    assert lesson.scenes == ()
    assert str(tmp_path) in lesson.warnings[0].en
    assert str(tmp_path) in lesson.warnings[0].ja
