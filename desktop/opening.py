"""What plays when the program starts, and what is said about it once there is a window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Qt

from desktop.language import _
from desktop.settings import Memory
from desktop.window.session import DEMO, Session
from models.text import Language, Text
from pipelines.engine.capture import News
from pipelines.scene import Scene
from pipelines.sources.address import scheme
from pipelines.sources.source import NoSignal, Source

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow

FIRST_CAMERA = "camera:"
NO_CAMERA = Text(
    "There is no picture from a camera, so the demo plays.",
    "カメラの映像がないため、デモを再生しています。",
)


class Start(Struct, frozen=True):
    """What the command line asks for. Without a scene the last one goes on."""

    scene: Scene | None = None
    source: Source | None = None
    language: Language | None = None
    file: Path | None = None
    """Where the scene was read, if it was."""


class Opening(QObject):
    """Plays what was asked for, or what played last, or the first camera, or the demo.

    It begins before there is a window: the first pictures come while the window is made. It stays as
    long as the session, for a source may be refused late.
    """

    _window: MainWindow

    def __init__(self, session: Session, start: Start, memory: Memory) -> None:
        super().__init__(session)
        self._session = session
        self._start = start
        scene = start.scene or memory.last_scene() or Scene()
        self._remarks = (*scene.warnings, *memory.notices)
        self._asked = scene.source if start.scene else ""
        self._tried = ""
        self._wishes = _wishes(scene)
        self._refused: dict[str, Text] = {}
        session.refused.connect(self._note_refusal)
        if start.source:
            session.show(start.source)
        else:
            self._play_next()
        session.refused.disconnect(self._note_refusal)
        session.play(scene.without_source())

    def tell(self, window: MainWindow) -> None:
        """Say in the window what there is to say, from now on also about what is still being opened."""
        self._window = window
        if self._start.file:
            window.completed.connect(self._show_scene)
        for address, text in self._refused.items():
            window.complain(f"start-{address}", text)
        for number, text in enumerate(self._remarks):
            window.inform(f"start-{number}", text)
        after_the_window = Qt.ConnectionType.QueuedConnection  # what it shows goes when something else plays
        self._session.refused.connect(self._fall_back, after_the_window)
        self._session.news.connect(self._look, after_the_window)

    def _show_scene(self) -> None:
        assert self._start.file
        assert self._start.scene
        self._window.chrome.lessons.show_started(self._start.file, self._start.scene)

    def _play_next(self) -> None:
        if self._wishes:
            self._tried = self._wishes.pop(0)
            self._session.open(self._tried)

    def _note_refusal(self, text: Text) -> None:
        self._refused[self._tried] = text
        self._play_next()

    def _fall_back(self, text: Text) -> None:
        """What is refused while something plays leaves everything as it is.

        The window's own notice goes with the source that plays instead; this one stays beside it.
        """
        if self._wishes and not self._session.source:
            self._window.complain(f"start-{self._tried}", text)
            self._play_next()

    def _look(self, news: News) -> None:
        """The first that is heard of a camera nobody asked for: without a picture, the demo plays."""
        if isinstance(news, NoSignal) and news.waiting:
            return
        tried, self._tried = self._tried, ""
        nobody_asked = scheme(tried) == "camera" and tried != self._asked
        source = self._session.source
        if isinstance(news, NoSignal) and nobody_asked and source and source.address == tried:
            self._session.open(DEMO)
            self._tell_no_camera()

    def _tell_no_camera(self) -> None:
        from desktop.window.notice_bar import Offer  # with the controls, which come after the first picture

        choose = Offer(lambda: _("Choose the source"), lambda: self._window.chrome.show_sources())
        self._window.inform("no-camera", NO_CAMERA, choose)


def _wishes(scene: Scene) -> list[str]:
    """Addresses, each to be tried where the one before is refused."""
    return list(dict.fromkeys(filter(None, (scene.source, FIRST_CAMERA, DEMO))))
