"""What lanes and the source have to say reaches the right view, and nobody else's."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QToolButton

from desktop.window.controls.track import Track
from models.errors import SourceError
from models.text import Text
from pipelines.clock import SystemClock
from pipelines.engine import hanging
from pipelines.frame import Frame
from pipelines.result import Result
from pipelines.sources.camera import Camera
from pipelines.sources.pictures import Pictures
from pipelines.sources.source import End, NoSignal
from tests.desktop.commands.conftest import write_picture
from tests.desktop.window.whole import Film, Whole, lane_scene, picture
from tests.pipelines.engine.scripted import Gate, LiveSource, pipeline
from tests.pipelines.sources.bad_camera import BadBackend
from tests.pipelines.sources.made_video import make_video

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # popups, on a screen that is none
OUT = NoSignal(Text("The cable is out.", "ケーブルが抜けています。"))


def raises(frame: Frame, parameters: object) -> Result:
    raise ZeroDivisionError("nought")


def writes(frame: Frame, parameters: object) -> Result:
    frame.image[0, 0] = 0
    return Result(frame.image)


def nonsense(value: object) -> Callable[[Frame, object], Any]:
    return lambda _frame, _parameters: value


def test_each_lane_shows_its_own_pipeline(whole: Whole) -> None:
    whole.film("dog", "original", "canny", "haar-faces")
    for view, lane in zip(whole.views, whole.session.studio.lanes, strict=True):
        assert view.done is not None
        assert view.done.parameters is lane.parameters
        assert lane.pipeline.title.en in view.accessibleName()


# --- a pipeline that misbehaves costs its own lane only


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (raises, "ZeroDivisionError: nought"),
        (writes, "read-only"),
        (nonsense(None), "NoneType"),
        (nonsense("a picture"), "str"),
        (nonsense(Result(np.zeros((4, 4, 7), np.uint8))), "4 × 4 × 7"),
        (nonsense(Result(np.zeros((4, 4)))), "float64"),  # type: ignore[arg-type]
        (nonsense(Result(np.zeros((0, 4, 3), np.uint8))), "0 × 4 × 3"),
    ],
    ids=["raises", "writes", "nothing", "text", "seven channels", "floats", "empty"],
)
def test_a_pipeline_that_misbehaves_costs_its_own_lane_only(
    whole: Whole, act: Callable[[Frame, Any], Any], words: str
) -> None:
    source = whole.live("original", pipeline(act))
    source.give(picture(1))
    whole.until(lambda: whole.message(1))
    assert words in whole.message(1)
    assert "\n" in whole.message(1)
    assert "Traceback" not in whole.message(1)
    whole.shows(1, 0)
    for number in range(2, 6):
        source.give(picture(number))
        whole.shows(number, 0)
    assert whole.message(0) == ""
    assert whole.notices() == []
    assert whole.views[1].done is None


def test_a_lane_that_failed_recovers_with_another_parameter(whole: Whole) -> None:
    def picky(frame: Frame, parameters: Any) -> Result:
        if parameters.level == 0:
            raise ValueError("nought")
        return Result(frame.image)

    source = whole.live(pipeline(picky))
    source.give(picture(1))
    whole.until(lambda: whole.message())
    whole.session.set_parameters(whole.lane(), whole.lane().parameters.changed(level=1))
    source.give(picture(2))
    whole.shows(2)
    assert whole.message() == ""


def test_a_pipeline_that_hangs_says_so_while_the_other_lane_goes_on(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hanging, "HANG", 0.3)
    gate = Gate()
    source = whole.live("original", pipeline(gate))
    try:
        source.give(picture(1))
        gate.holds(1)
        whole.until(lambda: whole.message(1))
        assert "has not answered" in whole.message(1)
        source.give(picture(2))
        whole.shows(2, 0)
        assert whole.message(0) == ""
    finally:
        gate.open()
    source.give(picture(3))
    whole.shows(3)
    assert whole.message(1) == ""


def test_lanes_that_hang_do_not_keep_another_source_out(whole: Whole) -> None:
    gate = Gate()
    first = whole.live(pipeline(gate), "original")
    try:
        first.give(picture(1))
        gate.holds(1)
        second = LiveSource()
        whole.session.show(second)
        second.give(picture(7))
        whole.shows(7, 1)
    finally:
        gate.open()


# --- a source that gives nothing


def test_no_signal_is_said_in_every_lane_until_a_picture_comes(whole: Whole) -> None:
    source = whole.live("dog", "original")
    source.give(picture(1))
    whole.shows(1)
    source.give(OUT)
    whole.until(lambda: whole.message(0) and whole.message(1))
    assert whole.message(1) == "No signal\nThe cable is out."
    assert whole.numbers() == [1, 1]
    source.give(picture(2))
    whole.shows(2)
    whole.until(lambda: not whole.message(0) and not whole.message(1))


def test_a_lane_that_is_added_without_a_signal_says_so_too(whole: Whole) -> None:
    source = whole.live("dog")
    source.give(picture(1))
    whole.shows(1)
    source.give(OUT)
    whole.until(lambda: whole.message())
    whole.press("4")
    assert [whole.message(place) for place in range(4)] == ["No signal\nThe cable is out."] * 4
    source.give(picture(2))
    whole.shows(2)
    whole.until(lambda: not any(whole.message(place) for place in range(4)))
    whole.press("2")
    whole.press("4")
    assert not any(whole.message(place) for place in range(4))


def test_a_source_that_broke_says_why_and_another_one_plays(whole: Whole) -> None:
    source = whole.live("dog", "original")
    source.give(picture(1))
    whole.shows(1)
    source.give(SourceError("The file went away.", "ファイルがなくなりました。"))
    whole.until(whole.window.chrome.empty.isVisible)
    assert "The file went away." in visible_words(whole)
    film = whole.film("dog", "original")
    film.seek(4)
    whole.shows(4)
    assert whole.views[0].isVisible()
    assert not whole.window.chrome.empty.isVisible()


def test_a_bug_in_a_source_is_one_sentence(whole: Whole) -> None:
    source = whole.live("dog")
    source.give(KeyError("slot"))
    whole.until(whole.window.chrome.empty.isVisible)
    [words] = [words for words in visible_words(whole) if "The script" in words]
    assert "KeyError" in words
    assert "\n" not in words


def visible_words(whole: Whole) -> list[str]:
    return [label.text() for label in whole.window.chrome.empty.findChildren(QLabel) if label.text()]


def test_the_end_is_told_and_forgotten_when_it_goes_on(whole: Whole) -> None:
    film = whole.film("dog")
    film.give(End())
    whole.until(lambda: whole.notices())
    assert whole.notices() == ["That was the end. Play begins again."]
    film.seek(3)
    whole.until(lambda: not whole.notices())


# --- files that go while they play


def test_a_folder_that_is_emptied_says_so_and_its_pictures_come_back(whole: Whole, tmp_path: Path) -> None:
    folder = tmp_path / "写真 一"
    one = write_picture(folder / "one.png")
    whole.play(str(folder), "original", "dog")
    whole.until(lambda: all(view.done for view in whole.views))
    kept = one.read_bytes()
    one.unlink()
    playable = whole.session.playable
    assert playable is not None
    playable.seek(0)
    whole.until(lambda: whole.message(0))
    assert "There is no picture in the folder “写真 一”." in whole.message(0)
    one.write_bytes(kept)
    whole.until(lambda: not whole.message(0) and not whole.message(1))


def test_a_video_that_is_taken_away_while_it_plays_costs_at_most_a_sentence(
    whole: Whole, tmp_path: Path
) -> None:
    folder = tmp_path / "動画 1"
    folder.mkdir()
    path = make_video(folder / "講義.mp4")
    whole.play(str(path), "original", "dog")
    whole.until(lambda: all(view.done for view in whole.views))
    shutil.rmtree(folder)
    before = whole.views[0].done
    whole.until(
        lambda: whole.views[0].done is not before or whole.message(0) or whole.window.chrome.empty.isVisible()
    )
    whole.session.open("demo:")
    whole.until_all_are_new()


# --- a refused source


def test_a_refused_source_is_one_sentence_that_goes_with_the_next_good_one(whole: Whole) -> None:
    film = whole.film("dog", "original")
    whole.session.open("/nowhere/講義 1.mp4")
    assert whole.notices() == ["There is no file or folder “/nowhere/講義 1.mp4”."]
    assert whole.session.source is film
    film.seek(2)
    whole.shows(2)
    whole.session.show(film_two := LiveSource())
    assert whole.notices() == []
    film_two.give(picture(9))
    whole.shows(9)


def test_broken_labels_are_said_once_and_the_pictures_play(whole: Whole, tmp_path: Path) -> None:
    write_picture(tmp_path / "album" / "one.png")
    (tmp_path / "album" / "labels.jsonl").write_text("nonsense")
    whole.play(str(tmp_path / "album"), "original")
    whole.until(lambda: whole.views[0].done)
    sentence = "One line of “labels.jsonl” cannot be read as labels and is left out (line 1)."
    whole.until(lambda: whole.notices() == [sentence])
    whole.window.withdraw("source")  # a person has read and closed it
    whole.window._binding.show_source()
    assert whole.notices() == []
    whole.session.show(LiveSource())
    assert whole.notices() == []


def test_a_complaint_goes_with_its_source(whole: Whole, tmp_path: Path) -> None:
    write_picture(tmp_path / "album" / "one.png")
    (tmp_path / "album" / "labels.jsonl").write_text("nonsense")
    whole.play(str(tmp_path / "album"), "original")
    whole.until(lambda: len(whole.notices()) == 1)
    whole.session.show(LiveSource())
    assert whole.notices() == []


# --- parameters, freeze and the panel


def test_a_slider_changes_the_frozen_picture(whole: Whole) -> None:
    source = whole.live(lane_scene("dog", sigma=1.0))
    source.give(picture(1))
    whole.shows(1)
    whole.press("F")
    held = whole.views[0].done
    assert held is not None
    whole.focus(whole.window.chrome.column.findChildren(Track)[0])
    whole.press("End")
    whole.until(lambda: whole.views[0].done is not held)
    shown = whole.views[0].done
    assert shown is not None
    assert shown.frame is held.frame
    assert not np.array_equal(shown.result.picture, held.result.picture)


def test_the_column_belongs_to_the_selected_lane(whole: Whole) -> None:
    whole.film(lane_scene("dog", sigma=2.0), lane_scene("canny", sigma=4.0))
    assert whole.window.chrome.column.panel.parameters() is whole.lane(0).parameters
    whole.press("N")
    assert whole.window.chrome.column.panel.parameters() is whole.lane(1).parameters
    whole.press("R")
    assert whole.lane(1).parameters.to_table() == {}
    assert whole.lane(0).parameters.to_table() == {"sigma": 2.0}


def test_all_views_change_together_in_lock_step(whole: Whole) -> None:
    source = LiveSource()
    whole.play(source, "dog", "canny", "original", "haar-faces")
    whole.press("L")
    rounds: list[set[int | None]] = []
    whole.session._waker.woken.connect(lambda: rounds.append(set(whole.numbers())))
    for number in range(1, 8):
        source.give(*(picture(10 * number + more, width=320, height=180) for more in range(3)))
        whole.shows(10 * number + 2)
    assert len(rounds) >= 7
    assert all(len(together) == 1 for together in rounds), rounds


def test_figures_are_of_the_lane_they_stand_on(whole: Whole) -> None:
    source = whole.live("dog", "original")
    for number in range(1, 6):
        source.give(picture(number))
        whole.shows(number)
    whole.until(lambda: "dropped" in whole.views[0].figures.words())
    assert "fps" in whole.views[1].figures.words()


def test_the_transport_follows_a_playable_source_and_hides_from_a_camera(whole: Whole) -> None:
    film = whole.film("dog")
    assert whole.window.chrome.transport.isVisible()
    film.seek(29)
    whole.until(lambda: "frame 30 of 100" in whole.window.chrome.transport.words())
    source = LiveSource()
    whole.session.show(source)
    assert not whole.window.chrome.transport.isVisible()


def in_transport(whole: Whole) -> dict[str, QToolButton]:
    """The buttons under the pictures, by what a screen reader calls them."""
    buttons = whole.window.chrome.transport.findChildren(QToolButton)
    return {button.accessibleName(): button for button in buttons if button.isVisible()}


def choose_pace(whole: Whole, pace: str) -> None:
    """Open the menu of paces and press one of them."""
    [button] = [button for name, button in in_transport(whole).items() if name.startswith("Pace")]
    whole.click(button)
    [menu] = [menu for menu in button.findChildren(QMenu) if menu.isVisible()]
    [area] = [menu.actionGeometry(action) for action in menu.actions() if action.text() == pace]
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=area.center())


@pytest.fixture
def album(whole: Whole, tmp_path: Path) -> Pictures:
    """Three pictures in a folder, playing at three seconds each."""
    for name in ("one", "two", "three"):
        write_picture(tmp_path / "album" / f"{name}.png")
    source = Pictures(tmp_path / "album", seconds=3.0)
    whole.play(source, "original")
    whole.until(lambda: whole.views[0].done)
    return source


def test_one_picture_alone_has_no_transport(whole: Whole, tmp_path: Path) -> None:
    transport = whole.window.chrome.transport
    whole.play(str(write_picture(tmp_path / "one" / "1.png")), "original")
    whole.until(lambda: whole.views[0].done)
    assert not transport.isVisible()
    write_picture(tmp_path / "two" / "1.png")
    write_picture(tmp_path / "two" / "2.png")
    whole.session.open(str(tmp_path / "two"))
    assert transport.isVisible()


def test_the_loop_is_that_of_the_source(whole: Whole) -> None:
    film = whole.film("original")
    whole.click(in_transport(whole)["Loop"])
    assert not film.loop
    assert not in_transport(whole)["Loop"].isChecked()
    film.loop = True
    whole.until(lambda: in_transport(whole)["Loop"].isChecked())
    whole.click(in_transport(whole)["Loop"])
    whole.film("original")
    assert in_transport(whole)["Loop"].isChecked(), "another source has its own"
    other = Film()
    other.loop = False
    whole.session.show(other)
    assert not in_transport(whole)["Loop"].isChecked()


@pytest.mark.parametrize(
    "again",
    [
        lambda whole: whole.click(in_transport(whole)["Play"]),
        lambda whole: whole.press("Space", on=whole.views[0]),
        lambda whole: whole.press("F"),
    ],
    ids=["Play", "Space", "F"],
)
def test_a_video_that_is_over_stands_still_and_is_played_again_with_one_press(
    whole: Whole, tmp_path: Path, again: Callable[[Whole], None]
) -> None:
    whole.play(str(make_video(tmp_path / "short.mp4", 12)), "original")
    video = whole.session.playable
    assert video is not None
    told: list[object] = []
    whole.session.news.connect(told.append)
    whole.click(in_transport(whole)["Loop"])
    for _ in range(3):
        whole.until(lambda: End() in told)
        told.clear()
        assert "Play" in in_transport(whole)
        assert whole.session.frozen
        assert whole.window.chrome.actions["freeze"].isChecked()
        assert whole.notices() == ["That was the end. Play begins again."]
        assert video.position == 11
        again(whole)
        assert not whole.session.frozen


def test_a_pace_is_given_to_the_pictures_and_shown(whole: Whole, album: Pictures) -> None:
    assert "Pace: 3 s" in in_transport(whole)
    choose_pace(whole, "10 s")
    assert album.seconds == 10.0
    assert "Pace: 10 s" in in_transport(whole)
    album.seconds = 2.0
    whole.until(lambda: "Pace: 2 s" in in_transport(whole))
    whole.session.show(Pictures(Path(album.address.partition(":")[2]), seconds=5.0))
    assert "Pace: 5 s" in in_transport(whole)


def test_pictures_turned_by_hand_play_again_at_the_pace_they_had(whole: Whole, album: Pictures) -> None:
    choose_pace(whole, "2 s")
    choose_pace(whole, "By hand")
    assert (album.seconds, whole.session.frozen) == (0, False)
    whole.click(in_transport(whole)["Play"])
    assert (album.seconds, album.paused) == (2.0, False)
    assert "Pace: 2 s" in in_transport(whole)
    choose_pace(whole, "By hand")
    whole.click(in_transport(whole)["Next picture"])
    whole.until(lambda: (album.position, album.paused) == (1, True))
    whole.click(in_transport(whole)["Play"])
    assert (album.seconds, album.paused, whole.session.frozen) == (2.0, False, False)


def test_a_source_that_comes_without_a_pace_can_be_played(whole: Whole, album: Pictures) -> None:
    choose_pace(whole, "10 s")
    other = Pictures(Path(album.address.partition(":")[2]), seconds=0)
    whole.session.show(other)
    assert "Pace: By hand" in in_transport(whole)
    whole.click(in_transport(whole)["Play"])
    assert other.seconds == 3.0, "the pace of the former source is not its own"


def test_another_pace_leaves_a_pause_alone_but_a_first_one_plays(whole: Whole, album: Pictures) -> None:
    whole.click(in_transport(whole)["Pause"])
    choose_pace(whole, "5 s")
    assert (album.seconds, album.paused, whole.session.frozen) == (5.0, True, True)
    choose_pace(whole, "By hand")
    assert whole.session.frozen
    choose_pace(whole, "1 s")
    assert (album.seconds, album.paused, whole.session.frozen) == (1.0, False, False)


# --- a camera that is pulled out


class RealClock(SystemClock):
    """The clock of the camera tests, in real time."""

    def park(self, until: float, woken: Callable[[], bool]) -> None:
        step = threading.Event()
        limit = self.now() + 30.0
        while not woken() and self.now() < min(until, limit):
            step.wait(max(0.0, min(0.01, until - self.now())))


@pytest.fixture
def backend() -> Iterator[BadBackend]:
    made = BadBackend(RealClock(), "Cam")  # type: ignore[arg-type]
    yield made
    made.let_go()


@pytest.mark.timeout(60)
@pytest.mark.parametrize("fault", ["nothing", "repeat", "hang"])
def test_a_camera_that_is_pulled_out_comes_back_by_itself(
    whole: Whole, backend: BadBackend, fault: Any
) -> None:
    whole.play(Camera("Cam", backend=backend), "original", "dog")
    whole.until(lambda: all(view.done for view in whole.views))
    assert "Cam" in whole.window.chrome.bar.source.text()
    backend.cameras, cameras = [], backend.cameras
    backend.faults["read"] = fault
    whole.until(lambda: whole.message(0) and whole.message(1))
    assert whole.message(0).startswith("No signal\n")
    backend.cameras = cameras
    backend.faults.clear()
    backend.let_go()
    out = [view.done for view in whole.views]
    whole.until(lambda: not whole.message(0) and not whole.message(1))
    assert all(view.done is not old for view, old in zip(whole.views, out, strict=True))
