"""How many faces are before the exhibit: looked for beside the lanes, twice a second, and only counted."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from models.runtimes.opening import is_installed
from pipelines.frame import Frame
from pipelines.registry import AnyPipeline, find
from pipelines.result import Box

log = logging.getLogger(__name__)
EVERY = 0.5
"""Seconds between two looks."""
END = 1.0


class Onlooker:
    """`count` is called on a thread of its own, after each look, with the number of faces."""

    def __init__(self, count: Callable[[int], None]) -> None:
        self._count = count
        self._newest: Frame | None = None
        self._guard = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, name="kiosk-presence", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def show(self, frame: Frame | None) -> None:
        """The newest frame of the camera; `None` where there is none to be looked at."""
        with self._guard:
            self._newest = frame

    def close(self) -> None:
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(END)

    def _look(self) -> None:
        kind = find("cnn-faces" if is_installed("onnxruntime") else "haar-faces")
        parameters = kind.parameters().changed(long_side=320)
        pipeline: AnyPipeline = kind()
        pipeline.open(1)
        try:
            while not self._stop.wait(EVERY):
                with self._guard:
                    frame, self._newest = self._newest, None
                if frame is not None:
                    marks = pipeline.process(frame, parameters).marks
                    self._count(sum(isinstance(mark, Box) and mark.role == "first" for mark in marks))
        except Exception:  # the exhibit goes on by touch alone
            log.exception("nobody is looked for any more")
        finally:
            pipeline.close()
