"""What can compute here: every device of torch and every provider of ONNX Runtime, each proved.

Listed is not usable: ONNX Runtime's GPU build names TensorRT and CUDA on a machine without a GPU. So each
is tried in a process of its own, which may hang, crash or print as it likes.
"""

from __future__ import annotations

import re
import time
from importlib.util import find_spec
from typing import Any

from msgspec import Struct

from models.runtimes.child import Child, ChildCrashedError, ChildFailedError, ChildHungError
from models.runtimes.device import DEVICES, Runtime
from models.runtimes.probe import CPU_PROVIDER, Proof, onnx_providers, prove_onnx, prove_torch
from models.text import Text

PATIENCE = 30.0
"""Seconds for all together: a GPU's first use after the machine's start can take ten."""

_NOT_INSTALLED = Text(
    "{runtime} is not installed; the pipelines that need no network run without it.",
    "{runtime} がインストールされていません。ネットワークを使わないパイプラインはそのまま動きます。",
)
_NO_LIBRARY = Text(
    "The library {detail} was not found; it comes with the vendor's driver or toolkit.",
    "ライブラリ {detail} が見つかりません。ドライバまたは開発元のツールキットに含まれています。",
)
_NO_GPU = Text("There is no GPU of this kind here.", "この種類の GPU がありません。")
_OLD_DRIVER = Text(
    "The graphics driver is older than this version needs; update the driver.",
    "グラフィックスドライバが古すぎます。ドライバを更新してください。",
)
_FULL = Text("The memory of the GPU is full.", "GPU のメモリがいっぱいです。")
_GONE = Text("The GPU or its driver has stopped answering.", "GPU またはそのドライバが応答しなくなりました。")
_OTHER = Text("A trial run failed: {detail}", "試しに実行したところ失敗しました：{detail}")
_HUNG = Text(
    "A trial run did not end within {seconds:.0f} seconds.",
    "試しの実行が {seconds:.0f} 秒以内に終わりませんでした。",
)
_CRASHED = Text(
    "A trial run ended its process (exit code {code}).",
    "試しの実行でプロセスが異常終了しました（終了コード {code}）。",
)
_CAUSES: tuple[tuple[str, Text], ...] = (
    (r"with error: ([^\s/:]+): cannot open shared object file", _NO_LIBRARY),
    (r"([^\s/:]+): cannot open shared object file", _NO_LIBRARY),
    (r'depends on "([^"]+)" which is missing', _NO_LIBRARY),
    (r"driver version is insufficient|CUDA failure 35\b", _OLD_DRIVER),
    (r"[Oo]ut of memory|OUT_?OF_?MEMORY|Failed to allocate memory|CUDA failure 2\b", _FULL),
    (r"DEVICE_(?:REMOVED|HUNG|RESET)|CUDA failure (?:4|46|700|714|719|999)\b", _GONE),
    (r"unspecified launch failure|driver shutting down|illegal memory access|device lost", _GONE),
    (r"no CUDA-capable device|CUDA failure 100\b|[Nn]o (?:GPU|device) found", _NO_GPU),
)


class Compute(Struct, frozen=True):
    """`provider` is torch's device ("cuda:0") or ONNX Runtime's provider ("CUDAExecutionProvider")."""

    name: str
    runtime: Runtime
    provider: str
    usable: bool
    reason: Text | None = None
    """Why it is not usable."""


def compute_devices(patience: float = PATIENCE) -> list[Compute]:
    """All that is there, the CPU always among it; imports neither torch nor ONNX Runtime here."""
    until = time.monotonic() + patience
    torch = Child(prove_torch) if _installed("torch") else None
    onnx = _onnx_devices(until, patience)
    return _torch_devices(torch, until, patience) + onnx


def reason_of(problem: str) -> Text:
    """One sentence for what a library said: the cause where it is known, else its own first line."""
    for pattern, text in _CAUSES:
        if found := re.search(pattern, problem):
            return text.filled(detail=found[1]) if found.groups() and found[1] else text
    lines = [line.strip() for line in problem.splitlines() if line.strip()]
    return _OTHER.filled(detail=lines[0] if lines else "?")


def _torch_devices(child: Child | None, until: float, patience: float) -> list[Compute]:
    if child is None:
        return [Compute("CPU", "torch", "cpu", False, _NOT_INSTALLED.filled(runtime="PyTorch"))]
    answer = _answer(child, until, patience)
    if isinstance(answer, Text):
        return [Compute("CPU", "torch", "cpu", False, answer)]
    return [_torch_device(proof) for proof in answer]


def _torch_device(proof: Proof) -> Compute:
    reason = reason_of(proof.problem) if proof.problem else None
    return Compute(proof.name, "torch", proof.provider, reason is None, reason)


def _onnx_devices(until: float, patience: float) -> list[Compute]:
    if not _installed("onnxruntime"):
        return [_onnx_device(CPU_PROVIDER, _NOT_INSTALLED.filled(runtime="ONNX Runtime"))]
    providers = _answer(Child(onnx_providers), until, patience)
    if isinstance(providers, Text):
        return [_onnx_device(CPU_PROVIDER, providers)]
    trials = [(provider, Child(prove_onnx, provider)) for provider in providers]
    return [_onnx_device(provider, _answer(child, until, patience)) for provider, child in trials]


def _onnx_device(provider: str, reason: Text | None) -> Compute:
    known = {device.provider: device.title.en for device in DEVICES.values()}
    name = known.get(provider, provider.removesuffix("ExecutionProvider"))
    return Compute(name, "onnxruntime", provider, reason is None, reason)


def _answer(child: Child, until: float, patience: float) -> Any:
    """What the child returned; or, as a `Text`, why it returned nothing."""
    try:
        return child.answer(until)
    except ChildFailedError as error:
        return reason_of(str(error))
    except ChildHungError:
        return _HUNG.filled(seconds=patience)
    except ChildCrashedError as error:
        return _CRASHED.filled(code=error.exit_code)


def _installed(module: str) -> bool:
    return find_spec(module) is not None
