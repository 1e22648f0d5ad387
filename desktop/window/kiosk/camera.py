"""The exhibit's own source, and what stands in for it: a dead picture is never shown."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.window.session import Session
from models.errors import FusiformError
from pipelines.engine.capture import Broken, Live, News
from pipelines.frame import Frame
from pipelines.sources.address import open_source
from pipelines.sources.source import End, NoSignal, Source

log = logging.getLogger(__name__)
PATIENCE_MS = 3000
"""Without a picture for so long, something else plays."""
AGAIN = 2.0
"""Seconds between two attempts at a source that cannot be opened."""


class KioskCamera(QObject):
    """Plays `address`, or `fallback` while that gives nothing; it comes back by itself."""

    changed = Signal()
    """`live` or `is_away`, or both as they were."""
    _returned = Signal(object)

    def __init__(self, session: Session, address: str, fallback: str) -> None:
        super().__init__(session)
        self.live = False
        self._session = session
        self._address, self._fallback = address, fallback
        self._wanted = False
        self._search: _Search | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._stand_in)
        self._returned.connect(self._take)
        session.news.connect(self._hear)
        session.refused.connect(lambda _text: self._stand_in())

    @property
    def is_away(self) -> bool:
        """Something stands in for it."""
        return self._search is not None

    def play(self) -> None:
        """From now on; what plays already goes on."""
        if self._wanted:
            return
        self._wanted = True
        if not self._session.open(self._address):
            self._stand_in()
        self._patience.start()

    def leave(self) -> None:
        """Something else plays, or nothing: the camera is let go."""
        self._wanted = False
        self._patience.stop()
        self._end_search()
        self._set_live(False)

    def _hear(self, news: News) -> None:
        if not self._wanted or self._search is not None:
            return
        match news:
            case Live():
                self._patience.stop()
                self._set_live(True)
            case NoSignal(waiting=True):
                pass
            case NoSignal() | End():
                if not self._patience.isActive():
                    self._patience.start()
            case Broken():
                self._stand_in()

    def _stand_in(self) -> None:
        """Show the fallback, and look for the camera beside it."""
        if not self._wanted or self._search is not None:
            return
        self._search = _Search(self._address, self._returned.emit)
        self._session.open(self._fallback)
        self._search.start()
        self._set_live(False)

    def _take(self, source: Source) -> None:
        """It gives pictures again."""
        if self._search is None or not self._wanted:
            source.close()
            return
        self._search = None
        self._session.show(source)
        self._set_live(True)

    def _end_search(self) -> None:
        search, self._search = self._search, None
        if search:
            search.stop()

    def _set_live(self, live: bool) -> None:
        self.live = live
        self.changed.emit()


class _Search(threading.Thread):
    """Opens the source again and again, and reads it until a picture comes."""

    def __init__(self, address: str, found: Callable[[Source], None]) -> None:
        super().__init__(name="kiosk-camera-search", daemon=True)
        self._address, self._found = address, found
        self._told = threading.Event()

    def stop(self) -> None:
        self._told.set()

    def run(self) -> None:
        while not self._told.is_set():
            source = None
            with contextlib.suppress(FusiformError):
                source = open_source(self._address)
            if source is None:
                self._told.wait(AGAIN)
            elif self._gives(source):
                self._found(source)
                return
            else:
                source.close()
                self._told.wait(AGAIN)

    def _gives(self, source: Source) -> bool:
        """Whether a picture comes before it breaks or is no longer wanted."""
        try:
            while not self._told.is_set():
                match source.read():
                    case Frame():
                        return True
                    case End():
                        return False
        except Exception:  # a driver's: it is tried again
            log.info("the camera is still away", exc_info=True)
        return False
