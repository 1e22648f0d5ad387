"""Cameras through OpenCV, by one named interface for each system instead of a guess at all of them."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import cv2
import numpy as np

from pipelines.frame import Image
from pipelines.sources.camera_backend import CameraBackend, CameraDevice, OpenCamera, Wish

log = logging.getLogger(__name__)

INTERFACES: dict[str, tuple[int, ...]] = {
    # Media Foundation may take minutes to open a camera (OpenCV issue 17687): only what DirectShow lacks.
    "win32": (cv2.CAP_DSHOW, cv2.CAP_MSMF),
    "linux": (cv2.CAP_V4L2,),
    "darwin": (cv2.CAP_AVFOUNDATION,),
}
ENVIRONMENT = {
    # What makes Media Foundation slow to open.
    "OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS": "0",
    # OpenCV asks for permission on the main thread only and fails elsewhere; without this the system asks.
    "OPENCV_AVFOUNDATION_SKIP_AUTH": "1",
}
MJPG = cv2.VideoWriter.fourcc(*"MJPG")


class OpenCvBackend:
    """Needs no set-up and keeps nothing: one serves every camera."""

    def devices(self) -> Sequence[CameraDevice]:
        unique: dict[object, CameraDevice] = {}
        for listed in _listed():
            device = CameraDevice(str(listed.name), int(listed.index), int(listed.backend))
            unique.setdefault(_same_device(listed), device)
        return tuple(unique.values())

    def open(self, device: CameraDevice, wish: Wish) -> OpenCamera | None:
        for name, value in ENVIRONMENT.items():
            os.environ.setdefault(name, value)
        capture = cv2.VideoCapture(device.index, device.api)
        if not capture.isOpened():
            capture.release()
            return None
        for key, number in _requests(device.api, wish):
            capture.set(key, number)
        return _OpenCvCamera(capture)


OPENCV: CameraBackend = OpenCvBackend()


class _OpenCvCamera:
    def __init__(self, capture: cv2.VideoCapture) -> None:
        self._capture = capture

    @property
    def rate(self) -> float:
        return self._capture.get(cv2.CAP_PROP_FPS)

    def read(self) -> Image | None:
        good, picture = self._capture.read()
        return np.asarray(picture) if good and picture is not None else None

    def release(self) -> None:
        self._capture.release()


def _listed() -> Iterator[Any]:
    from cv2_enumerate_cameras import enumerate_cameras, supported_backends

    for api in INTERFACES.get(sys.platform, ()):
        if api not in supported_backends:
            continue
        try:
            yield from sorted(enumerate_cameras(api), key=lambda listed: listed.index)
        except Exception:  # of the system's own libraries: the next interface may list what this cannot
            log.debug("interface %s lists no cameras", api, exc_info=True)


def _same_device(listed: Any) -> object:
    """Equal for one camera under two interfaces: Windows' device paths differ after the last `#{`."""
    path = str(listed.path or "").lower()
    return path.rpartition("#{")[0] or path or (listed.backend, listed.index)


def _requests(api: int, wish: Wish) -> list[tuple[int, float]]:
    """What to set, in the order in which it lasts.

    DirectShow forgets the format when the size or the rate is set after it; Video4Linux cuts the
    size down to what its present format can do, so there the format comes first.
    """
    form: list[tuple[int, float]] = [(cv2.CAP_PROP_FOURCC, MJPG)]
    rest: list[tuple[int, float]] = [
        (cv2.CAP_PROP_FPS, wish.rate),
        (cv2.CAP_PROP_FRAME_WIDTH, wish.size[0]),
        (cv2.CAP_PROP_FRAME_HEIGHT, wish.size[1]),
    ]
    return rest + form if api == cv2.CAP_DSHOW else form + rest
