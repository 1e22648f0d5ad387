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
PAUSE = 60.0
"""Seconds until it is begun anew where it failed: the exhibit goes on by touch alone."""
END = 1.0
LONG_SIDE = 320
"""Pixels of the picture that is searched: whoever is nearer than a few steps is found in it."""


class FaceCounter:
    """`count` is called on a thread of its own, after each look, with the number of faces."""

    def __init__(self, count: Callable[[int], object]) -> None:
        self._count = count
        self._newest: Frame | None = None
        self._guard = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="kiosk-presence", daemon=True)

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

    def _work(self) -> None:
        while not self._stop.is_set():
            try:
                self._look_again_and_again()
            except Exception:
                log.exception("nobody is looked for; tried again in %.0f s", PAUSE)
                self._stop.wait(PAUSE)

    def _look_again_and_again(self) -> None:
        kind = find("cnn-faces" if is_installed("onnxruntime") else "haar-faces")
        parameters = kind.parameters().changed(long_side=LONG_SIDE)
        pipeline: AnyPipeline = kind()
        pipeline.open(1)
        try:
            while not self._stop.wait(EVERY):
                with self._guard:
                    frame, self._newest = self._newest, None
                if frame is not None:
                    marks = pipeline.process(frame, parameters).marks
                    self._count(sum(isinstance(mark, Box) and mark.role == "first" for mark in marks))
        finally:
            pipeline.close()
