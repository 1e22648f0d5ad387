"""An ONNX network in half precision, as far as what it has learnt; what decodes stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto

LEARNT = ("Conv", "ConvTranspose", "Gemm", "MatMul")
"""Operations with weights. What comes after the last of them decodes, and keeps its precision: in half
precision a place in a picture is known to half a pixel only."""
ALWAYS_FLOAT = {"Resize": (1, 2)}
"""Inputs that are float32 whatever is computed, by their place."""


def halved(model: ModelProto) -> ModelProto:
    """The same inputs and outputs, in float32; up to the last weights it computes in float16."""
    import onnx

    model = onnx.shape_inference.infer_shapes(model)
    return _Halving(model).done()


class _Halving:
    """One walk through the nodes; what is float32 in the half that is halved has its names here."""

    def __init__(self, model: ModelProto) -> None:
        from onnx import TensorProto

        self._model = model
        self._graph = graph = model.graph
        self._weights = {weight.name: weight for weight in graph.initializer}
        known = [*graph.input, *graph.value_info, *graph.output]
        self._floats = {one.name for one in known if one.type.tensor_type.elem_type == TensorProto.FLOAT}
        self._floats |= {name for name, one in self._weights.items() if one.data_type == TensorProto.FLOAT}
        self._half: set[str] = set()
        """What is computed in half precision, under the name that it always had."""
        self._made: dict[str, str] = {}
        """What was cast, by what it was cast from."""
        self._nodes: list[NodeProto] = []

    def done(self) -> ModelProto:
        outputs = {output.name for output in self._graph.output}
        for node, is_half in zip(list(self._graph.node), self._learnt(), strict=True):
            always = ALWAYS_FLOAT.get(node.op_type, ()) if is_half else range(len(node.input))
            for place, name in enumerate(node.input):
                node.input[place] = self._as_float(name) if place in always else self._as_half(name)
            self._nodes.append(node)
            if is_half:
                self._halve_outputs(node, outputs)
        del self._graph.node[:]
        self._graph.node.extend(self._nodes)
        del self._graph.value_info[:]
        used = {name for node in self._nodes for name in node.input}
        weights = [weight for weight in self._graph.initializer if weight.name in used]
        del self._graph.initializer[:]
        self._graph.initializer.extend(weights)
        return self._model

    def _learnt(self) -> list[bool]:
        """For each node whether it has weights or leads to one that has."""
        wanted: set[str] = set()
        found = []
        for node in reversed(self._graph.node):
            is_half = node.op_type in LEARNT or bool(wanted.intersection(node.output))
            if is_half:
                wanted.update(node.input)
            found.append(is_half)
        return found[::-1]

    def _halve_outputs(self, node: NodeProto, outputs: set[str]) -> None:
        for place, name in enumerate(node.output):
            if name not in self._floats:
                continue
            if name in outputs:  # it keeps its name in float32 for whoever asks for it
                node.output[place] = f"{name}_half"
                self._cast(node.output[place], name, half=False)
                self._made[name] = node.output[place]
            else:
                self._half.add(name)

    def _as_half(self, name: str) -> str:
        from onnx import numpy_helper

        if name not in self._floats or name in self._half:
            return name
        if name not in self._made:
            self._made[name] = f"{name}_half"
            if name in self._weights:
                values = numpy_helper.to_array(self._weights[name]).astype(np.float16)
                self._graph.initializer.append(numpy_helper.from_array(values, self._made[name]))
            else:
                self._cast(name, self._made[name], half=True)
        return self._made[name]

    def _as_float(self, name: str) -> str:
        if name not in self._half:
            return name
        made = f"{name}_float"
        if made not in self._made:
            self._made[made] = made
            self._cast(name, made, half=False)
        return made

    def _cast(self, old: str, new: str, *, half: bool) -> None:
        from onnx import TensorProto, helper

        kind = TensorProto.FLOAT16 if half else TensorProto.FLOAT
        self._nodes.append(helper.make_node("Cast", [old], [new], name=f"cast_{new}", to=kind))
