"""Opens sources beside the window, so that a sleeping disk or a huge folder never holds it up."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from models.errors import FusiformError, SourceError
from pipelines.sources.address import open_source
from pipelines.sources.source import Source

log = logging.getLogger(__name__)
AT_ONCE = 0.15
"""Seconds that most sources need less than; for longer the window does not wait."""
LOOK_MS = 50


class Opener(QObject):
    """One address at a time: a later one takes the place of one that is still being opened."""

    def __init__(
        self,
        opened: Callable[[Source], None],
        refused: Callable[[FusiformError], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._opened = opened
        self._refused = refused
        self._attempt: _Attempt | None = None
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._finish)

    def open(self, address: str) -> bool:
        """Open `address`, at once where that is quick; False where it is refused at once."""
        self.cancel()
        self._attempt = _Attempt(address)
        self._attempt.start()
        self._attempt.join(AT_ONCE)
        return self._finish()

    def cancel(self) -> None:
        """Whatever is still being opened is not wanted any more."""
        self._look.stop()
        attempt, self._attempt = self._attempt, None
        if attempt:
            attempt.abandon()

    def _finish(self) -> bool:
        attempt = self._attempt
        if attempt is None or attempt.is_alive():
            self._look.start()
            return True
        self._look.stop()
        self._attempt = None
        if attempt.source:
            self._opened(attempt.source)
        elif attempt.error:
            self._refused(attempt.error)
        return attempt.source is not None


class _Attempt(threading.Thread):
    def __init__(self, address: str) -> None:
        super().__init__(name="source-opening", daemon=True)
        self.source: Source | None = None
        self.error: FusiformError | None = None
        self._address = address
        self._lock = threading.Lock()
        self._abandoned = False

    def run(self) -> None:
        try:
            source = open_source(self._address)
        except FusiformError as error:
            self.error = error
            return
        except Exception as error:
            log.exception("a source could not be opened")
            self.error = SourceError(
                f"The source could not be opened ({type(error).__name__}: {error}).",
                f"映像を開けませんでした（{type(error).__name__}: {error}）。",
            )
            return
        with self._lock:
            if not self._abandoned:
                self.source = source
                return
        source.close()

    def abandon(self) -> None:
        """Nobody waits: a source that is open, or will be, is closed again."""
        with self._lock:
            self._abandoned = True
            source, self.source = self.source, None
        if source:
            source.close()
