"""An ONNX network made ready for a GPU: it takes the bytes of the picture, and may compute in half precision.

A picture's bytes are a quarter of its floats, so that a quarter goes over the bus; what makes floats of
them is done there.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from models.runtimes.half import halved
from models.runtimes.network import Intake

if TYPE_CHECKING:
    from onnx import GraphProto

PIXELS = "pixels"


class DeviceGraph(NamedTuple):
    """Its input is `pixels` (1, h, w, 3) uint8 BGR; its outputs are as they were, in float32."""

    onnx: bytes
    inner: str
    """The tensor (1, 3, h, w) that was the input."""


def for_device(path: Path, intake: Intake, *, half: bool) -> DeviceGraph:
    import onnx

    model = onnx.load(path)
    _leave_weights_alone(model.graph)
    if half:
        model = halved(model)
    inner = model.graph.input[0].name
    _take_pixels(model.graph, intake)
    return DeviceGraph(model.SerializeToString(), inner)


def _leave_weights_alone(graph: GraphProto) -> None:
    """Old files list their weights among the inputs, as if somebody might give others."""
    weights = {weight.name for weight in graph.initializer}
    inputs = [one for one in graph.input if one.name not in weights]
    del graph.input[:]
    graph.input.extend(inputs)


def _take_pixels(graph: GraphProto, intake: Intake) -> None:
    from onnx import TensorProto, helper, numpy_helper

    (old,) = graph.input
    steps: list[tuple[str, list[float | int], dict[str, Any]]] = [
        ("Transpose", [], {"perm": [0, 3, 1, 2]}),
        ("Cast", [], {"to": TensorProto.FLOAT}),
    ]
    if intake.mean:
        steps.append(("Sub", [intake.mean], {}))
    if intake.factor != 1:
        steps.append(("Mul", [intake.factor], {}))
    nodes, name = [], PIXELS
    for number, (operation, constants, attributes) in enumerate(steps):
        made = old.name if number == len(steps) - 1 and not intake.rgb else f"{PIXELS}_{number}"
        inputs = [name]
        for value in constants:
            inputs.append(f"{made}_by")
            graph.initializer.append(numpy_helper.from_array(np.array(value, np.float32), inputs[-1]))
        nodes.append(helper.make_node(operation, inputs, [made], name=f"{PIXELS}_{operation}", **attributes))
        name = made
    if intake.rgb:
        graph.initializer.append(numpy_helper.from_array(np.array([2, 1, 0]), f"{PIXELS}_rgb"))
        nodes.append(helper.make_node("Gather", [name, f"{PIXELS}_rgb"], [old.name], name=PIXELS, axis=1))
    sides = [side.dim_value or side.dim_param for side in old.type.tensor_type.shape.dim]
    shape = [sides[0], sides[2], sides[3], 3]
    graph.input[0].CopyFrom(helper.make_tensor_value_info(PIXELS, TensorProto.UINT8, shape))
    old_nodes = list(graph.node)
    del graph.node[:]
    graph.node.extend([*nodes, *old_nodes])
