"""A network through ONNX Runtime, on a device that takes its input from the main memory."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import cv2
import numpy as np

from models.errors import ModelError
from models.runtimes.device import DEVICES, Device, DeviceName
from models.runtimes.network import Intake, Picture, Signature, Tensor, Values

log = logging.getLogger(__name__)
PROVIDER_OPTIONS: dict[DeviceName, dict[str, str]] = {
    "coreml": {"ModelFormat": "MLProgram", "MLComputeUnits": "ALL"},
}
ERRORS_ONLY = 3


class OnnxNetwork:
    """Sessions do not spin: a thread that waits would take the core of another lane."""

    half = False

    def __init__(self, session: Any, intake: Intake, device: DeviceName = "cpu") -> None:
        self._session = session
        self._intake = intake
        self.device: Device = DEVICES[device]
        found = signature_of(session)
        self._input = found.inputs[0].name
        self._outputs = [output.name for output in found.outputs]
        self._planes: Values = np.empty((1, 3, 0, 0), np.float32)

    def values(self, picture: Picture) -> Values:
        """(1, 3, h, w); the memory is used again for the next picture of this size."""
        intake, size = self._intake, picture.shape[:2]
        if self._planes.shape[2:] != size:
            self._planes = np.empty((1, 3, *size), np.float32)
        channels = cv2.split(picture)
        for plane, channel in zip(self._planes[0], channels[::-1] if intake.rgb else channels, strict=True):
            np.copyto(plane, channel)
        if intake.mean:
            self._planes -= np.float32(intake.mean)
        if intake.factor != 1:
            self._planes *= np.float32(intake.factor)
        return self._planes

    def run(self, values: Values) -> Mapping[str, Values]:
        found = self._session.run(self._outputs, {self._input: values})
        return dict(zip(self._outputs, found, strict=True))

    def close(self) -> None:
        self._session = None


def session_on(
    device: Device,
    model: Path | bytes,
    threads: int,
    options: Mapping[str, str] | None = None,
    numbers: Mapping[str, Values] | None = None,
) -> Any:
    """A session on this device; its own nodes may fall to the CPU one by one, the whole may not.

    Args:
        numbers: of the tensors that the model says lie elsewhere, by name; they are not copied.

    Raises:
        ModelError: the file is no network that ONNX Runtime can read.
        RuntimeError: the device cannot be used.
    """
    import onnxruntime

    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = threads
    settings.inter_op_num_threads = 1
    settings.log_severity_level = ERRORS_ONLY
    settings.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if device.name == "directml":  # its documentation asks for both
        settings.enable_mem_pattern = False
        settings.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    if device.name in ("cuda", "tensorrt"):
        onnxruntime.preload_dlls()
    if numbers:
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(one) for one in numbers.values()]
        settings.add_external_initializers(list(numbers), values)
    providers = _providers(device, options)
    given = str(model) if isinstance(model, Path) else model
    try:
        session = onnxruntime.InferenceSession(given, settings, providers=providers, enable_fallback=0)
    except Exception as error:
        if not device.is_cpu:
            raise
        raise _unreadable(model, error) from error
    if session.get_providers()[0] != device.provider:
        raise RuntimeError(f"{device.provider} was not taken: {session.get_providers()}")
    session.numbers = numbers  # it reads them where they lie, for as long as it lives
    return session


def signature_of(session: Any) -> Signature:
    return Signature(_tensors(session.get_inputs()), _tensors(session.get_outputs()))


def _tensors(nodes: Any) -> tuple[Tensor, ...]:
    return tuple(
        Tensor(node.name, tuple(side if isinstance(side, int) else None for side in node.shape))
        for node in nodes
    )


def _providers(device: Device, options: Mapping[str, str] | None) -> list[Any]:
    chain = [(device.provider, {**PROVIDER_OPTIONS.get(device.name, {}), **(options or {})})]
    if device.name == "tensorrt":
        chain.append((DEVICES["cuda"].provider, {}))
    if not device.is_cpu:
        chain.append((DEVICES["cpu"].provider, {}))
    return cast(list[Any], chain)


def _unreadable(model: Path | bytes, error: Exception) -> ModelError:
    name = model.name if isinstance(model, Path) else "ONNX"
    log.info("%s: %s", name, error)
    return ModelError(
        f"{name} is not an ONNX network that can be read: it is damaged, cut off or something else.",
        f"{name} は ONNX ネットワークとして読み込めません。"
        "壊れているか、途中で切れているか、別の種類のファイルです。",
    )
