"""What plays when the program starts, and what is said about it once there is a window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.settings import Memory
from desktop.window.session import DEMO, Session
from models.text import Language, Text
from pipelines.engine.capture import News
from pipelines.scene import Scene
from pipelines.sources.source import NoSignal, Source

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow

CAMERA = "camera:"
NO_CAMERA = Text(
    "There is no picture from a camera, so the demo plays. Choose a source at the top left.",
    "カメラの映像がないため、デモを再生しています。左上から映像を選べます。",
)


@dataclass(frozen=True, slots=True)
class Start:
    """What the command line asks for. Without a scene the last one goes on."""

    scene: Scene | None = None
    source: Source | None = None
    language: Language | None = None


class Opening:
    """Plays what was asked for, or what played last, or the first camera, or the demo.

    It begins before there is a window: the first pictures come while the window is made.
    """

    def __init__(self, session: Session, start: Start, memory: Memory) -> None:
        self._session = session
        self._tried = ""
        self._refused: list[Text] = []
        scene = start.scene or memory.last_scene() or Scene()
        self._remarks = (*scene.warnings, *memory.notices)
        session.refused.connect(self._refused.append)
        self._open(scene, start)
        session.refused.disconnect(self._refused.append)
        session.play(scene.without_source())

    def tell(self, window: MainWindow) -> None:
        """Say in the window what there is to say."""
        for text in self._refused:
            window.complain("start-source", text)  # a refusal goes with the source that plays instead
        for number, text in enumerate(self._remarks):
            window.inform(f"start-{number}", text)
        if self._tried:
            self._wait_for_camera(window)

    def _open(self, scene: Scene, start: Start) -> None:
        is_camera = scene.source.startswith(CAMERA)
        if start.source:
            self._session.show(start.source)
            return
        if scene.source and (start.scene or not is_camera) and self._session.open(scene.source):
            return
        self._tried = scene.source if is_camera else CAMERA
        self._session.open(self._tried)

    def _wait_for_camera(self, window: MainWindow) -> None:
        """Nobody asked for the camera: if it shows no picture at once, the demo plays instead."""

        def look(news: News) -> None:
            if isinstance(news, NoSignal) and news.waiting:
                return
            self._session.news.disconnect(look)
            source = self._session.source
            if isinstance(news, NoSignal) and source and source.address == self._tried:
                self._session.open(DEMO)
                window.inform("no-camera", NO_CAMERA)

        self._session.news.connect(look)
