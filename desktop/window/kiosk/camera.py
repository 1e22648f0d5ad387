"""The exhibit's own source, and what stands in for it: a dead picture is never shown."""

from __future__ import annotations

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
AGAIN = 1.0
"""Seconds between two attempts."""


class KioskCamera(QObject):
    """Plays `address`, or `fallback` while that gives nothing; it comes back by itself.

    It is opened beside the window and shown with its first picture: until then what plays goes on.
    """

    changed = Signal()
    """`live` or `is_away` may be others."""
    _found = Signal(object)

    def __init__(
        self,
        session: Session,
        address: str,
        fallback: str,
        opens: Callable[[str], Source] = open_source,
    ) -> None:
        super().__init__(session)
        self.live = False
        """Its pictures come."""
        self.is_away = False
        """Something stands in for it."""
        self._session = session
        self._address, self._fallback, self._opens = address, fallback, opens
        self._wanted = False
        self._search: _Search | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._stand_in)
        self._found.connect(self._take)
        session.news.connect(self._hear)

    def play(self) -> None:
        """From now on; where it plays already it goes on."""
        if not self._wanted:
            self._wanted = True
            self._look_for_it()
            self._patience.start()

    def leave(self) -> None:
        """Something else plays, or nothing: the camera is let go."""
        self._wanted = False
        self._patience.stop()
        search, self._search = self._search, None
        if search:
            search.stop()
        self._become(live=False, away=False)

    def _hear(self, news: News) -> None:
        if not self._wanted or self._search is not None:
            return
        match news:
            case Live():
                self._patience.stop()
            case NoSignal() | End():
                if not self._patience.isActive():
                    self._patience.start()
            case Broken():
                self._stand_in()

    def _look_for_it(self) -> None:
        if self._search is None:
            self._search = _Search(self._address, self._opens, self._found.emit)
            self._search.start()

    def _stand_in(self) -> None:
        """Show the fallback, and look for the camera beside it."""
        if not self._wanted or self.is_away:
            return
        self._session.open(self._fallback)
        self._look_for_it()
        self._become(live=False, away=True)

    def _take(self, source: Source) -> None:
        """It gives pictures."""
        if self._search is None:
            source.close()
            return
        self._search = None
        self._patience.stop()
        self._session.show(source)
        self._become(live=True, away=False)

    def _become(self, *, live: bool, away: bool) -> None:
        self.live, self.is_away = live, away
        self.changed.emit()


class _Search(threading.Thread):
    """Opens the source again and again, and reads it until a picture comes."""

    def __init__(self, address: str, opens: Callable[[str], Source], found: Callable[[Source], None]) -> None:
        super().__init__(name="kiosk-camera-search", daemon=True)
        self._address, self._opens, self._found = address, opens, found
        self._told = threading.Event()

    def stop(self) -> None:
        self._told.set()

    def run(self) -> None:
        while not self._told.is_set():
            source = self._opened()
            if source and self._gives(source):
                self._found(source)
                return
            if source:
                source.close()
            self._told.wait(AGAIN)

    def _opened(self) -> Source | None:
        try:
            return self._opens(self._address)
        except FusiformError:
            return None

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
