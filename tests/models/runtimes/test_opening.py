"""What might be faster than the CPU here, before anything is tried."""

from __future__ import annotations

import sys

import pytest

from models.runtimes import opening
from models.runtimes.device import DeviceName
from models.runtimes.opening import candidates, possible
from models.shipped import SHIPPED

NETWORK = SHIPPED / "face-detector.onnx"
ALL = [f"{name}ExecutionProvider" for name in ("Tensorrt", "CUDA", "CoreML", "Dml", "CPU")]


def found(
    monkeypatch: pytest.MonkeyPatch, *, driver: bool, platform: str = "linux", torch: bool = True
) -> set[DeviceName]:
    monkeypatch.setattr(opening, "_providers", lambda: ALL)
    monkeypatch.setattr(opening, "has_nvidia_driver", lambda: driver)
    monkeypatch.setattr(opening, "is_installed", lambda name: torch and name == "torch")
    monkeypatch.setattr(sys, "platform", platform)
    return set(candidates(NETWORK))


def test_without_a_driver_cuda_is_not_tried_although_it_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    nvidia = {"cuda", "tensorrt", "torch-cuda"}
    assert not found(monkeypatch, driver=False) & nvidia
    assert found(monkeypatch, driver=True) >= nvidia


def test_torch_only_where_it_is_installed_and_apples_gpu_only_on_a_mac(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "torch-cuda" not in found(monkeypatch, driver=True, torch=False)
    assert "torch-mps" not in found(monkeypatch, driver=True)
    assert found(monkeypatch, driver=False, platform="darwin") == {"coreml", "torch-mps"}
    assert found(monkeypatch, driver=False, platform="win32") == {"directml"}


def test_a_processor_is_no_candidate(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not found(monkeypatch, driver=True) & {"cpu", "torch-cpu"}


def test_a_person_chooses_among_what_is_not_ruled_out(monkeypatch: pytest.MonkeyPatch) -> None:
    found(monkeypatch, driver=False)
    assert [device.name for device in possible()] == ["cpu", "torch-cpu"]
    found(monkeypatch, driver=True)
    assert [device.name for device in possible()] == ["cpu", "cuda", "tensorrt", "torch-cpu", "torch-cuda"]
    found(monkeypatch, driver=False, torch=False)
    assert [device.name for device in possible()] == ["cpu"]
