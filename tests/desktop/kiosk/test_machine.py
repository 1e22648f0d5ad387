"""What the machine tells is told, and its nonsense is not."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import NamedTuple

import psutil
import pytest

from desktop.kiosk.machine import handles, temperature


class Reading(NamedTuple):
    current: float | None


def tell(monkeypatch: pytest.MonkeyPatch, sensors: Callable[[], object]) -> None:
    monkeypatch.setattr(psutil, "sensors_temperatures", sensors, raising=False)


def test_the_warmest_sensor_of_the_processor_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    sensors = {
        "coretemp": [Reading(51.0), Reading(55.5), Reading(None), Reading(255.0), Reading(-128.0)],
        "cpu-thermal": [Reading(40.0)],
        "nvme": [Reading(70.0)],
    }
    tell(monkeypatch, lambda: sensors)
    assert temperature() == 55.5


@pytest.mark.parametrize("sensors", [{}, {"nvme": [Reading(40.0)]}, {"k10temp": []}])
def test_without_such_a_sensor_it_is_not_known(monkeypatch: pytest.MonkeyPatch, sensors: object) -> None:
    tell(monkeypatch, lambda: sensors)
    assert temperature() is None


@pytest.mark.parametrize("error", [OSError("gone"), RuntimeError("driver"), ValueError("words")])
def test_a_driver_that_fails_is_not_known(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail() -> object:
        raise error

    tell(monkeypatch, fail)
    assert temperature() is None


def test_a_system_that_has_no_way_to_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(psutil, "sensors_temperatures", raising=False)
    assert temperature() is None


def test_each_open_file_is_a_handle() -> None:
    before = handles()
    with open(os.devnull, "rb"):
        assert handles() == before + 1
    assert handles() == before
