"""What is open now: sources change under running lanes, lanes come and go, scenes come back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.window.session import Session
from models.text import Text
from pipelines.engine.lane import Lane
from pipelines.engine.outcome import Done, Outcome
from pipelines.registry import find
from pipelines.scene import Scene
from pipelines.sources.video import Video
from tests.desktop.commands.conftest import write_picture
from tests.desktop.window.whole import PATIENCE_MS, Film, lane_scene, picture
from tests.pipelines.engine.scripted import LiveSource
from tests.pipelines.sources.made_video import make_video, number_in


class Watched:
    """A session without a window, and everything it said."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.session = Session()
        self.outcomes: list[tuple[Lane, Outcome]] = []
        self.refused: list[Text] = []
        self.session.outcome.connect(lambda lane, outcome: self.outcomes.append((lane, outcome)))
        self.session.refused.connect(self.refused.append)

    @property
    def lanes(self) -> tuple[Lane, ...]:
        return self.session.studio.lanes

    def done(self, lane: Lane) -> list[Done]:
        return [outcome for whose, outcome in self.outcomes if whose is lane and isinstance(outcome, Done)]

    def newest(self, place: int = 0) -> Done:
        return self.done(self.lanes[place])[-1]

    def until_shown(self, number: int, place: int = 0) -> None:
        self.until(lambda: self.done(self.lanes[place]) and self.newest(place).frame.number == number)

    def until(self, there: object) -> None:
        self.qtbot.waitUntil(lambda: bool(there()), timeout=PATIENCE_MS)  # type: ignore[operator]


@pytest.fixture
def watched(qapp: QApplication, qtbot: QtBot) -> Iterator[Watched]:
    made = Watched(qtbot)
    yield made
    made.session.close()


TWO = Scene(layout=2, lanes=(lane_scene("dog", sigma=3.0), lane_scene("canny", sigma=2.0)))


# --- sources


def test_another_source_leaves_lanes_and_parameters_as_they_are(watched: Watched) -> None:
    watched.session.play(TWO)
    before = watched.lanes
    for _ in range(3):
        film = Film()
        watched.session.show(film)
        film.seek(7)
        watched.until_shown(7, 0)
        watched.until_shown(7, 1)
        assert watched.lanes == before
        assert watched.session.scene().lanes == TWO.lanes
        watched.outcomes.clear()


