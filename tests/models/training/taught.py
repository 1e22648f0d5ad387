"""A teacher made up in YuNet's form: what it takes for a face is light."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from models.detectors.yunet import STRIDES
from models.training.faces.teacher import CHANNELS, LAST


def write_teacher(file: Path) -> Path:
    """Its features are the mean light of a cell, 0 to 1, times (channel + 1) / CHANNELS; a face is where the
    last of them is above a half, as large as two cells.
    """
    nodes: list[NodeProto] = []
    weights: list[TensorProto] = []
    for scale, stride in enumerate(STRIDES):
        light = np.full((CHANNELS, 3, stride, stride), 1 / (3 * 255 * stride**2))
        light *= (np.arange(CHANNELS) + 1).reshape(-1, 1, 1, 1) / CHANNELS
        weights.append(_array(f"light_{stride}", light))
        nodes.append(
            helper.make_node("Conv", ["input", f"light_{stride}"], [f"seen_{stride}"], strides=[stride] * 2)
        )
        for kind, count in (("cls", 1), ("obj", 1), ("bbox", 4)):
            first = LAST.format(scale) if kind == "cls" else f"{kind}_{stride}.weight"
            reads = np.zeros((count, CHANNELS, 1, 1))
            reads[:, -1] = 50.0 if count == 1 else 0.0
            bias = np.array([-25.0] if count == 1 else [0.5, 0.5, np.log(2), np.log(2)])
            weights += [_array(first, reads), _array(f"{first}.bias", bias)]
            weights.append(numpy_helper.from_array(np.array([1, -1, count]), f"shape_{kind}_{stride}"))
            made = f"{kind}_{stride}"
            nodes += [
                helper.make_node("Conv", [f"seen_{stride}", first, f"{first}.bias"], [f"a_{made}"]),
                helper.make_node("Transpose", [f"a_{made}"], [f"b_{made}"], perm=[0, 2, 3, 1]),
                helper.make_node(
                    "Reshape", [f"b_{made}", f"shape_{made}"], [f"c_{made}" if count == 1 else made]
                ),
            ]
            if count == 1:
                nodes.append(helper.make_node("Sigmoid", [f"c_{made}"], [made]))
    file.write_bytes(_model(nodes, weights).SerializeToString())
    return file


def _model(nodes: list[NodeProto], weights: list[TensorProto]) -> ModelProto:
    said = [(f"{kind}_{stride}", count) for stride in STRIDES for kind, count in (("cls", 1), ("obj", 1))]
    said += [(f"bbox_{stride}", 4) for stride in STRIDES]
    graph = helper.make_graph(
        nodes,
        "made",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, (1, 3, None, None))],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, (1, None, count)) for name, count in said],
        weights,
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def _array(name: str, values: np.ndarray) -> TensorProto:
    return numpy_helper.from_array(np.asarray(values, np.float32), name)
