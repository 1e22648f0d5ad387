"""Starting and ending the windowed program."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
from dataclasses import dataclass
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop import first_picture
from desktop.log import log_file
from desktop.settings import Memory
from desktop.window.main_window import MainWindow
from desktop.window.preferences import Preferences
from desktop.window.session import DEMO, Session
from models.text import Language, Text
from pipelines.engine.capture import News
from pipelines.scene import Scene
from pipelines.sources.source import NoSignal, Source

log = logging.getLogger(__name__)
CAMERA = "camera:"
STARTED_MS = 2000
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


def run(start: Start, memory: Memory | None = None) -> None:
    """Open the window and stay until it is closed."""
    app = application()
    memory = memory or Memory()
    settings = memory.settings()
    preferences = Preferences(app, memory, settings, start.language)
    session = Session()
    session.remember_mirror(settings.mirror_camera, settings.mirror_others)
    window = MainWindow(session, preferences)
    window.closing.connect(lambda: memory.keep_scene(session.scene()))
    sys.excepthook = _Excepthook(window)
    signal.signal(signal.SIGINT, lambda *_: window.close())
    first_picture.report_to(os.environ.get("FUSIFORM_FIRST_PICTURE"), window)
    window.show()
    begin(window, start, memory)
    QTimer.singleShot(STARTED_MS, app, _collect_garbage_again)
    heartbeat = QTimer(app, interval=250)  # Python handles Ctrl-C only while it runs
    heartbeat.timeout.connect(lambda: None)
    heartbeat.start()
    app.exec()


def _collect_garbage_again() -> None:
    """What the start has made stays to the end: later collections need not look at it."""
    gc.freeze()
    gc.enable()


def application() -> QApplication:
    """The one application of this process."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("fusiform")
    app.setApplicationDisplayName("Fusiform")
    return app


def begin(window: MainWindow, start: Start, memory: Memory) -> None:
    """Play what was asked for, or what played last, or the first camera, or the demo."""
    session = window.session
    scene = start.scene or memory.last_scene() or Scene()
    if start.source:
        session.show(start.source)
    elif scene.source and (start.scene or not scene.source.startswith(CAMERA)):
        session.open(scene.source)
    if session.source is None:
        _open_camera_or_demo(window, scene.source if scene.source.startswith(CAMERA) else CAMERA)
    session.play(scene.without_source())
    for number, text in enumerate((*scene.warnings, *memory.notices)):
        window.inform(f"start-{number}", text)


def _open_camera_or_demo(window: MainWindow, camera: str) -> None:
    """Nobody asked for anything: the camera, if it shows a picture at once, otherwise the demo."""
    session = window.session

    def look(news: News) -> None:
        session.news.disconnect(look)
        if isinstance(news, NoSignal) and session.source is tried:
            session.open(DEMO)
            window.inform("no-camera", NO_CAMERA)

    session.open(camera)
    tried = session.source
    session.news.connect(look)


class _Excepthook:
    """A bug is logged and told once, in one sentence; the program goes on."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        log.error("a bug", exc_info=(kind, error, trace))
        detail = f"{kind.__name__}: {error}"
        self._window.complain(
            "bug",
            Text(
                f"Something inside Fusiform went wrong ({detail}); it goes on. Details: {log_file()}",
                f"内部でエラーが起きました（{detail}）。動作は続けます。詳細：{log_file()}",
            ),
        )
