"""The window's side of a soak: a driver that breaks down as it is told, and a clock that is set."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import numpy as np
import pytest

from desktop.kiosk.soak.deeds import CAMERA, CameraFault, ClockJump, written
from desktop.window.kiosk.rehearsal import BadDriver, Rehearsal
from pipelines.sources.camera_backend import OpenCamera, Wish

WISH = Wish((1280, 720), 30.0)


@pytest.fixture
def driver() -> BadDriver:
    return BadDriver()


def opened(driver: BadDriver) -> OpenCamera:
    [device] = driver.devices()
    camera = driver.open(device, WISH)
    assert camera
    return camera


def test_it_films_the_demo_until_it_breaks_down(driver: BadDriver) -> None:
    camera = opened(driver)
    first, second = camera.read(), camera.read()
    assert first is not None
    assert second is not None
    assert first.shape == (720, 1280, 3)
    assert not np.array_equal(first, second)
    assert driver.source("camera:whatever").address == CAMERA


@pytest.mark.parametrize("fault", ["gone", "busy"])
def test_a_camera_that_is_gone_or_busy_gives_nothing(driver: BadDriver, fault: CameraFault) -> None:
    [device] = driver.devices()
    camera = opened(driver)
    driver.break_down(fault, 60)
    assert camera.read() is None
    assert driver.open(device, WISH) is None
    assert bool(driver.devices()) == (fault == "busy")


@pytest.mark.parametrize("fault", ["frozen", "black"])
def test_one_that_is_frozen_or_black_gives_the_same_again(driver: BadDriver, fault: CameraFault) -> None:
    camera = opened(driver)
    driver.break_down(fault, 60)
    first, second = camera.read(), camera.read()
    assert first is not None
    assert second is not None
    assert np.array_equal(first, second)
    assert bool(first.any()) == (fault == "frozen")


def test_one_that_hangs_is_let_go_all_the_same(driver: BadDriver) -> None:
    camera = opened(driver)
    driver.break_down("hanging", 60)
    reading = threading.Thread(target=camera.read, name="reading")
    reading.start()
    camera.release()
    reading.join(30)
    assert not reading.is_alive()


def test_when_the_fault_is_over_it_is_as_before(driver: BadDriver) -> None:
    driver.break_down("gone", 60)
    assert not driver.devices()
    driver.break_down("gone", 0)
    assert opened(driver).read() is not None


def test_the_clock_on_the_wall_is_set_again_and_again() -> None:
    rehearsal = Rehearsal()
    for _ in range(3):
        rehearsal.hear(written(ClockJump(86_400.0)))
    rehearsal.hear(b"this is no deed\n")
    gone = rehearsal.wall() - datetime.now()
    assert abs(gone - timedelta(days=3)) < timedelta(minutes=1)
    assert rehearsal.today() == rehearsal.wall().date()
