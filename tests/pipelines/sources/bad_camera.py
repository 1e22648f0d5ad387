"""Cameras that misbehave, in simulated time.

`SimulatedClock` lets time pass only while every camera thread waits for it, in jumps to the next
moment at which something is due: what takes no time in the simulation takes none, on however slow a
machine. `BadBackend` fails in every way that a driver was seen to fail.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np

from pipelines.frame import Image
from pipelines.sources.camera_backend import CameraDevice, OpenCamera, Wish
from pipelines.sources.camera_thread import CameraThread

REAL_LIMIT = 20.0
"""Real seconds after which a test that got stuck is failed."""
FAR = float("inf")
RATE = 30
"""Frames a second that a good camera gives."""


class SimulatedClock:
    """A `Clock` driven by whoever waits on it and is no camera thread: the test, through `read`."""

    def __init__(self) -> None:
        self._now = 100.0
        self._changed = threading.Condition()
        self._waiting: dict[threading.Thread, tuple[float, Callable[[], bool]]] = {}

    def now(self) -> float:
        return self._now

    def wait(self, wake: threading.Event, seconds: float) -> bool:
        if isinstance(threading.current_thread(), CameraThread):
            self.park(self._now + seconds, wake.is_set)
        else:
            self._drive(wake, seconds)
        return wake.is_set()

    def park(self, until: float, woken: Callable[[], bool]) -> None:
        """Block a camera thread until the simulated moment, or until it is woken."""
        me = threading.current_thread()
        with self._changed:
            self._waiting[me] = (until, woken)
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._is_due(me), REAL_LIMIT)
            del self._waiting[me]

    def settle(self) -> None:
        """Until every camera thread waits for time to pass or has ended."""
        deadline = time.monotonic() + REAL_LIMIT
        with self._changed:
            while not all(t in self._waiting and not self._is_due(t) for t in camera_threads()):
                assert time.monotonic() < deadline, "a camera thread neither waits nor ends"
                self._changed.notify_all()
                self._changed.wait(0.001)

    def _is_due(self, thread: threading.Thread) -> bool:
        until, woken = self._waiting[thread]
        return self._now >= until or woken()

    def _drive(self, wake: threading.Event, seconds: float) -> None:
        deadline = self._now + seconds
        self.settle()
        while not wake.is_set() and self._now < deadline:
            with self._changed:
                self._now = min([deadline, *(until for until, _ in self._waiting.values())])
                self._changed.notify_all()
            self.settle()


def camera_threads() -> list[CameraThread]:
    return [thread for thread in threading.enumerate() if isinstance(thread, CameraThread)]


Call = Literal["devices", "open", "read", "release"]
Fault = Literal["hang", "raise", "nothing", "repeat", "black", "garbage"]


class BadBackend:
    """A `CameraBackend` whose calls do what `faults` says; without a fault, good cameras.

    A call that hangs goes on as if nothing had been when `let_go` is called.
    """

    def __init__(self, clock: SimulatedClock, *names: str) -> None:
        self.clock = clock
        self.cameras = [CameraDevice(name, index) for index, name in enumerate(names or ("Cam",))]
        self.faults: dict[Call, Fault] = {}
        self.size = (64, 36)
        self.form: Callable[[Image], object] = lambda picture: picture
        self.opening_takes = 0.0
        self.says_rate = float(RATE)
        self.hanging = threading.Event()
        """Set as soon as any call hangs."""
        self.opened: list[CameraDevice] = []
        self.released = 0
        self.wishes: list[Wish] = []
        self.most_threads = 0
        self._free = threading.Event()
        self._lock = threading.Lock()

    @property
    def handles(self) -> int:
        return len(self.opened) - self.released

    def let_go(self) -> None:
        """Every call that hangs comes back, and later ones do not hang."""
        self.faults = {call: fault for call, fault in self.faults.items() if fault != "hang"}
        self._free.set()
        self._free = threading.Event()

    def devices(self) -> Sequence[CameraDevice]:
        self.most_threads = max(self.most_threads, len(camera_threads()))
        return () if self.suffer("devices") else tuple(self.cameras)

    def open(self, device: CameraDevice, wish: Wish) -> OpenCamera | None:
        if self.suffer("open") or device not in self.cameras:
            return None
        self.clock.park(self.clock.now() + self.opening_takes, lambda: False)
        with self._lock:
            self.opened.append(device)
        self.wishes.append(wish)
        return BadCamera(self)

    def suffer(self, call: Call) -> Fault | None:
        """Do what this call is to do: hang, raise, or leave the rest to the caller."""
        fault = self.faults.get(call)
        if fault == "hang":
            self.hanging.set()
            self.clock.park(FAR, self._free.is_set)
            return None
        if fault == "raise":
            raise OSError(f"the driver fails in {call}")
        return fault

    def count_release(self) -> None:
        with self._lock:
            self.released += 1


class BadCamera:
    def __init__(self, backend: BadBackend) -> None:
        self._backend = backend
        self.rate = backend.says_rate
        self._due = backend.clock.now()
        self._count = 0
        self._picture = self._draw()

    def read(self) -> Image | None:
        fault = self._backend.suffer("read")
        if fault == "nothing":
            return None  # at once, as a driver does whose camera is gone
        self._due = max(self._due + 1 / RATE, self._backend.clock.now())
        self._backend.clock.park(self._due, lambda: False)
        fault = self._backend.faults.get("read")
        if fault == "garbage":
            return np.zeros((3, 0, 7), np.uint8)
        if fault == "black":
            return np.zeros_like(self._picture)
        if fault != "repeat":
            self._picture = self._draw()
        return self._backend.form(self._picture.copy())  # type: ignore[return-value]

    def release(self) -> None:
        try:
            self._backend.suffer("release")
        finally:
            self._backend.count_release()

    def _draw(self) -> Image:
        """Grey, but for one value near the end: a change that is easily overlooked."""
        self._count += 1
        width, height = self._backend.size
        picture: Image = np.full((height, width, 3), 90, np.uint8)
        picture[-1, -1, 0] = self._count % 251
        return picture
