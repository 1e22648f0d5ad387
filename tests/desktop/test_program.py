"""Starting: what was asked for, or what played last, or a camera, or the demo; and what is said of it."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import program, theme
from desktop.opening import NO_CAMERA, Start
from desktop.settings import Memory, Settings
from desktop.theme import Theme
from desktop.window import opener
from desktop.window.main_window import MainWindow
from models.errors import SourceError
from models.text import Text
from pipelines.lessons import SHIPPED, lessons_in
from pipelines.scene import Scene, read_scene, write_scene
from pipelines.sources.address import open_source
from pipelines.sources.source import NoSignal, Read, Source
from tests.desktop.window.whole import PATIENCE_MS, Whole, lane_scene, picture
from tests.pipelines.engine.scripted import LiveSource

OUT = NoSignal(Text("No camera is connected.", "カメラがありません。"))


class Standing(LiveSource):
    """A camera before which nothing moves."""

    def read(self) -> Read:
        return super().read() or picture(1)


class Cameras:
    """What `camera:` addresses open; everything else is real."""

    def __init__(self) -> None:
        self.given: list[LiveSource] = []
        self.asked: list[str] = []
        self.present = False
        self.slow = False
        """Says nothing at all for a while."""
        self.disk_is_awake = threading.Event()
        """Until then no file can be told from none."""
        self.disk_is_awake.set()

    def open(self, address: str) -> Source:
        if not address.startswith("camera:"):
            assert self.disk_is_awake.wait(PATIENCE_MS / 1000)
            return open_source(address)
        self.asked.append(address)
        source = Standing() if self.present else LiveSource()
        source.address = address
        if not self.present and not self.slow:
            source.give(OUT)
        self.given.append(source)
        return source


@pytest.fixture
def cameras(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cameras]:
    made = Cameras()
    monkeypatch.setattr(opener, "open_source", made.open)
    yield made
    made.disk_is_awake.set()


@pytest.fixture
def disk(cameras: Cameras, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """A disk that sleeps until the test wakes it."""
    monkeypatch.setattr(opener, "AT_ONCE", 0.0)
    cameras.disk_is_awake.clear()
    return cameras.disk_is_awake


class Program:
    """Starts the window as often as a test likes, and ends it."""

    def __init__(self, app: QApplication, qtbot: QtBot, home: Path) -> None:
        self.memory = Memory(home)
        self._app, self._qtbot = app, qtbot
        self._started: list[Whole] = []

    def start(self, start: Start | None = None) -> Whole:
        self._started.append(Whole(self._app, self._qtbot, self.memory.folder, start or Start()))
        return self._started[-1]

    def close(self) -> None:
        for whole in self._started:
            whole.close()


@pytest.fixture
def starting(look: QApplication, qtbot: QtBot, tmp_path: Path, cameras: Cameras) -> Iterator[Program]:
    made = Program(look, qtbot, tmp_path / "home")
    yield made
    made.close()


def source_of(whole: Whole) -> str:
    return whole.session.source.address if whole.session.source else ""


def lanes_of(whole: Whole) -> list[str]:
    return [lane.pipeline.name for lane in whole.session.studio.lanes]


TWO = Scene("demo:", 2, lanes=(lane_scene("canny", sigma=2.0), lane_scene("dog")))


def test_a_newcomer_with_a_camera_sees_the_camera(starting: Program, cameras: Cameras) -> None:
    cameras.present = True
    whole = starting.start()
    whole.shows(1)
    assert source_of(whole) == "camera:"
    assert len(lanes_of(whole)) == 1
    assert whole.notices() == []


def test_a_newcomer_without_one_sees_the_demo_and_is_told(starting: Program) -> None:
    whole = starting.start()
    whole.until(lambda: source_of(whole) == "demo:")
    whole.until(lambda: whole.views[0].done)
    assert whole.notices() == [NO_CAMERA.en]
    assert not whole.message()


def test_who_chose_something_else_meanwhile_keeps_it(starting: Program, cameras: Cameras) -> None:
    """The camera's first word comes late; by then it is nobody's."""
    cameras.slow = True
    whole = starting.start()
    network = LiveSource()
    whole.session.show(network)
    network.give(OUT)
    whole.until(lambda: whole.message())
    assert whole.session.source is network


def test_the_last_scene_goes_on(starting: Program) -> None:
    starting.memory.keep_scene(TWO)
    whole = starting.start()
    assert whole.session.scene() == Scene("demo:", 2, mirror=False, lanes=TWO.lanes)
    assert whole.notices() == []


def test_the_last_camera_is_tried_by_its_name(starting: Program, cameras: Cameras) -> None:
    starting.memory.keep_scene(Scene("camera:Front", 1, lanes=(lane_scene("canny"),)))
    cameras.present = True
    whole = starting.start()
    whole.shows(1)
    assert cameras.asked == ["camera:Front"]
    assert lanes_of(whole) == ["canny"]


def test_a_last_video_that_is_gone_is_told_and_something_plays_all_the_same(
    starting: Program, tmp_path: Path
) -> None:
    starting.memory.keep_scene(Scene(str(tmp_path / "去年の 講義.mp4"), 2, lanes=TWO.lanes))
    whole = starting.start()
    whole.until(lambda: source_of(whole) == "demo:")
    assert lanes_of(whole) == ["canny", "dog"]
    assert any("去年の 講義.mp4" in words for words in whole.notices()), whole.notices()


def test_a_last_video_on_a_sleeping_disk_is_waited_for(
    starting: Program, cameras: Cameras, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opener, "AT_ONCE", 0.0)
    starting.memory.keep_scene(TWO)
    whole = starting.start()
    whole.until(lambda: source_of(whole) == "demo:")
    assert cameras.asked == []
    assert whole.notices() == []


ASKED_FOR = pytest.mark.parametrize("asked", [False, True], ids=["last time", "asked for"])


def gone(starting: Program, tmp_path: Path, *, asked: bool) -> Start:
    """A start with a video that is there no more: in the last scene, or in one that is asked for."""
    scene = Scene(str(tmp_path / "去年の 講義.mp4"), 2, lanes=TWO.lanes)
    if asked:
        return Start(scene)
    starting.memory.keep_scene(scene)
    return Start()


@ASKED_FOR
def test_a_video_that_is_refused_late_gives_way_to_the_demo_and_is_told(
    starting: Program, disk: threading.Event, cameras: Cameras, tmp_path: Path, asked: bool
) -> None:
    whole = starting.start(gone(starting, tmp_path, asked=asked))
    assert source_of(whole) == ""
    assert whole.notices() == []
    disk.set()
    whole.until(lambda: source_of(whole) == "demo:")
    whole.until(lambda: all(view.done for view in whole.views))
    assert cameras.asked == ["camera:"]
    assert lanes_of(whole) == ["canny", "dog"]
    no_camera, refusal = whole.notices()
    assert no_camera == NO_CAMERA.en
    assert "去年の 講義.mp4" in refusal


@ASKED_FOR
def test_a_video_that_is_refused_late_gives_way_to_the_camera_and_is_told(
    starting: Program, disk: threading.Event, cameras: Cameras, tmp_path: Path, asked: bool
) -> None:
    cameras.present = True
    whole = starting.start(gone(starting, tmp_path, asked=asked))
    disk.set()
    whole.shows(1)
    assert source_of(whole) == "camera:"
    [refusal] = whole.notices()
    assert "去年の 講義.mp4" in refusal


def test_who_chose_something_while_the_disk_slept_keeps_it(
    starting: Program, disk: threading.Event, cameras: Cameras, tmp_path: Path
) -> None:
    whole = starting.start(gone(starting, tmp_path, asked=False))
    cameras.present = True
    whole.session.open("camera:Front")
    whole.shows(1)
    disk.set()
    whole.until_all_are_new()
    assert cameras.asked == ["camera:Front"]
    assert whole.notices() == []


def test_what_is_refused_while_something_plays_leaves_it_playing(starting: Program, tmp_path: Path) -> None:
    whole = starting.start(Start(TWO))
    demo = whole.session.source
    whole.session.open(str(tmp_path / "gone.mp4"))
    whole.until_all_are_new()
    assert whole.session.source is demo
    [refusal] = whole.notices()
    assert "gone.mp4" in refusal


def test_where_even_the_demo_is_refused_everything_is_told(
    starting: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(address: str) -> Source:
        raise SourceError(f"No {address}", f"{address} はありません")

    monkeypatch.setattr(opener, "open_source", refuse)
    starting.memory.keep_scene(Scene("video:gone.mp4"))
    whole = starting.start()
    assert whole.session.source is None
    assert whole.notices() == ["No demo:", "No camera:", "No video:gone.mp4"]


@pytest.mark.qt_log_ignore("This plugin does not support")  # the menu, on a screen that is none
def test_the_notice_about_the_camera_leads_to_the_sources(starting: Program) -> None:
    whole = starting.start()
    whole.until(lambda: source_of(whole) == "demo:")
    offer = whole.window.chrome.notices.line("no-camera").offer
    assert offer.text() == "Choose the source"
    whole.press("J")
    assert whole.notices() == [NO_CAMERA.ja]
    assert offer.text() == "映像を選ぶ"
    whole.click(offer)
    assert whole.window.chrome.sources.isVisible()
    assert whole.notices() == []
    whole.window.chrome.sources.close()


def test_a_camera_that_is_slow_to_open_gives_way_to_the_demo_as_well(
    starting: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opener, "AT_ONCE", 0.0)
    whole = starting.start()
    whole.until(lambda: source_of(whole) == "demo:")
    assert whole.notices() == [NO_CAMERA.en]


def test_a_scene_that_is_asked_for_counts_more_than_the_last(starting: Program) -> None:
    starting.memory.keep_scene(TWO)
    whole = starting.start(Start(Scene(lanes=(lane_scene("haar-faces"),))))
    assert lanes_of(whole) == ["haar-faces"]


def test_a_source_that_is_asked_for_counts_more_than_the_scenes(starting: Program, cameras: Cameras) -> None:
    source = LiveSource()
    whole = starting.start(Start(TWO, source))
    assert whole.session.source is source
    assert cameras.asked == []
    assert lanes_of(whole) == ["canny", "dog"]


def test_a_camera_in_a_scene_that_is_asked_for_is_waited_for(starting: Program, cameras: Cameras) -> None:
    """Who asks for a camera gets that camera, and “No signal” until it is there."""
    whole = starting.start(Start(Scene("camera:Front", lanes=(lane_scene("dog"),))))
    whole.until(lambda: whole.message().startswith("No signal"))
    assert source_of(whole) == "camera:Front"
    cameras.given[0].give(picture(4))
    whole.shows(4)
    whole.until(lambda: not whole.message())


def test_what_is_wrong_with_remembered_files_is_told(starting: Program) -> None:
    starting.memory.folder.mkdir(parents=True)
    (starting.memory.folder / "last.toml").write_text("layout = 3\n")
    whole = starting.start()
    whole.until(lambda: source_of(whole) == "demo:")
    assert any("last.toml, line 1:" in words for words in whole.notices())


def test_warnings_of_a_scene_are_told(starting: Program, tmp_path: Path) -> None:
    path = tmp_path / "lesson.toml"
    path.write_text('source = "demo:"\nteacher = "Sato"\n')
    whole = starting.start(Start(read_scene(path)))
    assert any("line 2: 'teacher'" in words for words in whole.notices())


def test_a_scene_to_start_with_brings_its_caption_and_the_lane_that_is_looked_at(
    starting: Program, tmp_path: Path
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'source = "demo:"\nlayout = 2\nselected = 2\nstart = 1.0\ncaption.en = "Look at the edges."\n'
        '[[lanes]]\npipeline = "original"\n[[lanes]]\npipeline = "canny"\n'
    )
    whole = starting.start(Start(read_scene(path), file=path))
    bar = whole.window.chrome.lessons.bar
    assert bar.isVisible()
    assert "Look at the edges." in bar.words()
    assert whole.window.selected_lane().pipeline.name == "canny"
    playable = whole.session.playable
    assert playable
    whole.until(lambda: playable.position >= round(playable.rate))
    whole.window.chrome.actions["leave-lesson"].trigger()
    assert not bar.isVisible()
    assert [lane.pipeline.name for lane in whole.session.studio.lanes] == ["original", "canny"]


def test_a_shipped_scene_to_start_with_is_a_place_in_its_lesson(starting: Program) -> None:
    path = lessons_in(SHIPPED)[0].scenes[1]
    whole = starting.start(Start(read_scene(path), file=path))
    assert whole.window.chrome.lessons.bar.place.text().endswith("2/8")


# --- the whole of `run`


@pytest.fixture
def _as_before(look: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """`run` is meant for the last thing that a process does."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    yield
    for timer in look.findChildren(QTimer):
        timer.stop()
        timer.deleteLater()


