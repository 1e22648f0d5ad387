"""A network through ONNX Runtime on a device with a memory of its own: CUDA, and TensorRT over it.

The picture goes there as bytes, from memory that the driver may read by itself; outputs stay there until
somebody asks for them.
"""

from __future__ import annotations

import ctypes
import logging
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.runtimes.device import DEVICES, Device, DeviceName
from models.runtimes.device_graph import PIXELS
from models.runtimes.network import Fetched, Picture, Values

log = logging.getLogger(__name__)
CUDA_OPTIONS = {"cudnn_conv_algo_search": "HEURISTIC", "arena_extend_strategy": "kSameAsRequested"}
"""Without the first every new size of a picture would stand still for seconds, to find what is fastest."""
SMALLEST, USUAL, LARGEST = (32, 32), (480, 640), (1920, 1920)
"""Heights and widths that one engine of TensorRT serves; for others it would build another, for minutes."""


def tensorrt_options(cache: Path, inner: str, *, half: bool) -> dict[str, str]:
    """One engine for all sizes, built once on this machine and kept. It begins with the bytes, or, where
    TensorRT leaves those to CUDA, with what was the input."""

    def sizes(size: tuple[int, int]) -> str:
        height, width = size
        return f"{PIXELS}:1x{height}x{width}x3,{inner}:1x3x{height}x{width}"

    return {
        "trt_fp16_enable": str(int(half)),
        "trt_engine_cache_enable": "1",
        "trt_engine_cache_path": str(cache),
        "trt_timing_cache_enable": "1",
        "trt_timing_cache_path": str(cache),
        "trt_profile_min_shapes": sizes(SMALLEST),
        "trt_profile_opt_shapes": sizes(USUAL),
        "trt_profile_max_shapes": sizes(LARGEST),
    }


class OnnxGpuNetwork:
    """Over a session of a graph that `device_graph` made. `memory` is ONNX Runtime's word for where."""

    def __init__(self, session: Any, device: DeviceName, half: bool, memory: str = "cuda") -> None:
        self._session = session
        self._binding = session.io_binding()
        self._memory = memory
        self._outputs = [output.name for output in session.get_outputs()]
        self.device: Device = DEVICES[device]
        self.half = half
        self._here: Locked | None = None
        self._there: Any = None

    def values(self, picture: Picture) -> Any:
        shape = (1, *picture.shape)
        if self._here is None or self._here.bytes.shape != shape:
            self._make_room(shape)
        assert self._here is not None
        np.copyto(self._here.bytes[0], picture)
        self._there.update_inplace(self._here.bytes)
        return self._there

    def run(self, values: Any) -> Mapping[str, Values]:
        for name in self._outputs:
            self._binding.bind_output(name, self._memory)
        self._session.run_with_iobinding(self._binding)
        found = zip(self._outputs, self._binding.get_outputs(), strict=True)
        return Fetched({name: partial(_fetched, value) for name, value in found})

    def close(self) -> None:
        self._binding = self._there = self._session = None
        if self._here:
            self._here.let_go()

    def _make_room(self, shape: tuple[int, ...]) -> None:
        import onnxruntime

        if self._here:
            self._here.let_go()
        self._here = Locked(shape)
        self._there = onnxruntime.OrtValue.ortvalue_from_shape_and_type(shape, np.uint8, self._memory)
        self._binding.bind_ortvalue_input(PIXELS, self._there)


class Locked:
    """Memory that the system leaves where it is, so that the GPU's driver copies it by itself. Where CUDA
    does not lock it, it is ordinary memory, and copying it takes a little longer."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.bytes: NDArray[np.uint8] = np.zeros(shape, np.uint8)
        self._cuda = _cuda_runtime()
        if self._cuda and self._cuda.cudaHostRegister(self._address, ctypes.c_size_t(self.bytes.nbytes), 0):
            self._cuda = None

    def let_go(self) -> None:
        cuda, self._cuda = self._cuda, None
        if cuda:
            cuda.cudaHostUnregister(self._address)

    @property
    def _address(self) -> ctypes.c_void_p:
        return ctypes.c_void_p(self.bytes.ctypes.data)


def _cuda_runtime() -> Any:
    """The library that ONNX Runtime has loaded itself, or `None` where it was built without."""
    import onnxruntime

    major = onnxruntime.cuda_version.partition(".")[0]
    name = f"cudart64_{major}.dll" if sys.platform == "win32" else f"libcudart.so.{major}"
    try:
        return ctypes.CDLL(name) if major else None
    except OSError as error:
        log.debug("uploads are not page-locked: %s", error)
        return None


def _fetched(value: Any) -> Values:
    found: Values = value.numpy()
    return found
