"""The real program on a real screen: a video of faces, real clicks and keys, and what is then seen.

The screen is Xvfb, whose picture lies in a file. Where to click is read off a twin of the window that
this process builds offscreen.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.window.controls.track import Track
from pipelines.frame import Image
from tests.desktop.window.whole import Whole
from tests.desktop.x_screen import SIZE, Screen

MISSING = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
    pytest.mark.timeout(110),
]
LANES = ("haar-faces", "dog", "canny", "original")
PATIENCE = 30.0
"""Seconds until something must have happened, on a machine where others work as well."""
LOOK_EVERY = 0.05
EDGE = 56
"""Pixels at the edges of a lane that hold its ring, its name and its figures."""


def until(there: Callable[[], object], what: str) -> None:
    """Look again and again until it is so."""
    pause, deadline = threading.Event(), time.monotonic() + PATIENCE
    while not there():
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        pause.wait(LOOK_EVERY)


class Person:
    """Hands and eyes before the program."""

    def __init__(self, screen: Screen, arguments: list[str], environment: dict[str, str]) -> None:
        self._screen = screen
        self._environment = os.environ | environment | {"DISPLAY": screen.name}
        self._environment.pop("QT_QPA_PLATFORM", None)
        self._environment.pop("WAYLAND_DISPLAY", None)
        self.program = subprocess.Popen(
            [sys.executable, "-m", "desktop", *arguments],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def find_window(self) -> None:
        until(lambda: self._do("search", "--onlyvisible", "--name", "^Fusiform$"), "the window opens")
        window = self._do("search", "--onlyvisible", "--name", "^Fusiform$").split()[0]
        self._do("windowfocus", "--sync", window)

    def press(self, key: str) -> None:
        self._do("key", key)

    def click(self, place: QPoint) -> None:
        self._do("mousemove", str(place.x()), str(place.y()), "click", "1")

    def drag(self, *places: QPoint) -> None:
        """Press at the first, go from place to place, and let go at the last."""
        words = [word for at in places[1:] for word in ("mousemove", str(at.x()), str(at.y()))]
        self._do(
            "mousemove", str(places[0].x()), str(places[0].y()), "mousedown", "1", *words, "mouseup", "1"
        )

    def see(self, area: QRect) -> Image:
        return self._screen.picture()[area.top() : area.bottom() + 1, area.left() : area.right() + 1]

    def sees_something(self, area: QRect) -> bool:
        return bool(self.see(area).max() > 60)

    def sees_change(self, area: QRect) -> bool:
        """Whether the area changes while one looks at it for a moment."""
        first = self.see(area)
        return any(not np.array_equal(self.see(area), first) for _glance in glances())

    def sees_stillness(self, area: QRect) -> bool:
        return not self.sees_change(area)

    def end(self) -> tuple[int, str]:
        """Exit status, and what it wrote on standard error."""
        _out, errors = self.program.communicate(timeout=PATIENCE)
        return self.program.returncode, errors

    def close(self) -> None:
        if self.program.poll() is None:
            self.program.kill()
            self.program.communicate()

    def _do(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return done.stdout


def glances(times: int = 8) -> Iterator[int]:
    """A moment in pieces: longer than a frame of any video, shorter than one's patience."""
    pause = threading.Event()
    for glance in range(times):
        pause.wait(LOOK_EVERY)
        yield glance


class Twin:
    """The same window, offscreen: it tells where things are."""

    def __init__(self, whole: Whole, video: Path) -> None:
        self.whole = whole
        whole.window.resize(*SIZE)
        whole.play(str(video), *LANES)
        whole.until(lambda: all(view.done for view in whole.views))

    def picture(self, place: int) -> QRect:
        """The inner part of a lane, where there are only the picture and its marks."""
        view = self.whole.views[place]
        return self.area(view).adjusted(EDGE, EDGE, -EDGE, -EDGE)

    def area(self, widget: QWidget) -> QRect:
        return QRect(widget.mapTo(self.whole.window, QPoint(0, 0)), widget.size())

    def button(self, name: str) -> QPoint:
        action = self.whole.window.chrome.actions[name]
        buttons = self.whole.window.chrome.bar.findChildren(QToolButton)
        return self.area(next(button for button in buttons if button.defaultAction() is action)).center()

    def slider(self) -> QRect:
        """The first slider of the selected lane."""
        tracks = self.whole.window.chrome.column.findChildren(Track)
        return self.area(next(track for track in tracks if track.isVisible()))


@pytest.fixture
def video(shared: Path) -> Path:
    path = shared / "data" / "videos" / "faces_two_headpose.mp4"
    if not path.is_file():
        pytest.skip("the video of faces is not among the shared data")
    return path


