"""What cameras there are is asked of the system without trusting it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import pytest

from pipelines.sources.camera_backend import CameraDevice, OpenCamera, Wish
from pipelines.sources.camera_list import CROWD, list_cameras, named


class Lister:
    """A backend that only lists: by a function that may raise or hang."""

    def __init__(self, *devices: CameraDevice, fails: bool = False) -> None:
        self._devices, self._fails = devices, fails
        self.free = threading.Event()
        self.free.set()

    def devices(self) -> Sequence[CameraDevice]:
        assert self.free.wait(20)
        if self._fails:
            raise OSError("no such interface")
        return self._devices

    def open(self, device: CameraDevice, wish: Wish) -> OpenCamera | None:
        raise AssertionError("listing opens nothing")


@pytest.fixture
def hanging() -> Iterator[Lister]:
    lister = Lister(CameraDevice("Late", 0))
    lister.free.clear()
    yield lister
    lister.free.set()


def test_no_camera_is_an_empty_list() -> None:
    assert list_cameras(Lister()) == []


def test_a_system_that_fails_is_an_empty_list() -> None:
    assert list_cameras(Lister(fails=True)) == []


def test_this_machine_can_be_asked() -> None:
    assert all(info.address == f"camera:{info.name}" for info in list_cameras())


def test_a_system_that_hangs_is_an_empty_list_and_few_threads(hanging: Lister) -> None:
    for _ in range(CROWD + 3):
        assert list_cameras(hanging, patience=0.01) == []
    assert sum(thread.name == "cameras" for thread in threading.enumerate()) == CROWD


def test_names_are_distinct_even_where_one_looks_like_a_numbered_twin() -> None:
    devices = [CameraDevice(name, index) for index, name in enumerate(["A", "A#2", "A", "A"])]
    assert list(named(devices)) == ["A", "A#2", "A#3", "A#4"]
    assert list(named(devices).values()) == devices
