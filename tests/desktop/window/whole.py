"""The whole window as the program opens it, in a home of its own, and what a test does with it."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

import numpy as np
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.opening import Opening, Start
from desktop.settings import Memory, Settings
from desktop.window.lane_message import LaneMessage
from desktop.window.lane_view import LaneView
from desktop.window.main_window import MainWindow
from desktop.window.preferences import Preferences
from desktop.window.session import Session
from pipelines.engine.lane import Lane
from pipelines.frame import Frame
from pipelines.registry import AnyPipeline, find
from pipelines.scene import LaneScene, Layout, Scene
from pipelines.sources.source import Read, Source
from tests.desktop.window.outcomes import frame
from tests.pipelines.engine.scripted import LiveSource, PlayableSource

PATIENCE_MS = 15_000


def picture(number: int = 0, *, width: int = 64, height: int = 36) -> Frame:
    """A frame captured now, as bright as its number, with an edge down the middle."""
    image = np.full((height, width, 3), number % 200, np.uint8)
    image[:, width // 2 :] += 50
    return frame(image, number)


class Film(PlayableSource):
    """A film of one picture: it plays that until it is stepped or sought."""

    def read(self) -> Read:
        given = super().read()
        return picture(self.position) if given is None and not self.paused else given

    def seek(self, position: int) -> None:
        self.position = min(max(position, 0), self.length - 1)
        self.give(picture(self.position))


def lane_scene(pipeline: str | type[AnyPipeline], **values: object) -> LaneScene:
    kind = find(pipeline) if isinstance(pipeline, str) else pipeline
    return LaneScene(kind, kind.parameters().changed(**values))


class Whole:
    """The window with session and preferences, as `desktop.program.run` joins them."""

    def __init__(
        self,
        app: QApplication,
        qtbot: QtBot,
        home: Path,
        start: Start | None = None,
        *,
        complete: bool = True,
    ) -> None:
        """Without a `start` nothing plays; `complete` at once, not after the first picture."""
        self.qtbot = qtbot
        self.app = app
        self._menus = _menus(app)
        self.memory = Memory(home)
        self.session = Session()
        opening = Opening(self.session, start, self.memory) if start else None
        self.preferences = Preferences(app, self.memory, Settings(appearance="dark"), "en")
        self.window = MainWindow(self.session, self.preferences)
        if opening:
            opening.tell(self.window)
        self.window.show()
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        if complete:
            self.window.complete()

    # --- what plays

    def play(self, source: Source | str, *lanes: str | type[AnyPipeline] | LaneScene) -> None:
        """These lanes on this source."""
        scenes = tuple(lane if isinstance(lane, LaneScene) else lane_scene(lane) for lane in lanes)
        room: Layout = 1 if len(lanes) < 2 else 2 if len(lanes) == 2 else 4
        scene = Scene(layout=room, lanes=scenes)
        if isinstance(source, str):
            scene = replace(scene, source=source)
        else:
            self.session.show(source)
        self.session.play(scene)

    def film(self, *lanes: str | type[AnyPipeline] | LaneScene) -> Film:
        """These lanes on a film, its first frame on screen."""
        film = Film()
        self.play(film, *lanes)
        self.until(lambda: all(view.done for view in self.views))
        return film

    def live(self, *lanes: str | type[AnyPipeline] | LaneScene) -> LiveSource:
        """These lanes on a camera, so to speak, that has given no frame yet."""
        source = LiveSource()
        self.play(source, *lanes)
        return source

    # --- what is seen

    @property
    def views(self) -> tuple[LaneView, ...]:
        return tuple(self.window.wall.views)

    def area(self, widget: QWidget) -> QRect:
        """Where it is in the window."""
        return QRect(widget.mapTo(self.window, QPoint(0, 0)), widget.size())

    def lane(self, place: int = 0) -> Lane:
        return self.session.studio.lanes[place]

    def numbers(self) -> list[int | None]:
        """The number of the frame in each view."""
        return [view.done.frame.number if view.done else None for view in self.views]

    def shows(self, number: int, *places: int) -> None:
        """Wait until these views, without any all, show a frame of this number."""

        def there() -> bool:
            numbers = self.numbers()
            return all(numbers[place] == number for place in places or range(len(numbers)))

        self.until(there)

    def until_all_are_new(self) -> None:
        """Wait until every view shows another result than now."""
        former = [view.done for view in self.views]
        self.until(lambda: all(view.done is not old for view, old in zip(self.views, former, strict=True)))

    def message(self, place: int = 0) -> str:
        """What a lane says instead of a fresh picture."""
        return self.views[place].findChildren(LaneMessage)[0].words()

    def notices(self) -> list[str]:
        """The sentences of the notice bar, the newest first."""
        bar = self.window.chrome.notices
        return [bar.line(key).words() for key in bar.standing()]

    def until(self, there: Callable[[], object]) -> None:
        """Let the window live until it is so; fails after a while."""
        self.qtbot.waitUntil(lambda: bool(there()), timeout=PATIENCE_MS)

    # --- what a person does

    def press(self, keys: str, on: QWidget | None = None) -> None:
        """Press a key, written as in the table of actions, on what has the focus."""
        pressed = QKeySequence(keys)[0]  # type: ignore[index] # PySide's stubs leave it out
        target = on or self.window.focusWidget() or self.window
        QTest.keyClick(target, pressed.key(), pressed.keyboardModifiers())

    def click(self, widget: QWidget) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def focus(self, widget: QWidget) -> None:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        self.until(widget.hasFocus)

    def close(self) -> None:
        """End every thread and every timer."""
        self.window.close()
        for thing in (self.window, self.session, self.preferences):
            thing.deleteLater()
            QApplication.sendPostedEvents(thing, QEvent.Type.DeferredDelete)
        if _menus(self.app) > self._menus:
            gc.collect()  # pyqtgraph's own menus: collected while Qt restyles all widgets, they kill it


def _menus(app: QApplication) -> int:
    """How many menus stand alone."""
    return sum(isinstance(widget, QMenu) for widget in app.topLevelWidgets())
