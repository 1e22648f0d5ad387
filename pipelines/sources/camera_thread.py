"""One attempt at one camera, on a thread of its own because any call of a driver may hang."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from enum import Enum, auto
from typing import NamedTuple

from pipelines.clock import Clock
from pipelines.frame import Image
from pipelines.sources.arrivals import Arrivals
from pipelines.sources.camera_backend import CameraBackend, CameraDevice, OpenCamera, Wish
from pipelines.sources.camera_list import named
from pipelines.sources.camera_picture import as_bgr, is_black, same
from pipelines.sources.camera_trouble import Trouble

log = logging.getLogger(__name__)

OPEN_PATIENCE = 3.0
"""Seconds to find and open; a thread that takes longer goes on, with another beside it."""
FIRST_PATIENCE = 3.0
"""Seconds from an open camera to its first picture."""
STALE = 1.75
"""Seconds without a changed picture after which a camera counts as dead: two seconds were promised,
and a reader may be waiting for the last quarter of them."""
SILENCE = 1.0
"""Seconds without any picture that tell a silent camera from a frozen one."""
LEAVE_PATIENCE = 1.0
"""Seconds for the driver's present call and the release."""
PAUSE = 0.01
"""Seconds of rest after nothing new: a dead driver answers at once and would take a whole core."""


class Stage(Enum):
    OPENING = auto()
    READING = auto()
    LEAVING = auto()
    ENDED = auto()


class Shot(NamedTuple):
    image: Image
    captured: float


class CameraThread(threading.Thread):
    """Finds the camera, opens it, reads it until told to leave, releases it, ends. Never tries again.

    `stage` is where it is, and `until` when its present stage should be over, in seconds of the clock.
    It judges nothing: its owner looks at both. `claim` is asked once the camera is open, from this
    thread, whether its pictures are wanted, and calls `begin_reading` where they are; `news` is set
    for every picture and at the end.
    """

    def __init__(
        self,
        camera: str,
        wish: Wish,
        *,
        backend: CameraBackend,
        clock: Clock,
        claim: Callable[[CameraThread], bool],
        news: threading.Event,
        doubted: bool,
    ) -> None:
        """`doubted`: the camera was frozen before, and only a picture that changes is believed."""
        super().__init__(name=thread_name(camera), daemon=True)
        self._camera, self._wish = camera, wish
        self._backend, self._clock, self._claim, self._news = backend, clock, claim, news
        self._lock = threading.Lock()
        self._told = threading.Event()
        self._shot: Shot | None = None
        self._last: Shot | None = None
        self._believed = not doubted
        self.begun = clock.now()
        self.stage = Stage.OPENING
        self.until = self.begun + OPEN_PATIENCE
        self.ended = threading.Event()
        self.trouble: Trouble | None = None
        """Why it ended by itself."""
        self.label = camera
        """The name of the camera it found."""
        self._claimed_rate = 0.0
        self._arrivals = Arrivals()

    def run(self) -> None:
        try:
            self._attempt()
        except Exception:  # a driver's, or of a library around it: this camera is lost, nothing else
            log.debug("%s failed", self.name, exc_info=True)
            self._give_up(Trouble.REFUSED if self._last is None else Trouble.SILENT)
        with self._lock:
            self.stage = Stage.ENDED
        self.ended.set()
        self._news.set()

    def begin_reading(self) -> None:
        with self._lock:
            self.stage = Stage.READING
            self.until = self._clock.now() + FIRST_PATIENCE

    def leave(self) -> None:
        """Tell it to release the camera and end; its pictures are no longer wanted."""
        self._told.set()
        self._begin_leaving()

    @property
    def told(self) -> bool:
        return self._told.is_set()

    @property
    def rate(self) -> float:
        """Frames a second: as they come, or as the driver claims until that is known."""
        with self._lock:
            return self._arrivals.rate or self._claimed_rate

    def take(self) -> Shot | None:
        """The newest picture, once; none of a camera that is given up."""
        with self._lock:
            shot, self._shot = self._shot, None
        return None if self.told else shot

    def verdict(self) -> Trouble:
        """What is wrong with a camera whose time is over."""
        last = self._last
        if last is None or self._clock.now() - last.captured > SILENCE:
            return Trouble.SILENT
        return Trouble.BLACK if is_black(last.image) else Trouble.FROZEN

    def _attempt(self) -> None:
        device = self._find()
        if device is None:
            self._give_up(Trouble.GONE if self._camera else Trouble.NO_CAMERA)
            return
        opened = self._backend.open(device, self._wish)
        if opened is None:
            self._give_up(Trouble.REFUSED)
            return
        try:
            self._claimed_rate = opened.rate
            if self._claim(self):
                self._read(opened)
        finally:
            self._begin_leaving()
            opened.release()

    def _find(self) -> CameraDevice | None:
        by_name = named(self._backend.devices())
        self.label = self._camera or next(iter(by_name), "")
        return by_name.get(self.label)

    def _read(self, opened: OpenCamera) -> None:
        while not self.told:
            picture = as_bgr(opened.read())
            if picture is None or not self._keep(Shot(picture, self._clock.now())):
                self._clock.wait(self._told, PAUSE)

    def _keep(self, shot: Shot) -> bool:
        """True where the picture is another than the last."""
        last = self._last
        changed = last is None or not same(last.image, shot.image)
        with self._lock:
            self._last = shot
            if changed:  # a driver may hand out each picture twice
                self._arrivals.note(shot.captured)
            self._believed = self._believed or (changed and last is not None)
            if changed and self.stage is Stage.READING:
                self.until = shot.captured + STALE
            if self._believed:
                self._shot = shot
        self._news.set()
        return changed

    def _begin_leaving(self) -> None:
        with self._lock:
            if self.stage in (Stage.OPENING, Stage.READING):
                self.stage = Stage.LEAVING
                self.until = self._clock.now() + LEAVE_PATIENCE

    def _give_up(self, trouble: Trouble) -> None:
        """Say why it ends, unless it was told to."""
        if not self.told:
            self.trouble = trouble


def thread_name(camera: str) -> str:
    return f"camera-{camera}"