def bad(tmp_path: Path, kind: str) -> str:
    """The path of something that cannot be played."""
    path = tmp_path / "講義 その1.mp4"
    match kind:
        case "missing":
            return str(path)
        case "empty folder":
            (tmp_path / "空 のフォルダー").mkdir()
            return str(tmp_path / "空 のフォルダー")
        case "text":
            path.write_text("this is no video\n" * 200)
        case "empty file":
            path.write_bytes(b"")
        case "truncated video":
            whole = make_video(tmp_path / "whole.mp4").read_bytes()
            path.write_bytes(whole[: len(whole) // 2])
        case "broken picture":
            path = tmp_path / "絵 1.png"
            path.write_bytes(write_picture(tmp_path / "whole.png").read_bytes()[:40])
    return str(path)


@pytest.mark.parametrize(
    "kind", ["missing", "empty folder", "text", "empty file", "truncated video", "broken picture"]
)
def test_what_cannot_be_played_is_refused_in_one_sentence_and_the_former_goes_on(
    watched: Watched, tmp_path: Path, kind: str
) -> None:
    film = Film()
    watched.session.play(TWO)
    watched.session.show(film)
    address = bad(tmp_path, kind)
    assert not watched.session.open(address)
    assert watched.session.source is film
    [text] = watched.refused
    for words in text:
        assert Path(address).name in words
        assert "\n" not in words
    film.seek(5)
    watched.until_shown(5)


@pytest.mark.parametrize("address", ["nonsense:", "", "cam 0"])
def test_an_address_that_is_none_is_refused(watched: Watched, address: str) -> None:
    assert not watched.session.open(address)
    assert watched.session.source is None
    assert len(watched.refused) == 1


def test_a_video_with_a_japanese_name_and_spaces_plays(watched: Watched, tmp_path: Path) -> None:
    path = make_video(tmp_path / "顔 の 動画.mp4")
    watched.session.play(Scene(str(path), lanes=(lane_scene("original"),)))
    watched.until(lambda: len(watched.done(watched.lanes[0])) > 3)
    assert isinstance(watched.session.source, Video)
    assert "顔 の 動画" in watched.session.source.title.en
    assert watched.refused == []


def test_a_truncated_video_plays_as_far_as_it_goes(watched: Watched, tmp_path: Path) -> None:
    """With its index in front a file that was cut off can be opened."""
    whole = make_video(tmp_path / "whole.mp4", faststart=True, noisy=True).read_bytes()
    path = tmp_path / "cut.mp4"
    path.write_bytes(whole[: len(whole) * 2 // 3])
    watched.session.play(Scene(str(path), lanes=(lane_scene("original"),)))
    watched.until(lambda: len(watched.done(watched.lanes[0])) > 3)
    assert watched.refused == []


# --- holding and stepping


def test_a_parameter_changes_the_frozen_picture(watched: Watched) -> None:
    source = LiveSource()
    watched.session.play(Scene(lanes=(lane_scene("dog"),)))
    watched.session.show(source)
    source.give(picture(1))
    watched.until_shown(1)
    watched.session.freeze(True)
    source.give(picture(2))
    source.drained()
    held = watched.newest()
    lane = watched.lanes[0]
    watched.session.set_parameters(lane, lane.parameters.changed(sigma=6.0))
    watched.until(lambda: watched.newest() is not held)
    assert watched.newest().frame is held.frame
    assert not np.array_equal(watched.newest().result.picture, held.result.picture)
    watched.session.freeze(False)
    source.give(picture(3))
    watched.until_shown(3)


def test_a_camera_steps_forth(watched: Watched) -> None:
    source = LiveSource()
    watched.session.play(Scene(lanes=(lane_scene("original"),)))
    watched.session.show(source)
    source.give(picture(1))
    watched.until_shown(1)
    watched.session.step(1)
    assert watched.session.frozen
    source.give(picture(2), picture(3))
    source.drained()
    watched.until_shown(2)


def test_the_demo_steps_forth_and_back(watched: Watched) -> None:
    watched.session.play(Scene("demo:", lanes=(lane_scene("original"),)))
    watched.until(lambda: watched.done(watched.lanes[0]))
    watched.session.freeze(True)
    demo = watched.session.playable
    assert demo is not None
    demo.seek(40)
    watched.until(lambda: demo.position == 40)
    for steps, position in ((1, 41), (1, 42), (-1, 41), (-1, 40), (-1, 39)):
        before = watched.newest()
        watched.session.step(steps)
        watched.until(
            lambda before=before, position=position: (
                demo.position == position and watched.newest() is not before
            )
        )
    assert demo.paused


def test_a_video_steps_forth_and_back_to_the_very_frame(watched: Watched, tmp_path: Path) -> None:
    path = make_video(tmp_path / "numbered.mp4", 50)
    watched.session.play(Scene(str(path), lanes=(lane_scene("original"),)))
    watched.until(lambda: watched.done(watched.lanes[0]))
    watched.session.freeze(True)
    video = watched.session.playable
    assert video is not None
    video.seek(20)
    watched.until(lambda: number_in(watched.newest().result.picture) == 20)
    for steps, number in ((1, 21), (1, 22), (-1, 21), (-1, 20), (-1, 19)):
        watched.session.step(steps)
        watched.until(lambda number=number: number_in(watched.newest().result.picture) == number)
    watched.session.freeze(False)
    watched.until(lambda: number_in(watched.newest().result.picture) != 19)


# --- lanes


def test_layouts_keep_the_lanes_that_stay(watched: Watched) -> None:
    watched.session.play(TWO)
    first, second = watched.lanes
    watched.session.set_layout(4)
    assert watched.lanes[:2] == (first, second)
    assert len({lane.pipeline for lane in watched.lanes}) == 4
    watched.session.set_layout(1)
    assert list(watched.lanes) == [first]
    assert first.parameters.to_table() == {"sigma": 3.0}
    watched.session.set_layout(2)
    assert watched.lanes[0] is first
    assert watched.lanes[1] is not second


def test_another_pipeline_begins_with_its_defaults(watched: Watched) -> None:
    watched.session.play(TWO)
    first, second = watched.lanes
    watched.session.choose(first, "haar-faces")
    assert watched.lanes[0].pipeline is find("haar-faces")
    assert watched.lanes[0].parameters.to_table() == {}
    assert watched.lanes[1] is second
    watched.session.choose(watched.lanes[0], "haar-faces")
    assert len(watched.lanes) == 2


def test_in_lock_step_all_lanes_show_one_frame_at_a_time(watched: Watched) -> None:
    source = LiveSource()
    watched.session.play(Scene(layout=4, lanes=tuple(map(lane_scene, ("dog", "canny", "original", "dog")))))
    watched.session.set_lock_step(True)
    watched.session.show(source)
    for number in range(1, 60):
        source.give(picture(number, width=320, height=180))
    watched.until(lambda: all(watched.done(lane) for lane in watched.lanes))
    watched.until_shown(59, 3)
    shown = [[done.frame.number for done in watched.done(lane)] for lane in watched.lanes]
    assert len(shown[0]) > 1
    assert shown == [shown[0]] * 4
    places = [watched.lanes.index(lane) for lane, _outcome in watched.outcomes]
    assert places == [0, 1, 2, 3] * len(shown[0])


# --- scenes


def test_what_is_on_screen_comes_back(watched: Watched) -> None:
    scene = Scene(
        "demo:", 4, True, True, (*TWO.lanes, lane_scene("haar-faces", eyes=True), lane_scene("original"))
    )
    watched.session.play(scene)
    assert watched.session.scene() == scene
    watched.session.play(TWO)
    watched.session.play(scene)
    assert watched.session.scene() == scene


def test_a_scene_brings_the_lanes_that_are_alike_new_parameters_only(watched: Watched) -> None:
    watched.session.play(TWO)
    first, second = watched.lanes
    watched.session.play(Scene(layout=2, lanes=(lane_scene("dog"), lane_scene("original"))))
    assert watched.lanes[0] is first
    assert first.parameters.to_table() == {}
    assert watched.lanes[1] is not second


@pytest.mark.parametrize(("lanes", "layout", "shown"), [(3, 1, 4), (2, 1, 2), (1, 4, 4), (5, 2, 4)])
def test_a_scene_gets_room_for_its_lanes(watched: Watched, lanes: int, layout: int, shown: int) -> None:
    given = tuple(lane_scene("dog", sigma=1.0 + number) for number in range(lanes))
    watched.session.play(Scene(layout=layout, lanes=given))  # type: ignore[arg-type]
    assert watched.session.layout == shown
    assert len(watched.lanes) == shown
    assert watched.session.scene().lanes[:lanes] == given[:4]


def test_a_scene_whose_source_is_gone_is_refused_whole(watched: Watched, tmp_path: Path) -> None:
    film = Film()
    watched.session.play(TWO)
    watched.session.show(film)
    before = watched.session.scene()
    assert not watched.session.play(Scene(str(tmp_path / "gone.mp4"), 4, True, True, (lane_scene("dog"),)))
    assert watched.session.scene() == before
    assert watched.session.source is film
    assert len(watched.refused) == 1


def test_mirror_is_remembered_for_cameras_and_for_the_rest_apart(watched: Watched) -> None:
    camera, film = LiveSource(), Film()
    camera.address = "camera:Cam"
    watched.session.show(camera)
    for_camera = watched.session.mirror
    watched.session.show(film)
    assert (for_camera, watched.session.mirror) == (True, False)
    watched.session.set_mirror(True)
    assert watched.session.mirrors() == (True, True)


def test_after_closing_nothing_is_said(watched: Watched) -> None:
    source = LiveSource()
    watched.session.play(TWO)
    watched.session.show(source)
    source.give(picture(1))
    watched.until_shown(1)
    said = len(watched.outcomes)
    watched.session.close()
    QApplication.processEvents()
    assert len(watched.outcomes) == said
