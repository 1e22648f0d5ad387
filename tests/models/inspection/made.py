"""Small ONNX networks whose answers can be worked out by hand."""

from __future__ import annotations

import io

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from models.inspection.onnx_file import OnnxFile, onnx_file
from models.inspection.onnx_reading import read

Floats = NDArray[np.float32]


def network(
    nodes: list[onnx.NodeProto],
    weights: dict[str, Floats],
    given: tuple[int | str, ...],
    output: str,
) -> onnx.ModelProto:
    """`given` is the shape of its one input, `picture`."""
    graph = helper.make_graph(
        nodes,
        "made",
        [helper.make_tensor_value_info("picture", TensorProto.FLOAT, given)],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, None)],
        [numpy_helper.from_array(values, name) for name, values in weights.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def edges(kernels: Floats, bias: Floats) -> onnx.ModelProto:
    """Convolution, ReLU, 2 × 2 pooling, mean of each map, and two units over them."""
    maps = len(kernels)
    nodes = [
        helper.make_node("Conv", ["picture", "edges.weight", "edges.bias"], ["10"], name="Conv_0"),
        helper.make_node("Relu", ["10"], ["11"], name="Relu_1"),
        helper.make_node(
            "MaxPool", ["11"], ["12"], name="/pool/MaxPool", kernel_shape=[2, 2], strides=[2, 2]
        ),
        helper.make_node("GlobalAveragePool", ["12"], ["13"], name="mean"),
        helper.make_node("Flatten", ["13"], ["14"]),
        helper.make_node("Gemm", ["14", "units.weight"], ["scores"]),
    ]
    units = np.arange(2 * maps, dtype=np.float32).reshape(maps, 2)
    weights = {"edges.weight": kernels, "edges.bias": bias, "units.weight": units}
    return network(nodes, weights, (1, kernels.shape[1], "h", "w"), "scores")


def as_file(model: onnx.ModelProto) -> OnnxFile:
    """As it is when it was read from the disk."""
    graph, large = read(io.BytesIO(model.SerializeToString()))
    return onnx_file(onnx.load_model_from_string(graph), large)
