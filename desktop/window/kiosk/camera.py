"""What a station plays, mostly the camera, and what stands in for it: a dead picture is never shown."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.kiosk.kiosk_file import CAMERAS
from desktop.window.kiosk.camera_search import CameraSearch
from desktop.window.session import Session
from pipelines.engine.capture import Broken, Live, News
from pipelines.engine.lane import Lane
from pipelines.engine.outcome import Outcome
from pipelines.sources.address import open_source, scheme
from pipelines.sources.camera_picture import is_covered
from pipelines.sources.source import End, NoSignal, Source

PATIENCE_MS = 3000
"""Without a picture for so long, something else plays."""
LOOK = 0.5
"""Seconds between two looks at whether something covers the camera."""
COVERED = 3.0
"""Seconds that something covers it before it counts as away."""


class KioskCamera(QObject):
    """Plays what it is told to, or `fallback` while that gives nothing; it comes back by itself.

    It is opened beside the window and shown with its first picture: until then what plays goes on. A camera
    before whose lens a hand lies gives nothing either.
    """

    changed = Signal()
    """`live` or `is_away` may be others."""
    _found = Signal(object)

    def __init__(
        self,
        session: Session,
        fallback: str,
        opens: Callable[[str], Source] = open_source,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(session)
        self.live = False
        """Its pictures come."""
        self.is_away = False
        """Something stands in for it."""
        self._session = session
        self._fallback, self._opens, self._now = fallback, opens, now
        self._address: str | None = None
        """What is to play; `None`: nothing."""
        self._search: CameraSearch | None = None
        self._look_at = 0.0
        self._covered_since: float | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._stand_in)
        self._found.connect(self._take)
        session.news.connect(self._hear)
        session.outcome.connect(self._look)

    @property
    def shows_visitors(self) -> bool:
        return self.live and self._may_be_covered

    def play(self, address: str) -> None:
        """From now on; where it plays already it goes on."""
        if address != self._address:
            self.leave()
            self._address = address
            self._look_for_it(address)
            self._patience.start()

    def leave(self) -> None:
        """Nothing plays: the camera is let go."""
        self._address = None
        self._patience.stop()
        search, self._search = self._search, None
        if search:
            search.stop()
        self._become(live=False, away=False)

    def _hear(self, news: News) -> None:
        if self._address is None or self._search is not None:
            return
        match news:
            case Live():
                self._patience.stop()
            case NoSignal() | End():
                if not self._patience.isActive():
                    self._patience.start()
            case Broken():
                self._stand_in()

    def _look(self, _lane: Lane, outcome: Outcome) -> None:
        """Now and then, at what it shows."""
        if not self.shows_visitors or (now := self._now()) < self._look_at:
            return
        self._look_at = now + LOOK
        if not is_covered(outcome.frame.image):
            self._covered_since = None
            return
        self._covered_since = since = self._covered_since or now
        if now - since >= COVERED:
            self._stand_in()

    @property
    def _may_be_covered(self) -> bool:
        return self._address is not None and scheme(self._address) in CAMERAS

    def _look_for_it(self, address: str) -> None:
        self._search = CameraSearch(
            address, self._opens, self._found.emit, takes_covered=not self._may_be_covered
        )
        self._search.start()

    def _stand_in(self) -> None:
        """Show the fallback, and look for the camera beside it."""
        if self._address is None or self.is_away:
            return
        self._session.open(self._fallback)
        if self._search is None:
            self._look_for_it(self._address)
        self._become(live=False, away=True)

    def _take(self, source: Source) -> None:
        """It gives pictures."""
        if self._search is None or self._search.source is not source:
            source.close()
            return
        self._search = None
        self._patience.stop()
        self._session.show(source)
        self._become(live=True, away=False)

    def _become(self, *, live: bool, away: bool) -> None:
        self.live, self.is_away = live, away
        self._covered_since = None
        self.changed.emit()
