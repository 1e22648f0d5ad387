"""Where a network can be computed, by the short names that parameters and scenes use."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from msgspec import Struct

from models.text import Text, plain

Runtime = Literal["torch", "onnxruntime"]
DeviceName = Literal["cpu", "cuda", "tensorrt", "coreml", "directml", "torch-cpu", "torch-cuda", "torch-mps"]
Wish = Literal[
    "auto", "cpu", "cuda", "tensorrt", "coreml", "directml", "torch-cpu", "torch-cuda", "torch-mps"
]
"""A device, or the fastest one."""


class Device(Struct, frozen=True):
    """`provider` is torch's device ("cuda:0") or ONNX Runtime's provider ("CUDAExecutionProvider")."""

    name: DeviceName
    runtime: Runtime
    provider: str
    title: Text

    @property
    def is_cpu(self) -> bool:
        return self.name in ("cpu", "torch-cpu")


_ALL = (
    Device("cpu", "onnxruntime", "CPUExecutionProvider", plain("CPU")),
    Device("cuda", "onnxruntime", "CUDAExecutionProvider", plain("CUDA")),
    Device("tensorrt", "onnxruntime", "TensorrtExecutionProvider", plain("TensorRT")),
    Device("coreml", "onnxruntime", "CoreMLExecutionProvider", plain("Core ML")),
    Device("directml", "onnxruntime", "DmlExecutionProvider", plain("DirectML")),
    Device("torch-cpu", "torch", "cpu", plain("CPU (torch)")),
    Device("torch-cuda", "torch", "cuda:0", plain("CUDA (torch)")),
    Device("torch-mps", "torch", "mps", Text("Apple GPU (torch)", "Apple の GPU（torch）")),
)
DEVICES: Final[Mapping[DeviceName, Device]] = MappingProxyType({device.name: device for device in _ALL})
