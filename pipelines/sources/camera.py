"""A camera, found by its name, that comes back by itself."""

from __future__ import annotations

import logging
import threading

from models.text import Text, plain
from pipelines.clock import SYSTEM_CLOCK, Clock
from pipelines.frame import Frame
from pipelines.sources.arrivals import described
from pipelines.sources.camera_backend import CameraBackend, Wish
from pipelines.sources.camera_list import CameraInfo, crowded, list_cameras
from pipelines.sources.camera_opencv import OPENCV
from pipelines.sources.camera_thread import STALE, CameraThread, Shot, Stage, thread_name
from pipelines.sources.camera_trouble import Trouble
from pipelines.sources.source import CLOSE_PATIENCE, PATIENCE, End, NoSignal, Read

__all__ = ["Camera", "CameraInfo", "list_cameras"]

log = logging.getLogger(__name__)
RETRY = 1.0
"""Seconds between the beginnings of two attempts."""


class Camera:
    """The camera of a name, or the first one for `""`.

    The driver is called on threads of its own, one attempt each (`CameraThread`); `read` takes their
    newest picture and looks after them: it declares a camera lost whose picture has not changed for
    `STALE` seconds, and tries again. A thread that hangs is left behind and releases its camera as
    soon as the driver lets it go; while too many hang, no further one is started.
    """

    def __init__(
        self,
        name: str = "",
        *,
        size: tuple[int, int] = (1280, 720),
        rate: float = 30.0,
        backend: CameraBackend = OPENCV,
        clock: Clock = SYSTEM_CLOCK,
    ) -> None:
        """`size` is (width, height) in pixels and `rate` frames a second: wishes, see `detail`."""
        self._name = name
        self._wish = Wish(size, rate)
        self._backend, self._clock = backend, clock
        self._lock = threading.Lock()
        self._news = threading.Event()
        self._closed = False
        self._thread: CameraThread | None = None
        self._trouble: Trouble | None = None
        self._doubted = False
        self._label = name
        self._detail = plain("")
        self._number = 0

    @property
    def address(self) -> str:
        return f"camera:{self._name}"

    @property
    def title(self) -> Text:
        return plain(self._label) if self._label else Text("First camera", "最初のカメラ")

    @property
    def detail(self) -> Text:
        return self._detail

    def read(self) -> Read:
        if self._thread is None:
            self._begin(None)
        self._clock.wait(self._news, self._patience())
        self._news.clear()
        if self._closed:
            return End()
        thread = self._look_after()
        shot = thread.take() if thread else None
        if thread and shot:
            return self._frame(thread, shot)
        trouble = self._trouble
        return NoSignal(trouble.said(self._label), trouble is Trouble.OPENING) if trouble else None

    def close(self) -> None:
        with self._lock:
            thread = None if self._closed else self._thread
            self._closed = True
        self._news.set()
        if thread:
            thread.leave()
            if self._clock.wait(thread.ended, CLOSE_PATIENCE):
                thread.join(CLOSE_PATIENCE)

    def _patience(self) -> float:
        """Seconds to wait for a picture: less where the thread's time is over before."""
        left = self._thread.until - self._clock.now() if self._thread else 0.0
        return left if 0 < left < PATIENCE else PATIENCE

    def _frame(self, thread: CameraThread, shot: Shot) -> Frame:
        if self._trouble:
            log.info("%s is back", thread.name)
        self._trouble, self._doubted = None, False
        frame = Frame.of(shot.image, self._number, shot.captured)
        self._number += 1
        self._label = thread.label
        self._detail = described(frame.size, thread.rate)
        return frame

    def _look_after(self) -> CameraThread | None:
        """Judge the thread at work and follow it by another where nothing more is to be hoped of it."""
        thread, now = self._thread, self._clock.now()
        if thread is None:
            return None
        if thread.stage is Stage.ENDED:
            self._note(thread.trouble, thread.label)
            if now >= thread.begun + RETRY:
                self._begin(thread)
        elif thread.stage is Stage.READING and now >= thread.until:
            self._note(thread.verdict(), thread.label)
            thread.leave()
        elif now >= thread.until:
            self._note(Trouble.HANGING, thread.label)
            self._begin(thread)
        elif now >= thread.begun + STALE and thread.stage is Stage.OPENING and not self._trouble:
            self._note(Trouble.OPENING, thread.label)
        return self._thread

    def _note(self, trouble: Trouble | None, label: str) -> None:
        if trouble is None:
            return
        if trouble is not self._trouble:
            log.warning("%s: %s", thread_name(self._name), trouble.said(label).en)
        self._trouble = trouble
        self._label = label
        self._detail = plain("")
        self._doubted = self._doubted or trouble in (Trouble.FROZEN, Trouble.BLACK)

    def _begin(self, after: CameraThread | None) -> None:
        """Start the next attempt, unless another thread than `after` has taken over in between."""
        if crowded(thread_name(self._name)):
            self._note(Trouble.HANGING, self._label)
            return
        with self._lock:
            if self._closed or self._thread is not after:
                return
            self._thread = CameraThread(
                self._name,
                self._wish,
                backend=self._backend,
                clock=self._clock,
                claim=self._claim,
                news=self._news,
                doubted=self._doubted,
            )
            self._thread.start()

    def _claim(self, thread: CameraThread) -> bool:
        """Whether a thread's open camera is wanted: that of the newest thread, or of a slow one that
        was given up while none has got further."""
        with self._lock:
            current = self._thread
            if self._closed or thread.told or current is None:
                return False
            if current is not thread:
                if current.stage is Stage.READING:
                    return False
                current.leave()
                self._thread = thread
            thread.begin_reading()
        return True
