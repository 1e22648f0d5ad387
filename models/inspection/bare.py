"""A network with nobody looking: what looking is measured against."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

from models.inspection.maps import Values
from models.runtimes.device import DEVICES

Forward: TypeAlias = Callable[[Values], object]
"""One forward pass, its outputs in the main memory."""


def bare_onnx(path: Path, threads: int) -> Forward:
    """Through ONNX Runtime, fused as it likes."""
    from models.runtimes.onnx_network import session_on

    session = session_on(DEVICES["cpu"], path, threads)
    given = session.get_inputs()[0].name
    return lambda values: session.run(None, {given: values})


def bare_torch(module: Any, threads: int) -> Forward:
    import torch

    torch.set_num_threads(threads)

    def forward(values: Values) -> object:
        with torch.inference_mode():
            return module(torch.from_numpy(values)).numpy()

    return forward
