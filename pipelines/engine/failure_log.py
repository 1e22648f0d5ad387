"""What goes wrong in a lane, told to the log when it is new and not every two seconds for months."""

from __future__ import annotations

import logging
import traceback
from typing import TypeAlias

from pipelines.engine.outcome import in_words

log = logging.getLogger(__name__)
MOST = 50
"""Tracebacks of one lane: no pipeline fills a disk, even if it fails in another way each time."""

Trouble: TypeAlias = tuple[str, str, int]
"""The error in words, the file and the line where it was raised."""


class FailureLog:
    """Writes a traceback for each failure that differs from all since the last success of its lane."""

    def __init__(self, lane: str) -> None:
        self._lane = lane
        self._known: set[Trouble] = set()
        self._left = MOST

    def failed(self, error: BaseException) -> None:
        """Write it with its traceback if it is new, otherwise in one line that only debugging shows."""
        trouble = _trouble(error)
        if trouble in self._known or self._left == 0:
            log.debug("lane %s failed again: %s", self._lane, trouble[0])
            return
        self._known.add(trouble)
        self._left -= 1
        log.error("lane %s failed: %s", self._lane, trouble[0], exc_info=error)
        if self._left == 0:
            log.warning("lane %s has failed in %d ways; no more are written down", self._lane, MOST)

    def succeeded(self) -> None:
        """From now on every failure is new."""
        self._known.clear()


def _trouble(error: BaseException) -> Trouble:
    file, line = "", 0
    for frame, number in traceback.walk_tb(error.__traceback__):
        file, line = frame.f_code.co_filename, number
    return in_words(error), file, line
