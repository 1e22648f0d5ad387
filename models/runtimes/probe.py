"""Proves what can compute here by computing: a 3×3 convolution of ones over ones gives nines.

These functions are run in a process of their own (`child.py`): a provider may crash, hang or print.
`probe.onnx` is that convolution: x (1, 1, 8, 8) float32, weights of ones (1, 1, 3, 3), y (1, 1, 6, 6).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from msgspec import Struct

PROBE = Path(__file__).with_name("probe.onnx")
SIDE = 8
NINE = 9.0
CPU_PROVIDER = "CPUExecutionProvider"
ELSEWHERE = "AzureExecutionProvider"
"""Sends what it is given to a server, and is listed by ONNX Runtime's package for the CPU."""


class Proof(Struct, frozen=True):
    """One device of torch; `problem` is empty where it computed what it should."""

    name: str
    provider: str
    problem: str = ""


def onnx_providers() -> list[str]:
    """What ONNX Runtime lists as available on this machine, which says nothing about its use."""
    import onnxruntime

    return [provider for provider in onnxruntime.get_available_providers() if provider != ELSEWHERE]


def prove_onnx(provider: str) -> None:
    """Run the probe on this provider and no other.

    Raises:
        Exception: whatever ONNX Runtime raises where it cannot; or a wrong result.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    if provider != CPU_PROVIDER:
        onnxruntime.preload_dlls()
        options.add_session_config_entry("session.disable_cpu_ep_fallback", "1")
    session = onnxruntime.InferenceSession(PROBE, options, providers=[provider])
    (result,) = session.run(None, {"x": np.ones((1, 1, SIDE, SIDE), np.float32)})
    _check(np.asarray(result))


def prove_torch() -> list[Proof]:
    """Every device that torch sees, each tried."""
    import torch

    found = [("CPU", "cpu")]
    found += [(torch.cuda.get_device_name(i), f"cuda:{i}") for i in range(torch.cuda.device_count())]
    if torch.backends.mps.is_available():
        found.append(("Apple GPU", "mps"))
    return [Proof(name, provider, _problem(provider)) for name, provider in found]


def _problem(device: str) -> str:
    import torch

    try:
        ones = torch.ones(1, 1, SIDE, SIDE, device=device)
        result = torch.nn.functional.conv2d(ones, torch.ones(1, 1, 3, 3, device=device))
        _check(result.cpu().numpy())
    except Exception as error:  # noqa: BLE001 any failure of a driver is the answer
        return f"{type(error).__name__}: {error}"
    return ""


def _check(result: np.ndarray) -> None:
    if not np.allclose(result, NINE):
        raise ArithmeticError(f"3 × 3 ones gave {result.flat[0]:g}, not {NINE:g}")
