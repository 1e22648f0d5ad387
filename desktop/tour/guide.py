"""Who walks through the window: opens a fresh one, brings it to a view and takes its picture.

Nothing of the person's settings is read or written, and the demo plays, so that two tours of one
version show the same.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, QPoint, QSize
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from desktop.program import application
from desktop.settings import Memory
from desktop.window.main_window import MainWindow
from desktop.window.preferences import Preferences
from desktop.window.session import Session
from models.text import Language
from pipelines.scene import LaneScene, Layout, Scene

SIZE = QSize(1280, 800)
PATIENCE_MS = 8000
SETTLE_MS = 700
"""Milliseconds after which figures and curves have something to show."""
FRAME = 75
"""The demo's frame that stands still in the pictures: a face, seen from the front."""
HOME = "FUSIFORM_HOME"


class Guide:
    """The window that is walked through."""

    def __init__(self, language: Language, folder: Path) -> None:
        self.app = application()
        self.home = folder
        memory = Memory(folder)
        settings = memory.settings().changed(appearance="dark")
        self.preferences = Preferences(self.app, memory, settings, language)
        self.session = Session()
        self.window = MainWindow(self.session, self.preferences)
        self.window.resize(SIZE)
        self.window.show()
        self._shown: QWidget = self.window
        self._endings: list[Callable[[], object]] = []

    def look_at(self, window: QWidget, *endings: Callable[[], object]) -> None:
        """A window of its own instead; `endings` are called when the guide leaves."""
        self._shown = window
        self._endings += endings

    def lanes(self, layout: Layout, *lanes: LaneScene, source: str = "demo:") -> None:
        """Show these pipelines on the frame of the tour."""
        self.session.play(Scene(source, layout, lanes=lanes))
        self.wait_for(lambda: self.window.is_complete)
        self.session.freeze(False)
        self.wait_for(lambda: self.window.is_complete)
        self.wait(SETTLE_MS)
        self.session.freeze(True)
        self.show(FRAME)
        self.wait(SETTLE_MS)

    def show(self, position: int) -> None:
        """Bring all lanes to this frame of the demo."""
        if playable := self.session.playable:
            self.renew(lambda: playable.seek(position))

    def renew(self, do: Callable[[], object]) -> None:
        """Do something that gives every lane another picture, and wait until all of them show it."""
        views = self.window.wall.views
        former = {view.done.frame if view.done else None for view in views}

        def renewed() -> bool:
            shown = {view.done.frame if view.done else None for view in views}
            return len(shown) == 1 and not shown & former

        do()
        self.wait_for(renewed)

    def wait(self, milliseconds: int) -> None:
        """Let the window live for a while."""
        self.wait_for(lambda: False, milliseconds)

    def wait_for(self, there: Callable[[], bool], milliseconds: int = PATIENCE_MS) -> None:
        """Let the window live until something is there, at most for this long."""
        deadline = QDeadlineTimer(milliseconds)
        while not there() and not deadline.hasExpired():
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def picture(self) -> QPixmap:
        """The window as it is, with the menu or list that is open over it."""
        whole = self._shown.grab()
        if popup := QApplication.activePopupWidget():
            painter = QPainter(whole)
            painter.drawPixmap(self._place(popup), popup.grab())
            painter.end()
        return whole

    def close(self) -> None:
        for end in self._endings:
            end()
        if self._shown is not self.window:
            self._shown.deleteLater()
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete)
        self.app.processEvents()

    def _place(self, popup: QWidget) -> QPoint:
        return self.window.mapFromGlobal(popup.pos())


@contextmanager
def guided(language: Language) -> Iterator[Guide]:
    """A fresh window with a home of its own, closed whatever happens."""
    with tempfile.TemporaryDirectory() as home, _living_in(home):
        guide = Guide(language, Path(home))
        try:
            yield guide
        finally:
            guide.close()


@contextmanager
def _living_in(home: str) -> Iterator[None]:
    """Networks of the person's own are not shown either."""
    former = os.environ.get(HOME)
    os.environ[HOME] = home
    try:
        yield
    finally:
        os.environ.pop(HOME)
        if former is not None:
            os.environ[HOME] = former
