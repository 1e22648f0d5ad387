"""What is asked of OpenCV and of the library that lists cameras, with both stood in for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from types import ModuleType, SimpleNamespace

import cv2
import numpy as np
import pytest

from pipelines.frame import Image
from pipelines.sources import camera_opencv
from pipelines.sources.camera_backend import CameraDevice, Wish
from pipelines.sources.camera_opencv import OpenCvBackend

USB = r"\\?\usb#vid_046d&pid_0825#6&1"
LISTS = {
    cv2.CAP_MSMF: [
        ("Webcam", 0, USB + "#{e5323777-f976-4f5b-9b55-b94699c46e44}\\global"),
        ("Only here", 1, r"\\?\swd#other#{e5323777}\global"),
    ],
    cv2.CAP_DSHOW: [
        ("Virtual", 1, ""),
        ("Webcam", 0, USB.upper() + "#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\\global"),
        ("Virtual", 2, ""),
    ],
    cv2.CAP_V4L2: [("Second", 2, "/dev/video2"), ("First", 0, "/dev/video0")],
    cv2.CAP_GSTREAMER: [("First", 0, "/dev/video0")],
}


class Capture:
    """Stands in for `cv2.VideoCapture`; `made` are all of them."""

    made: list[Capture]
    opens = True

    def __init__(self, index: int, api: int) -> None:
        self.asked = (index, api)
        self.settings: list[tuple[int, float]] = []
        self.released = False
        self.made.append(self)

    def isOpened(self) -> bool:
        return self.opens

    def set(self, key: int, value: float) -> bool:
        self.settings.append((key, value))
        return False

    def get(self, key: int) -> float:
        return {cv2.CAP_PROP_FPS: 24.0}[key]

    def read(self) -> tuple[bool, Image | None]:
        return True, np.full((4, 6), 7, np.uint8)

    def release(self) -> None:
        self.released = True


@pytest.fixture(autouse=True)
def _stand_ins(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    module = ModuleType("cv2_enumerate_cameras")
    module.__dict__.update(supported_backends=tuple(LISTS), enumerate_cameras=_enumerate)
    monkeypatch.setitem(sys.modules, "cv2_enumerate_cameras", module)
    monkeypatch.setattr(Capture, "made", [], raising=False)
    monkeypatch.setattr(cv2, "VideoCapture", Capture)
    for name in camera_opencv.ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    yield
    for name in camera_opencv.ENVIRONMENT:
        os.environ.pop(name, None)


def _enumerate(api: int) -> list[SimpleNamespace]:
    return [SimpleNamespace(name=n, index=i, path=p, backend=api) for n, i, p in LISTS[api]]


def test_on_windows_directshow_is_preferred_and_nothing_listed_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert [(d.name, d.index, d.api) for d in OpenCvBackend().devices()] == [
        ("Webcam", 0, cv2.CAP_DSHOW),
        ("Virtual", 1, cv2.CAP_DSHOW),
        ("Virtual", 2, cv2.CAP_DSHOW),
        ("Only here", 1, cv2.CAP_MSMF),
    ]


def test_on_linux_video4linux_lists_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert [(d.name, d.index) for d in OpenCvBackend().devices()] == [("First", 0), ("Second", 2)]


def test_an_interface_that_fails_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delitem(LISTS, cv2.CAP_DSHOW)
    assert [d.name for d in OpenCvBackend().devices()] == ["Webcam", "Only here"]


def test_a_system_without_known_interfaces_lists_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "plan9")
    assert OpenCvBackend().devices() == ()


@pytest.mark.parametrize(("api", "form_at"), [(cv2.CAP_V4L2, 0), (cv2.CAP_DSHOW, 3)])
def test_the_wish_is_set_in_an_order_that_lasts(api: int, form_at: int) -> None:
    camera = OpenCvBackend().open(CameraDevice("Webcam", 3, api), Wish((640, 480), 25.0))
    assert camera is not None
    assert Capture.made[0].asked == (3, api)
    keys = [key for key, _ in Capture.made[0].settings]
    assert keys.index(cv2.CAP_PROP_FOURCC) == form_at
    assert dict(Capture.made[0].settings) == {
        cv2.CAP_PROP_FOURCC: int.from_bytes(b"MJPG", "little"),
        cv2.CAP_PROP_FRAME_WIDTH: 640,
        cv2.CAP_PROP_FRAME_HEIGHT: 480,
        cv2.CAP_PROP_FPS: 25.0,
    }
    assert os.environ["OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS"] == "0"


def test_an_open_camera_reads_and_is_released() -> None:
    camera = OpenCvBackend().open(CameraDevice("Webcam", 0, cv2.CAP_V4L2), Wish())
    assert camera is not None
    assert camera.rate == 24.0
    picture = camera.read()
    assert picture is not None
    assert picture.shape == (4, 6)
    camera.release()
    assert Capture.made[0].released


def test_what_does_not_open_is_released_and_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Capture, "opens", False)
    assert OpenCvBackend().open(CameraDevice("Webcam", 0, cv2.CAP_V4L2), Wish()) is None
    assert Capture.made[0].released
