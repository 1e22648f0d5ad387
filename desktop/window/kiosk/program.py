"""The window process of an exhibit."""

from __future__ import annotations

import gc
import logging
import signal
import sys
import threading
import time
from collections.abc import Sequence
from datetime import date, datetime
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desktop.kiosk.beat import Beat
from desktop.kiosk.counts import Counts
from desktop.kiosk.kiosk import Kiosk
from desktop.kiosk.machine import handles
from desktop.kiosk.visit import Visit
from desktop.program import application
from desktop.settings import Memory, Settings
from desktop.window.kiosk.beating import Heartbeat
from desktop.window.kiosk.face_counter import FaceCounter
from desktop.window.kiosk.kiosk_window import KioskWindow
from desktop.window.kiosk.lock import Lock
from desktop.window.preferences import Preferences
from desktop.window.session import Session
from pipelines.engine.lane import Lane
from pipelines.engine.outcome import Outcome
from pipelines.scene import Scene
from pipelines.sources.address import open_source

if TYPE_CHECKING:
    from desktop.window.kiosk.rehearsal import Rehearsal

log = logging.getLogger(__name__)
SIGNALS = (signal.SIGINT, signal.SIGTERM)
LISTEN_MS = 250
STARTED_MS = 2000


class Forgetful(Memory):
    """An exhibit remembers nothing of its visitors: every visit begins as the file says."""

    def keep_settings(self, settings: Settings) -> None:
        pass


def run_kiosk(kiosk: Kiosk, scenes: Sequence[Scene], *, supervised: bool, rehearsed: bool = False) -> int:
    """Stay until the staff leaves, or the supervisor wants it; the exit status, which is 0 for these two
    alone. `scenes` are those of the stations; `rehearsed`: in a soak.
    """
    exhibit = _Exhibit(application(), kiosk, scenes, _rehearsal() if rehearsed else None)
    sys.excepthook = exhibit.note_bug
    for number in SIGNALS:
        signal.signal(number, lambda number, _frame: exhibit.leave(128 + number))
    try:
        return exhibit.run(supervised=supervised)
    finally:
        exhibit.close()


class _Exhibit(QObject):
    """The parts of the process, joined."""

    faces = Signal(int)
    """So many are in view; from the thread that looks for them to the window's."""

    def __init__(
        self, app: QApplication, kiosk: Kiosk, scenes: Sequence[Scene], rehearsal: Rehearsal | None
    ) -> None:
        super().__init__()
        self._app, self._kiosk, self._rehearsal = app, kiosk, rehearsal
        self._session = Session()
        settings = Settings(appearance="dark").changed(text_size=kiosk.text_size)
        preferences = Preferences(app, Forgetful(), settings, kiosk.language)
        preferences.dress()
        self._counts = Counts(kiosk, rehearsal.today if rehearsal else date.today)
        self._visit = Visit(
            len(kiosk.stations),
            kiosk.attract,
            kiosk.idle,
            kiosk.presence,
            now=time.monotonic(),
            listener=self._counts,
        )
        self._window = KioskWindow(
            kiosk,
            scenes,
            self._session,
            preferences,
            self._visit,
            wall=rehearsal.wall if rehearsal else datetime.now,
            opens=rehearsal.driver.source if rehearsal else open_source,
        )
        self._lock = Lock(app)
        self._face_counter = FaceCounter(self.faces.emit)
        self._bug = ""
        """The newest one that was met, in a sentence."""
        self._join()

    def run(self, *, supervised: bool) -> int:
        if supervised:
            heart = Heartbeat(self._beat, self._window)
            heart.orphaned.connect(self.leave)
            once = Qt.ConnectionType.SingleShotConnection
            self._window.pictures.painted.connect(heart.tell, once)  # the first picture is waited for
            if self._rehearsal:
                self._rehearsal.begin(self._window)
                heart.told.connect(self._rehearsal.hear)
        if self._kiosk.presence.on:
            self._session.outcome.connect(self._show_to_counter)
            self._face_counter.start()
        listening = QTimer(self, interval=LISTEN_MS)  # Python handles signals only while it runs
        listening.timeout.connect(lambda: None)
        listening.start()
        QTimer.singleShot(STARTED_MS, self, _keep_what_stays)
        screen = self._app.primaryScreen().geometry()
        self._window.setGeometry(screen)  # where nobody manages windows, nobody else does
        self._window.showFullScreen()
        return self._app.exec()

    def leave(self, status: int = 0) -> None:
        self._app.exit(status)

    def close(self) -> None:
        self._lock.open()
        self._window.end()
        self._face_counter.close()
        self._session.close()
        self._counts.close()
        sys.stdout.flush()

    def note_bug(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """It is logged and told by health; the exhibit goes on."""
        log.error("a bug", exc_info=(kind, error, trace))
        self._bug = f"Something inside went wrong ({kind.__name__}: {error})."

    def _join(self) -> None:
        self._lock.touched.connect(self._window.touch)
        self._lock.fingers.connect(self._window.count_fingers)
        self._lock.pointed.connect(self._window.show_pointer)
        self._window.left.connect(self.leave)
        self.faces.connect(lambda number: self._visit.see(number, time.monotonic()))

    def _show_to_counter(self, _lane: Lane, outcome: Outcome) -> None:
        if self._window.camera.shows_visitors:
            self._face_counter.show(outcome.frame)

    def _beat(self) -> Beat:
        window = self._window
        newest = window.pictures.newest
        return Beat(
            window.mode,
            window.station,
            self._session.source.address if self._session.source else "",
            not window.camera.is_away,
            None if newest is None else time.perf_counter() - newest,
            window.pictures.beats(),
            window.pictures.trouble or self._bug,
            threading.active_count(),
            handles(),
            self._counts.counted(),
        )


def _keep_what_stays() -> None:
    """What the start has made stays to the end: whoever looks for garbage passes it over, in 1 ms."""
    gc.collect()
    gc.freeze()


def _rehearsal() -> Rehearsal:
    from desktop.window.kiosk.rehearsal import Rehearsal

    return Rehearsal()
