"""Small detectors in each of the three layouts, made where they are needed: what they find is light."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from models.detectors.yunet import STRIDES
from models.runtimes.network import Picture
from resources import ROOT

SIDE = 96
"""Height and width of the input of those that are of one size."""


def astronaut() -> Picture:
    """A portrait of 512 × 512."""
    return np.asarray(cv2.imread(str(ROOT / "pictures" / "astronaut.jpg")), np.uint8)


def write(path: Path, model: ModelProto) -> Path:
    path.write_bytes(model.SerializeToString())
    return path


def ours() -> ModelProto:
    """Face-ness is the mean light of a cell from 0 to 1; a cell's box is the cell and half of it around."""
    nodes, weights, outputs = [], [], []
    for stride in STRIDES:
        cells = SIDE // stride
        weights.append(_array(f"k_{stride}", np.full((1, 3, stride, stride), 1 / (3 * 255 * stride**2))))
        nodes.append(
            helper.make_node("Conv", ["picture", f"k_{stride}"], [f"face_{stride}"], strides=[stride, stride])
        )
        y, x = np.mgrid[0:cells, 0:cells] * stride
        box = np.stack([x - stride / 2, y - stride / 2, x + 1.5 * stride, y + 1.5 * stride])[None]
        weights.append(_array(f"grid_{stride}", box))
        nodes.append(helper.make_node("Identity", [f"grid_{stride}"], [f"box_{stride}"]))
        outputs += [(f"face_{stride}", (1, 1, cells, cells)), (f"box_{stride}", (1, 4, cells, cells))]
    return _model("picture", (1, 3, SIDE, SIDE), nodes, weights, outputs)


def yunet(seed: int = 0) -> ModelProto:
    """Random weights in YuNet's form, for inputs of any size."""
    random = np.random.default_rng(seed)
    nodes, weights, outputs = [], [], []
    for stride in STRIDES:
        for kind, count in (("cls", 1), ("obj", 1), ("bbox", 4), ("kps", 10)):
            name = f"{kind}_{stride}"
            spread = 12 if kind in ("cls", "obj") else 1.2
            kernel = random.normal(0, spread / 255 / stride, (count, 3, stride, stride))
            weights.append(_array(f"w_{name}", kernel - kernel.mean((1, 2, 3), keepdims=True)))
            nodes.append(
                helper.make_node("Conv", ["input", f"w_{name}"], [f"a_{name}"], strides=[stride, stride])
            )
            nodes.append(helper.make_node("Transpose", [f"a_{name}"], [f"b_{name}"], perm=[0, 2, 3, 1]))
            shape = numpy_helper.from_array(np.array([1, -1, count]), f"s_{name}")
            weights.append(shape)
            last = f"c_{name}" if count == 1 else name
            nodes.append(helper.make_node("Reshape", [f"b_{name}", f"s_{name}"], [last]))
            if count == 1:
                nodes.append(helper.make_node("Sigmoid", [last], [name]))
            outputs.append((name, (1, None, count)))
    return _model("input", (1, 3, None, None), nodes, weights, outputs)


def ultra_light(scores: np.ndarray, boxes: np.ndarray) -> ModelProto:
    """Says these scores (n, 2) and boxes (n, 4), whatever it sees in its 320 × 240."""
    nodes = [
        helper.make_node("ReduceMean", ["input"], ["light"], keepdims=0),
        helper.make_node("Mul", ["light", "zero"], ["nothing"]),
        helper.make_node("Add", ["s", "nothing"], ["scores"]),
        helper.make_node("Add", ["b", "nothing"], ["boxes"]),
    ]
    weights = [_array("s", scores[None]), _array("b", boxes[None]), _array("zero", np.zeros(()))]
    outputs = [("scores", (1, len(scores), 2)), ("boxes", (1, len(boxes), 4))]
    return _model("input", (1, 3, 240, 320), nodes, weights, outputs)


def _array(name: str, values: np.ndarray) -> TensorProto:
    return numpy_helper.from_array(values.astype(np.float32), name)


def _model(
    name: str,
    shape: tuple[int | None, ...],
    nodes: Sequence[NodeProto],
    weights: Sequence[TensorProto],
    outputs: Sequence[tuple[str, tuple[int | None, ...]]],
) -> ModelProto:
    graph = helper.make_graph(
        nodes,
        "made",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(one, TensorProto.FLOAT, sides) for one, sides in outputs],
        weights,
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