def window_of(app: QApplication) -> MainWindow:
    windows = (widget for widget in app.topLevelWidgets() if isinstance(widget, MainWindow))
    return next(window for window in windows if window.isVisible())


@pytest.mark.usefixtures("_as_before", "cameras")
def test_run_opens_plays_remembers_and_ends(look: QApplication, tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    memory.keep_settings(Settings(appearance="light", text_size=125))
    threads = set(threading.enumerate())
    done: list[str] = []

    def play_and_quit() -> None:
        window = window_of(look)
        window.first_picture.connect(lambda: QTimer.singleShot(0, look, window.close))
        window.closing.connect(lambda: done.append(window.session.scene().source))
        window.session.set_layout(2)

    QTimer.singleShot(0, look, play_and_quit)
    program.run(Start(TWO, language="ja"), memory)
    assert done == ["demo:"]
    assert theme.current() == Theme(dark=False, scale=1.25)
    assert memory.last_scene() == Scene("demo:", 2, mirror=False, lanes=TWO.lanes)
    assert memory.settings() == Settings(appearance="light", text_size=125)
    assert set(threading.enumerate()) <= threads


@pytest.mark.usefixtures("_as_before", "cameras")
def test_a_bug_is_one_notice_and_the_program_goes_on(
    look: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    said: list[list[str]] = []

    def break_and_look() -> None:
        window = window_of(look)
        for _ in range(3):
            try:
                raise ZeroDivisionError("nought")
            except ZeroDivisionError as error:
                sys.excepthook(type(error), error, error.__traceback__)
        said.append([window.chrome.notices.line(key).words() for key in window.chrome.notices.standing()])
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    QTimer.singleShot(0, look, break_and_look)
    program.run(Start(TWO), Memory(tmp_path))
    [[words]] = said
    assert "ZeroDivisionError: nought" in words
    assert "fusiform.log" in words
    assert "\n" not in words
    assert "Traceback" in caplog.text


def test_a_scene_can_be_written_and_started_with(starting: Program, tmp_path: Path) -> None:
    write_scene(tmp_path / "a.toml", TWO)
    whole = starting.start(Start(read_scene(tmp_path / "a.toml")))
    assert source_of(whole) == "demo:"
    assert lanes_of(whole) == ["canny", "dog"]
