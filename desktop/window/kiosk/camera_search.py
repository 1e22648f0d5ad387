"""The search for a source that gives no picture yet, beside the window."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from models.errors import FusiformError
from pipelines.frame import Frame
from pipelines.sources.camera_picture import is_covered
from pipelines.sources.source import End, Source

log = logging.getLogger(__name__)
AGAIN = 1.0
"""Seconds between two attempts."""


class CameraSearch(threading.Thread):
    """Opens the source again and again, and reads it until a picture comes."""

    def __init__(
        self,
        address: str,
        opens: Callable[[str], Source],
        found: Callable[[Source], None],
        *,
        takes_covered: bool,
    ) -> None:
        super().__init__(name="kiosk-camera-search", daemon=True)
        self.source: Source | None = None
        """The one that was opened last."""
        self._address, self._opens, self._found = address, opens, found
        self._takes_covered = takes_covered
        self._told = threading.Event()

    def stop(self) -> None:
        self._told.set()

    def run(self) -> None:
        while not self._told.is_set():
            source = self.source = self._opened()
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
                    case Frame(image=image) if self._takes_covered or not is_covered(image):
                        return True
                    case End():
                        return False
        except Exception:  # a driver's: it is tried again
            log.info("the camera is still away", exc_info=True)
        return False
