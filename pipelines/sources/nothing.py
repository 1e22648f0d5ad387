"""A source that gives no frames: what plays while nothing shall."""

from __future__ import annotations

import threading

from models.text import plain
from pipelines.sources.source import PATIENCE, End, Read


class Nothing:
    """Has no address: it is never opened by one, and stands in no scene."""

    address = ""
    title = plain("")
    detail = plain("")

    def __init__(self) -> None:
        self._closed = threading.Event()

    def read(self) -> Read:
        return End() if self._closed.wait(PATIENCE) else None

    def close(self) -> None:
        self._closed.set()
