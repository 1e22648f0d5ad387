"""The layers of an ONNX file through ONNX Runtime."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from models.errors import ModelError
from models.inspection.alone import LayersAlone
from models.inspection.answers import answers_of
from models.inspection.layer import Layer, Learnt
from models.inspection.maps import Values
from models.inspection.network import Look, Passed
from models.inspection.onnx_graph import OnnxFile, Tap, learnt_in, tapped, taps_of
from models.inspection.onnx_weights import step_of, weights_of
from models.inspection.step import Step
from models.runtimes.device import DEVICES, Device, DeviceName
from models.runtimes.onnx_network import session_on

if TYPE_CHECKING:
    from onnx import ModelProto

MOST_AXES, PICTURE_AXES = 5, 4
"""Of an answer, with the batch, and of one that is maps."""


class OnnxLayers:
    """Every layer is an output of one session, so that a change of layer shows in the next picture: on a
    processor that costs resnet18 a twentieth of its time, and an output that nobody asks for is not copied.
    """

    def __init__(
        self, file: OnnxFile, name: str, values: Values, threads: int, device: DeviceName = "cpu"
    ) -> None:
        """`name` is what a person calls the network, `values` an input as it will come: the layers' shapes
        are those of the answers to it.

        Raises:
            ModelError: ONNX Runtime cannot run it.
        """
        model, known = file.model, _known(file.model)
        self.device: Device = DEVICES[device]
        self._input = model.graph.input[0].name
        self._outputs = [output.name for output in model.graph.output]
        taps = taps_of(model)
        tensors = [name for tap in taps for name in (tap.tensor, tap.given)]
        asked = dict.fromkeys(name for name in tensors if name not in known)
        self._held = {tensor.name: tensor for tensor in model.graph.initializer}
        self._session: Any = session_on(self.device, tapped(file, asked), threads)
        givable = (self._input, *self._outputs, *asked)
        self._alone: LayersAlone | None = LayersAlone(model, givable, self.device, threads)
        try:
            found = self._first(taps, values)
        except Exception as error:
            self.close()
            raise _cannot_run(name, error) from error
        self.layers = tuple(layer for layer, _tap in found)
        self._taps = {layer.name: tap for layer, tap in found}
        self.parameters = learnt_in(model)

    def run(self, values: Values, looks: Mapping[str, Look]) -> Passed:
        """A layer that the network does not have is passed over."""
        wanted = {name: self._taps[name] for name in looks if name in self._taps}
        asked = dict.fromkeys(self._outputs)
        for name, tap in wanted.items():
            asked[tap.tensor] = None
            if looks[name].values and self._can_give(tap):
                asked[tap.given] = None
            if looks[name].time and self._alone:
                asked.update(dict.fromkeys(self._alone.needs(tap)))
        asked.pop(self._input, None)
        began = time.perf_counter()
        said = dict(zip(asked, self._session.run(list(asked), {self._input: values}), strict=True))
        milliseconds = (time.perf_counter() - began) * 1000
        said[self._input] = values
        answers = answers_of({name: said[tap.tensor][0] for name, tap in wanted.items()}, looks)
        for name, tap in wanted.items():
            if looks[name].values and tap.given in said:
                answers[name] = answers[name]._replace(given=_given(said[tap.given]))
            if looks[name].time and self._alone:  # after all others: it is to have the processor
                answers[name] = answers[name]._replace(milliseconds=self._alone.milliseconds(tap, said))
        return Passed({name: said[name] for name in self._outputs}, answers, milliseconds)

    def weights(self, layer: str) -> Values | None:
        tap = self._taps.get(layer)
        return weights_of(tap.node, self._held) if tap else None

    def learnt(self, layer: str) -> tuple[Learnt, ...]:
        tap = self._taps.get(layer)
        return tap.learnt if tap else ()

    def step(self, layer: str) -> Step | None:
        tap = self._taps.get(layer)
        return step_of(tap.node, self._held) if tap else None

    def close(self) -> None:
        self._session = self._alone = None
        self._taps, self._held = {}, {}

    def _can_give(self, tap: Tap) -> bool:
        return tap.given not in self._held

    def _first(self, taps: tuple[Tap, ...], values: Values) -> list[tuple[Layer, Tap]]:
        """The layers whose answers are numbers in maps, features or units, each with its place."""
        names = [tap.tensor for tap in taps]
        said = self._session.run(names, {self._input: values})
        return [
            (Layer(tap.name, tap.kind, answer.shape[1:], tap.parameters), tap)
            for tap, answer in zip(taps, said, strict=True)
            if answer.dtype == np.float32 and 2 <= answer.ndim <= MOST_AXES and len(answer) == 1 < answer.size
        ]


def _given(values: Values) -> Values | None:
    """A copy, where it is one picture of maps."""
    return np.array(values[0]) if values.ndim == PICTURE_AXES else None


def _known(model: ModelProto) -> set[str]:
    """Tensors that are at hand without the session, or are no outputs of a node."""
    return {"", *(one.name for one in model.graph.input), *(one.name for one in model.graph.initializer)}


def _cannot_run(name: str, error: Exception) -> ModelError:
    detail = (str(error).splitlines() or ["?"])[0]
    return ModelError(f"{name} does not run here ({detail}).", f"{name} はここでは動きません（{detail}）。")
