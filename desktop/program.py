"""Starting and ending the windowed program."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop import first_picture
from desktop.log import log_file
from desktop.opening import Opening, Start
from desktop.settings import Memory
from desktop.window.session import Session
from models.text import Text
from resources import ROOT

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow

log = logging.getLogger(__name__)
STARTED_MS = 2000
ICON_MS = 500
"""It takes 20 ms to draw: the first pictures are on the screen before that."""


def run(start: Start, memory: Memory | None = None) -> None:
    """Open the window and stay until it is closed."""
    app = application()
    memory = memory or Memory()
    settings = memory.settings()
    session = Session()
    session.remember_mirror(settings.mirror_camera, settings.mirror_others)
    opening = Opening(session, start, memory)
    from desktop.window.main_window import MainWindow
    from desktop.window.preferences import Preferences

    preferences = Preferences(app, memory, settings, start.language)
    window = MainWindow(session, preferences)
    opening.tell(window)
    window.closing.connect(lambda: memory.keep_scene(session.scene()))
    sys.excepthook = _Excepthook(window)
    signal.signal(signal.SIGINT, lambda *_: QTimer.singleShot(0, window, window.close))
    first_picture.report_to(os.environ.get("FUSIFORM_FIRST_PICTURE"), window)
    window.show()
    QTimer.singleShot(ICON_MS, app, lambda: app.setWindowIcon(QIcon(str(ROOT / "fusiform.svg"))))
    QTimer.singleShot(STARTED_MS, app, gc.freeze)  # what the start has made stays to the end
    heartbeat = QTimer(app, interval=250)  # Python handles Ctrl-C only while it runs
    heartbeat.timeout.connect(lambda: None)
    heartbeat.start()
    try:
        app.exec()
    finally:
        session.close()


def application() -> QApplication:
    """The one application of this process."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("fusiform")
    app.setApplicationDisplayName("Fusiform")
    return app


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
