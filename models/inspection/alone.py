"""One layer of an ONNX graph by itself, for the time that it takes.

While it runs a whole network ONNX Runtime tells no times of its layers, short of a profile on the disk.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from models.inspection.maps import Values
from models.inspection.onnx_file import OnnxFile
from models.inspection.onnx_graph import Tap
from models.runtimes.device import Device
from models.runtimes.onnx_network import session_on

log = logging.getLogger(__name__)
MOST_LEARNT = 1 << 25
"""Numbers: of a layer with more of them no second copy is made."""


class LayersAlone:
    """Times one layer after the other, each in a session that is made when the layer becomes another one."""

    def __init__(self, file: OnnxFile, givable: Collection[str], device: Device, threads: int) -> None:
        """`givable` are the tensors that a pass through the whole network can give."""
        self._file, model = file, file.model
        self._givable = frozenset(givable)
        constants = {node.output[0] for node in model.graph.node if node.op_type == "Constant"}
        self._fixed = constants | {"", *(tensor.name for tensor in model.graph.initializer)}
        self._device, self._threads = device, threads
        self._made: tuple[Tap, LayerAlone | None] | None = None

    def needs(self, tap: Tap) -> tuple[str, ...]:
        """The tensors that the layer looks at; none where it cannot be timed: not all can be had, or it has
        learnt so much that it should not be there twice."""
        live = tuple(given for given in tap.node.input if given not in self._fixed)
        can = tap.parameters <= MOST_LEARNT and self._givable.issuperset(live)
        return live if can else ()

    def milliseconds(self, tap: Tap, said: Mapping[str, Values]) -> float | None:
        """`said` has what it needs, with the batch."""
        given = {name: said[name] for name in self.needs(tap)}
        if not given or any(values.dtype != np.float32 for values in given.values()):
            return None
        if self._made is None or self._made[0] is not tap or not _suits(self._made[1], given):
            self._made = tap, self._make(tap, given)
        alone = self._made[1]
        return alone.milliseconds(given) if alone else None

    def _make(self, tap: Tap, given: Mapping[str, Values]) -> LayerAlone | None:
        try:
            return LayerAlone(_only(self._file, tap, given), tap.tensor, given, self._device, self._threads)
        except Exception:  # what does not run alone runs in its network all the same
            log.info("%s does not run alone", tap.name, exc_info=True)
            return None


class LayerAlone:
    """A session with nothing but this layer."""

    def __init__(
        self, model: bytes, output: str, given: Mapping[str, Values], device: Device, threads: int
    ) -> None:
        """`given` as it will come. Raises whatever ONNX Runtime does where the layer does not run alone."""
        self.shapes = _shapes(given)
        self._output = output
        self._session: Any = session_on(device, model, threads)
        self.milliseconds(given)  # the first time memory is looked for

    def milliseconds(self, given: Mapping[str, Values]) -> float:
        """Once through the layer; its answer is not copied."""
        binding = self._session.io_binding()
        for name, values in given.items():
            binding.bind_cpu_input(name, np.ascontiguousarray(values))
        binding.bind_output(self._output)
        began = time.perf_counter()
        self._session.run_with_iobinding(binding)
        return (time.perf_counter() - began) * 1000


def _suits(alone: LayerAlone | None, given: Mapping[str, Values]) -> bool:
    """What did not run alone once does not do so with another shape either."""
    return alone is None or alone.shapes == _shapes(given)


def _shapes(given: Mapping[str, Values]) -> dict[str, tuple[int, ...]]:
    return {name: values.shape for name, values in given.items()}


def _only(file: OnnxFile, tap: Tap, given: Mapping[str, Values]) -> bytes:
    """The layer with what it has learnt, as a file."""
    from onnx import TensorProto, helper

    model, wanted = file.model, set(tap.node.input) - set(given)
    graph = helper.make_graph(
        [
            *(one for one in model.graph.node if one.op_type == "Constant" and one.output[0] in wanted),
            tap.node,
        ],
        "layer",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, it.shape) for name, it in given.items()],
        [helper.make_tensor_value_info(tap.tensor, TensorProto.FLOAT, None)],
        file.tensors(wanted),
    )
    alone = helper.make_model(graph, opset_imports=model.opset_import, ir_version=model.ir_version)
    return bytes(alone.SerializeToString())
