"""A network of ours through torch."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from models.errors import ModelError
from models.runtimes.device import DEVICES, Device, DeviceName
from models.runtimes.network import Fetched, Picture, Values


class TorchNetwork:
    """On a GPU the picture goes over as bytes, from memory that the driver may read by itself, and is made
    numbers there; outputs stay there until somebody asks for them."""

    def __init__(self, onnx: Path, device: DeviceName, threads: int, *, half: bool = False) -> None:
        """The weights lie beside the ONNX file, under the same name.

        Raises:
            ModelError: there are none, or they are broken.
        """
        import torch

        from models.networks.export import read_detector
        from models.networks.in_pixels import OUTPUTS, InPixels

        self._torch = torch
        self.device: Device = DEVICES[device]
        self.half = half
        self._names = OUTPUTS
        if self.device.is_cpu:
            torch.set_num_threads(threads)
        network = InPixels(read_detector(weights_beside(onnx))).requires_grad_(False)
        kind = torch.float16 if half else torch.float32
        self._network: Any = network.to(self.device.provider, kind, memory_format=torch.channels_last)
        self._kind = kind
        self._here: Any = None

    def values(self, picture: Picture) -> Any:
        """(1, 3, h, w) on the device, in memory as the picture is: channel beside channel."""
        torch = self._torch
        if self.device.provider.startswith("cuda"):
            if self._here is None or self._here.shape != picture.shape:
                self._here = torch.empty(picture.shape, dtype=torch.uint8, pin_memory=True)
            np.copyto(self._here.numpy(), picture)
            there = self._here.to(self.device.provider, non_blocking=True)
        else:
            there = torch.tensor(picture).to(self.device.provider)
        return there.permute(2, 0, 1)[None].to(self._kind)

    def run(self, values: Any) -> Mapping[str, Values]:
        with self._torch.inference_mode():
            found = self._network(values)
        return Fetched({name: partial(_fetched, part) for name, part in zip(self._names, found, strict=True)})

    def close(self) -> None:
        self._network = self._here = None


def weights_beside(onnx: Path) -> Path:
    """The weights of an ONNX file for torch.

    Raises:
        ModelError: it has none.
    """
    path = onnx.with_suffix(".safetensors")
    if not path.is_file():
        raise ModelError(
            f"{onnx.name} has no weights for torch: only our own networks can be run by both.",
            f"{onnx.name} には torch 用の重みがありません。"
            "両方で動かせるのは本プログラム自身のネットワークだけです。",
        )
    return path


def _fetched(value: Any) -> Values:
    found: Values = value.cpu().numpy()
    return found