@pytest.fixture
def twin(look: QApplication, qtbot: QtBot, tmp_path: Path, video: Path) -> Iterator[Twin]:
    whole = Whole(look, qtbot, tmp_path / "twin")
    yield Twin(whole, video)
    whole.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "home"
    made.mkdir()
    (made / "settings.toml").write_text('language = "en"\nappearance = "dark"\n')
    return made


@pytest.fixture
def person(tmp_path: Path, video: Path, home: Path) -> Iterator[Person]:
    screen = Screen(tmp_path)
    arguments = ["run", "--source", str(video), *(word for lane in LANES for word in ("--lane", lane))]
    made = Person(screen, arguments, {"FUSIFORM_HOME": str(home), "XDG_STATE_HOME": str(tmp_path / "state")})
    yield made
    made.close()
    screen.close()


def accent(picture: Image) -> NDArray[np.bool_]:
    """Where the accent colour is, which marks are painted in."""
    colour = theme.DARK.colour("accent")
    wanted = np.array([colour.blue(), colour.green(), colour.red()])
    near: NDArray[np.bool_] = np.all(np.abs(picture.astype(int) - wanted) <= 6, axis=2)
    return near


def test_faces_are_found_held_and_looked_at_more_closely(person: Person, twin: Twin, home: Path) -> None:
    haar, dog, canny, original = (twin.picture(place) for place in range(4))
    person.find_window()

    # it plays: four moving pictures, and boxes round the faces of one of them
    for area in (haar, dog, canny, original):
        until(functools.partial(person.sees_something, area), "a picture comes")
        until(functools.partial(person.sees_change, area), "the picture moves")
    until(lambda: accent(person.see(haar)).sum() > 150, "boxes round the faces")
    assert accent(person.see(original)).sum() < 20

    # Space holds the picture, in all lanes
    person.press("space")
    for area in (haar, dog, canny, original):
        until(functools.partial(person.sees_stillness, area), "the picture stands still")
    held = person.see(original)

    # a slider changes the picture that is held, in its own lane only
    before = person.see(dog)
    person.click(twin.area(twin.whole.views[1]).center())
    twin.whole.click(twin.whole.views[1])
    slider = twin.slider()
    until(lambda: person.see(slider).std() > 10, "the slider of the second lane")
    person.click(QPoint(slider.right() - 30, slider.center().y()))
    until(lambda: not np.array_equal(person.see(dog), before), "the slider changes the picture")
    assert np.array_equal(person.see(original), held)

    # the keys lie over everything, and go
    person.press("h")
    until(lambda: (person.see(original) != held).mean() > 0.9, "the list of keys")
    person.press("h")
    until(lambda: np.array_equal(person.see(original), held), "the picture is back")

    # two lanes by a click: they take the place of four
    wall = twin.area(twin.whole.window.wall)
    four = person.see(wall)
    person.click(twin.button("layout-2"))
    until(lambda: (person.see(wall) != four).mean() > 0.2, "two lanes")

    # another language, at once
    column = twin.area(twin.whole.window.chrome.column)
    english = person.see(column)
    person.press("j")
    until(lambda: not np.array_equal(person.see(column), english), "another language")
    until(lambda: tomllib.loads((home / "settings.toml").read_text())["language"] == "ja", "remembered")

    person.press("ctrl+q")
    status, errors = person.end()
    assert (status, errors) == (0, "")
    last = tomllib.loads((home / "last.toml").read_text())
    assert last["layout"] == 2
    assert [lane["pipeline"] for lane in last["lanes"]] == ["haar-faces", "dog"]
    assert last["lanes"][1]["parameters"], "what the slider was set to"


@pytest.fixture
def drawing_person(tmp_path: Path, home: Path) -> Iterator[Person]:
    screen = Screen(tmp_path)
    made = Person(screen, ["run", "--source", "canvas:", "--lane", "original"], {"FUSIFORM_HOME": str(home)})
    yield made
    made.close()
    screen.close()


def test_a_line_is_seen_where_the_mouse_has_drawn_it(drawing_person: Person) -> None:
    person = drawing_person
    way, beside = QRect(QPoint(400, 395), QPoint(550, 405)), QRect(QPoint(400, 300), QPoint(550, 350))
    person.find_window()
    until(lambda: person.see(way).min() > 240 and person.see(beside).min() > 240, "a white sheet")

    person.drag(QPoint(400, 400), QPoint(450, 398), QPoint(500, 402), QPoint(550, 400))
    until(
        lambda: person.see(way.adjusted(0, 0, -20, 0)).max() < 60, "the line, but for the pointer at its end"
    )
    assert person.see(beside).min() > 240

    person.press("ctrl+z")
    until(lambda: person.see(way.adjusted(0, 0, -20, 0)).min() > 240, "it is taken back")
    person.press("ctrl+q")
    assert person.end() == (0, "")
