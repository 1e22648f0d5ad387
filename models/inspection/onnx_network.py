"""The layers of an ONNX file through ONNX Runtime."""

from __future__ import annotations

import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np

from models.errors import ModelError
from models.inspection.answers import answer_of
from models.inspection.layer import Layer
from models.inspection.maps import Values
from models.inspection.network import Look, Passed
from models.inspection.onnx_graph import Tap, learnt_by, tapped, taps_of
from models.runtimes.device import DEVICES, Device
from models.runtimes.onnx_network import session_on

if TYPE_CHECKING:
    from onnx import ModelProto

MOST_AXES = 5
"""Of an answer, with the batch."""


class OnnxLayers:
    """Every layer is an output of one session, so that a change of layer shows in the next picture: on a
    processor that costs resnet18 a twentieth of its time, and an output that nobody asks for is not copied.
    """

    def __init__(self, model: ModelProto, name: str, values: Values, threads: int) -> None:
        """`name` is what a person calls the network, `values` an input as it will come: the layers' shapes
        are those of the answers to it.

        Raises:
            ModelError: ONNX Runtime cannot run it.
        """
        self.device: Device = DEVICES["cpu"]
        self._input = model.graph.input[0].name
        self._outputs = [output.name for output in model.graph.output]
        taps = taps_of(model)
        self._session: Any = session_on(self.device, tapped(model, [tap.tensor for tap in taps]), threads)
        self._pool = ThreadPoolExecutor(threads, "layers")
        try:
            found = self._first(taps, values)
        except Exception as error:
            self.close()
            raise _cannot_run(name, error) from error
        self.layers = tuple(layer for layer, _tap in found)
        self._tensors = {layer.name: tap.tensor for layer, tap in found}
        self._learnt = learnt_by(model, {layer.name: tap for layer, tap in found})

    def run(self, values: Values, looks: Mapping[str, Look]) -> Passed:
        """A layer that the network does not have is passed over."""
        wanted = {name: self._tensors[name] for name in looks if name in self._tensors}
        asked = list(dict.fromkeys([*self._outputs, *wanted.values()]))
        began = time.perf_counter()
        said = dict(zip(asked, self._session.run(asked, {self._input: values}), strict=True))
        milliseconds = (time.perf_counter() - began) * 1000
        answers = self._pool.map(lambda name: answer_of(said[wanted[name]][0], looks[name]), wanted)
        return Passed(
            {name: said[name] for name in self._outputs},
            dict(zip(wanted, answers, strict=True)),
            milliseconds,
        )

    def weights(self, layer: str) -> Values | None:
        return self._learnt[layer]() if layer in self._learnt else None

    def close(self) -> None:
        self._session = None
        self._learnt = {}
        self._pool.shutdown()

    def _first(self, taps: tuple[Tap, ...], values: Values) -> list[tuple[Layer, Tap]]:
        """The layers whose answers are numbers in maps, features or units, each with its place."""
        names = [tap.tensor for tap in taps]
        said = self._session.run(names, {self._input: values})
        return [
            (Layer(tap.name, tap.kind, answer.shape[1:], tap.parameters), tap)
            for tap, answer in zip(taps, said, strict=True)
            if answer.dtype == np.float32 and 2 <= answer.ndim <= MOST_AXES and len(answer) == 1 < answer.size
        ]


def _cannot_run(name: str, error: Exception) -> ModelError:
    detail = (str(error).splitlines() or ["?"])[0]
    return ModelError(f"{name} does not run here ({detail}).", f"{name} はここでは動きません（{detail}）。")
