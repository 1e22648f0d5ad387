"""A network on a device: which of our classes it is, and whether the device can be there at all."""

from __future__ import annotations

import ctypes
import functools
import sys
from importlib.util import find_spec
from pathlib import Path

from models.runtimes.device import DEVICES, Device, DeviceName
from models.runtimes.network import Intake, Network
from models.runtimes.remembered import cache_folder

DRIVERS = {"win32": "nvcuda.dll", "linux": "libcuda.so.1"}
NVIDIA: tuple[DeviceName, ...] = ("cuda", "tensorrt", "torch-cuda")
HALVED: tuple[DeviceName, ...] = ("cuda", "tensorrt", "torch-cuda", "torch-mps")
"""Where half precision is tried; Core ML and DirectML see to that themselves."""


def open_network(path: Path, device: DeviceName, intake: Intake, threads: int, *, half: bool) -> Network:
    """Takes as long as the device takes to wake up.

    Raises:
        ModelError: the file cannot be read, or does not go with this runtime.
        Exception: whatever the device's library raises where it cannot be used.
    """
    if DEVICES[device].runtime == "torch":
        from models.runtimes.torch_network import TorchNetwork

        return TorchNetwork(path, device, threads, half=half)
    from models.runtimes.onnx_network import OnnxNetwork, session_on

    if device not in ("cuda", "tensorrt"):
        return OnnxNetwork(session_on(DEVICES[device], path, threads), intake, device)
    from models.runtimes.device_graph import for_device
    from models.runtimes.onnx_gpu import CUDA_OPTIONS, OnnxGpuNetwork, tensorrt_options

    graph = for_device(path, intake, half=half and device == "cuda")  # TensorRT halves by itself
    options = CUDA_OPTIONS if device == "cuda" else tensorrt_options(cache_folder(), graph.inner, half=half)
    return OnnxGpuNetwork(session_on(DEVICES[device], graph.onnx, threads, options), device, half)


def candidates(path: Path) -> list[DeviceName]:
    """What might be faster than the CPU here, without asking any of it: only a trial can tell."""
    by_torch = path.with_suffix(".safetensors").is_file()
    providers = _providers()
    return [
        device.name
        for device in possible()
        if not device.is_cpu and (by_torch if device.runtime == "torch" else device.provider in providers)
    ]


def possible() -> tuple[Device, ...]:
    """What a person may choose here: the CPU, and what this system and its drivers do not rule out."""
    nvidia = has_nvidia_driver()
    system = {"torch-mps": "darwin", "coreml": "darwin", "directml": "win32"}
    return tuple(
        device
        for device in DEVICES.values()
        if (nvidia or device.name not in NVIDIA)
        and system.get(device.name, sys.platform) == sys.platform
        and (device.runtime != "torch" or is_installed("torch"))
    )


@functools.cache
def has_nvidia_driver() -> bool:
    """Whether its library can be loaded; without it ONNX Runtime lists CUDA all the same."""
    try:
        return sys.platform in DRIVERS and bool(ctypes.CDLL(DRIVERS[sys.platform]))
    except OSError:
        return False


def is_installed(module: str) -> bool:
    return find_spec(module) is not None


def _providers() -> list[str]:
    if not is_installed("onnxruntime"):
        return []
    import onnxruntime

    return list(onnxruntime.get_available_providers())
