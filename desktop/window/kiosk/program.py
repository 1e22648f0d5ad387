"""The window process of an exhibit."""

from __future__ import annotations

import signal
import sys
import threading
import time
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.kiosk.beat import Beat
from desktop.kiosk.counts import Counts
from desktop.kiosk.kiosk import Kiosk
from desktop.kiosk.machine import handles
from desktop.kiosk.visit import Visit
from desktop.program import application
from desktop.settings import Memory, Settings
from desktop.window.kiosk.beating import Heartbeat
from desktop.window.kiosk.kiosk_window import KioskWindow
from desktop.window.kiosk.lock import Lock
from desktop.window.kiosk.onlooker import Onlooker
from desktop.window.preferences import Preferences
from desktop.window.session import Session
from pipelines.engine.lane import Lane
from pipelines.engine.outcome import Outcome
from pipelines.sources.address import open_source

if TYPE_CHECKING:
    from desktop.window.kiosk.rehearsal import Rehearsal


class Forgetful(Memory):
    """An exhibit remembers nothing of its visitors: every visit begins as the file says."""

    def keep_settings(self, settings: Settings) -> None:
        pass


class _Faces(QObject):
    """From the thread that looks for faces to the window's."""

    counted = Signal(int)


def run_kiosk(kiosk: Kiosk, *, supervised: bool, rehearsed: bool = False) -> None:
    """Stay until the staff leaves, or the supervisor wants it. `rehearsed`: in a soak."""
    app = application()
    session = Session()
    settings = Settings(appearance="dark").changed(text_size=kiosk.text_size)
    preferences = Preferences(app, Forgetful(), settings, kiosk.language)
    preferences.dress()
    counts = Counts(kiosk)
    visit = Visit(
        len(kiosk.stations),
        kiosk.attract,
        kiosk.idle,
        kiosk.presence,
        now=time.monotonic(),
        listener=counts,
    )
    rehearsal = _rehearsal() if rehearsed else None
    window = KioskWindow(
        kiosk,
        session,
        preferences,
        visit,
        wall=rehearsal.wall if rehearsal else datetime.now,
        opens=rehearsal.driver.source if rehearsal else open_source,
    )
    lock = Lock(app)
    lock.touched.connect(window.touch)
    lock.fingers.connect(window.count_fingers)
    lock.pointed.connect(window.show_pointer)
    faces = _Faces()
    faces.counted.connect(lambda number: visit.see(number, time.monotonic()))
    onlooker = Onlooker(faces.counted.emit)
    if kiosk.presence.on:
        session.outcome.connect(lambda lane, outcome: _show_to(onlooker, window, lane, outcome))
        onlooker.start()

    def beat() -> Beat:
        newest = window.pictures.newest
        return Beat(
            window.mode,
            window.station,
            session.source.address if session.source else "",
            not window.camera.is_away,
            None if newest is None else time.perf_counter() - newest,
            window.pictures.beats(),
            "",
            threading.active_count(),
            handles(),
            counts.counted(),
        )

    def leave() -> None:
        lock.open()
        window.end()
        app.quit()

    window.left.connect(leave)
    if supervised:
        heart = Heartbeat(beat, window)
        heart.orphaned.connect(leave)
        if rehearsal:
            rehearsal.begin(window)
            heart.told.connect(rehearsal.hear)
    signal.signal(signal.SIGINT, lambda *_: leave())
    signal.signal(signal.SIGTERM, lambda *_: leave())
    listening = QTimer(window, interval=250)  # Python handles signals only while it runs
    listening.timeout.connect(lambda: None)
    listening.start()
    window.setGeometry(app.primaryScreen().geometry())  # where nobody manages windows, nobody else does
    window.showFullScreen()
    try:
        app.exec()
    finally:
        onlooker.close()
        session.close()
        counts.close()
    sys.stdout.flush()


def _rehearsal() -> Rehearsal:
    from desktop.window.kiosk.rehearsal import Rehearsal

    return Rehearsal()


def _show_to(onlooker: Onlooker, window: KioskWindow, _lane: Lane, outcome: Outcome) -> None:
    if window.camera.live:
        onlooker.show(outcome.frame)
