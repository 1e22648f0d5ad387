"""The layers of an ONNX file through ONNX Runtime."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from models.inspection.alone import LayersAlone
from models.inspection.answers import answers_of
from models.inspection.layer import Layer, Learnt
from models.inspection.maps import PICTURE_AXES, Values, can_be_shown, maps_first, sides_of
from models.inspection.network import Look, Passed
from models.inspection.onnx_file import OnnxFile
from models.inspection.onnx_graph import Tap, learnt_in, taps_of
from models.inspection.onnx_weights import step_of, weights_of
from models.inspection.scratch import Scratch
from models.inspection.step import Step
from models.inspection.words import cannot_run
from models.runtimes.device import DEVICES, Device, DeviceName

if TYPE_CHECKING:
    from onnx import ModelProto

NUMBERS: Mapping[str, type[np.generic]] = {
    "tensor(float)": np.float32,
    "tensor(float16)": np.float16,
    "tensor(double)": np.float64,
    "tensor(uint8)": np.uint8,
}
"""What a picture can enter as, by ONNX Runtime's words."""
LOOKED_AT = frozenset({"tensor(float)", "tensor(float16)", "tensor(double)"})
"""No words, sequences or numbers of classes."""


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
        self._name = name
        self._file: OnnxFile | None = file
        self._alone: LayersAlone | None = None
        self._scratch = Scratch()
        try:
            taps = taps_of(model)
            tensors = [name for tap in taps for name in (tap.tensor, tap.given)]
            asked = dict.fromkeys(name for name in tensors if name not in known)
            self._session: Any = file.session(asked, self.device, threads)
            (entrance,) = self._session.get_inputs()
            self._input, self._enters_as = entrance.name, NUMBERS[entrance.type]
            self._tellable = _tellable(self._session)
            self._outputs = [one.name for one in model.graph.output if one.name in self._tellable]
            found = self._first(taps, values, file.shapes(self._input, values.shape))
            self._alone = LayersAlone(file, (self._input, *self._tellable), self.device, threads)
        except Exception as error:
            self.close()
            raise cannot_run(name, error) from error
        self.layers = tuple(layer for layer, _tap in found)
        self._taps = {layer.name: tap for layer, tap in found}
        self.parameters = learnt_in(model)

    def run(self, values: Values, looks: Mapping[str, Look]) -> Passed:
        """A layer that the network does not have is passed over."""
        wanted = {name: self._taps[name] for name in looks if name in self._taps}
        asked = dict.fromkeys(self._outputs)
        for name, tap in wanted.items():
            asked[tap.tensor] = None
            if looks[name].values and tap.given in self._tellable:
                asked[tap.given] = None
            if looks[name].time and self._alone:
                asked.update(dict.fromkeys(self._alone.needs(tap)))
        asked.pop(self._input, None)
        began = time.perf_counter()
        try:
            said = self._said(asked, values)
        except Exception as error:
            raise cannot_run(self._name, error) from error
        milliseconds = (time.perf_counter() - began) * 1000
        said[self._input] = values
        shown = {name: tap for name, tap in wanted.items() if can_be_shown(said[tap.tensor].shape)}
        picture = sides_of(values.shape)
        maps = {name: maps_first(said[tap.tensor][0], picture) for name, tap in shown.items()}
        answers = answers_of(maps, looks, self._scratch)
        for name, tap in shown.items():
            if looks[name].values and tap.given in said:
                answers[name] = answers[name]._replace(given=_given(said[tap.given]))
            if looks[name].time and self._alone:  # after all others: it is to have the processor
                answers[name] = answers[name]._replace(milliseconds=self._alone.milliseconds(tap, said))
        return Passed({name: said[name] for name in self._outputs}, answers, milliseconds)

    def weights(self, layer: str) -> Values | None:
        tap = self._taps.get(layer)
        return weights_of(tap.node, self._file) if tap and self._file else None

    def learnt(self, layer: str) -> tuple[Learnt, ...]:
        tap = self._taps.get(layer)
        return tap.learnt if tap else ()

    def step(self, layer: str) -> Step | None:
        tap = self._taps.get(layer)
        return step_of(tap.node, self._file) if tap and self._file else None

    def close(self) -> None:
        self._session = self._alone = self._file = None
        self._taps = {}

    def _said(self, tensors: Iterable[str], values: Values) -> dict[str, Values]:
        """What these say to the picture, in single precision."""
        names = list(tensors)
        entering = values.astype(self._enters_as, copy=False)
        said = self._session.run(names, {self._input: entering})  # without any names it gives all there are
        with np.errstate(over="ignore"):
            return {name: one.astype(np.float32, copy=False) for name, one in zip(names, said, strict=False)}

    def _first(
        self, taps: tuple[Tap, ...], values: Values, shapes: Mapping[str, tuple[int, ...]]
    ) -> list[tuple[Layer, Tap]]:
        """The layers whose answers are numbers in maps, features or units, each with its place. `shapes` are
        those that are known without asking."""
        told, picture = [tap for tap in taps if tap.tensor in self._tellable], sides_of(values.shape)
        asked = dict.fromkeys(tap.tensor for tap in told if tap.tensor not in shapes)
        known = {**shapes, **self._shapes([*self._outputs, *asked], values)}
        return [
            (Layer(tap.name, tap.kind, maps_first(_any(shape[1:]), picture).shape, tap.parameters), tap)
            for tap in told
            if can_be_shown(shape := known[tap.tensor])
        ]

    def _shapes(self, tensors: Iterable[str], values: Values) -> dict[str, tuple[int, ...]]:
        """Of what these say to the picture, which is not copied: of a large network it is a lot."""
        from onnxruntime import OrtValue

        names = list(dict.fromkeys(tensors))
        entering = OrtValue.ortvalue_from_numpy(values.astype(self._enters_as, copy=False))
        said = self._session.run_with_ort_values(names, {self._input: entering})
        return {name: tuple(one.shape()) for name, one in zip(names, said, strict=False)}


def _any(shape: tuple[int, ...]) -> Values:
    """Something of this shape that takes no memory."""
    return np.broadcast_to(np.float32(0), shape)


def _given(values: Values) -> Values | None:
    """A copy, where it is one picture of maps."""
    return np.array(values[0]) if values.ndim == PICTURE_AXES and len(values) == 1 else None


def _known(model: ModelProto) -> set[str]:
    """Tensors that are at hand without the session, or are no outputs of a node."""
    return {"", *(one.name for one in model.graph.input), *(one.name for one in model.graph.initializer)}


def _tellable(session: Any) -> frozenset[str]:
    return frozenset(one.name for one in session.get_outputs() if one.type in LOOKED_AT)
