"""Which cameras there are, and what each is called."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

from msgspec import Struct

from pipelines.sources.camera_backend import CameraBackend, CameraDevice
from pipelines.sources.camera_opencv import OPENCV

log = logging.getLogger(__name__)
LIST_PATIENCE = 2.0
"""Seconds that the system has for naming its cameras."""
CROWD = 4
"""Threads of one name that may exist at once: each may hang in a driver, and none can be killed."""
_THREAD = "cameras"


class CameraInfo(Struct, frozen=True):
    """A camera to choose: `address` opens it."""

    name: str
    address: str


def list_cameras(backend: CameraBackend = OPENCV, patience: float = LIST_PATIENCE) -> list[CameraInfo]:
    """What is there now; empty where nothing is, or where the system fails or does not answer in
    `patience` seconds."""
    found: list[CameraInfo] = []
    if crowded(_THREAD):
        return found

    def ask() -> None:
        try:
            found.extend(CameraInfo(name, f"camera:{name}") for name in named(backend.devices()))
        except Exception:
            log.exception("the cameras cannot be listed")

    thread = threading.Thread(target=ask, name=_THREAD, daemon=True)
    thread.start()
    thread.join(patience)
    return list(found)


def named(devices: Sequence[CameraDevice]) -> dict[str, CameraDevice]:
    """Devices by a name of their own: the second of two alike is called `NAME#2`."""
    by_name: dict[str, CameraDevice] = {}
    for device in devices:
        name, twin = device.name, 1
        while name in by_name:
            twin += 1
            name = f"{device.name}#{twin}"
        by_name[name] = device
    return by_name


def crowded(thread_name: str) -> bool:
    """True where so many threads of this name are alive that no further one may be started."""
    return sum(thread.name == thread_name for thread in threading.enumerate()) >= CROWD
