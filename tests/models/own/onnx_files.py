"""Small ONNX files, good and bad, made where they are needed."""

from __future__ import annotations

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper


def network(*nodes: NodeProto, initializers: tuple[TensorProto, ...] = (), domain: str = "") -> ModelProto:
    """A network from `picture` (1, 3, h, w) to `out`."""
    picture = helper.make_tensor_value_info("picture", TensorProto.FLOAT, (1, 3, "h", "w"))
    out = helper.make_tensor_value_info("out", TensorProto.FLOAT, None)
    graph = helper.make_graph(list(nodes), "made", [picture], [out], list(initializers))
    opsets = [helper.make_opsetid("", 17)] + ([helper.make_opsetid(domain, 1)] if domain else [])
    return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def identity() -> ModelProto:
    return network(helper.make_node("Identity", ["picture"], ["out"]))


def detector(shift: float = 0.0) -> ModelProto:
    """In the layout of our own: face-ness and box of a cell are sums over its first pixel."""
    nodes, values, outputs = [], [], []
    for stride in (8, 16, 32):
        for kind, depth, weight in (("face", 1, 1e-3), ("box", 4, 1 + shift)):
            weights = np.full((depth, 3, 1, 1), weight, np.float32)
            values.append(numpy_helper.from_array(weights, f"{kind}_weights_{stride}"))
            inputs = ["picture", f"{kind}_weights_{stride}"]
            nodes.append(helper.make_node("Conv", inputs, [f"{kind}_{stride}"], strides=[stride, stride]))
            shape = (1, depth, None, None)
            outputs.append(helper.make_tensor_value_info(f"{kind}_{stride}", TensorProto.FLOAT, shape))
    picture = helper.make_tensor_value_info("picture", TensorProto.FLOAT, (1, 3, "h", "w"))
    graph = helper.make_graph(nodes, "made", [picture], outputs, values)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def weighted(location: str = "") -> ModelProto:
    """With weights, which lie elsewhere where a `location` is given."""
    weights = numpy_helper.from_array(np.ones((4, 3, 3, 3), np.float32), "weights")
    if location:
        weights.ClearField("raw_data")
        weights.data_location = TensorProto.EXTERNAL
        weights.external_data.add(key="location", value=location)
    return network(helper.make_node("Conv", ["picture", "weights"], ["out"]), initializers=(weights,))


def weighted_in_a_constant(location: str) -> ModelProto:
    """The same, inside a branch of an `If`."""
    value = weighted(location).graph.initializer[0]
    constant = helper.make_node("Constant", [], ["inner"], value=value)
    inner = helper.make_tensor_value_info("inner", TensorProto.FLOAT, None)
    branch = helper.make_graph([constant], "branch", [], [inner])
    yes = helper.make_node("Constant", [], ["yes"], value=numpy_helper.from_array(np.array(True)))
    return network(yes, helper.make_node("If", ["yes"], ["out"], then_branch=branch, else_branch=branch))


def foreign() -> ModelProto:
    return network(
        helper.make_node("Dance", ["picture"], ["out"], domain="org.example"), domain="org.example"
    )


def written(model: ModelProto) -> bytes:
    data: bytes = model.SerializeToString()
    return data
