"""What the nodes of an ONNX graph have learnt, and the arithmetic that they do with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from models.inspection.maps import Values
from models.inspection.onnx_file import OnnxFile
from models.inspection.step import Rule, Step

if TYPE_CHECKING:
    from onnx import NodeProto

PAIR = 2
"""Axes of a picture: windows of others are not drawn."""


def weights_of(node: NodeProto, file: OnnxFile) -> Values | None:
    """(filters, channels of a group, rows, columns) of a convolution, (units, inputs) of a fully connected
    layer; `None` for everything else."""
    if node.op_type not in ("Conv", "Gemm", "MatMul"):
        return None
    held = (file.numbers(given) for given in node.input)
    values = next((one for one in held if one is not None), None)
    if values is None or node.op_type == "Conv" or _attributes(node).get("transB"):
        return values
    return np.ascontiguousarray(values.T)


def step_of(node: NodeProto, file: OnnxFile) -> Step | None:
    """Of a convolution or a pooling of pictures; `None` for everything else, and where the padding depends on
    the picture."""
    said = _attributes(node)
    if said.get("auto_pad", b"NOTSET") not in (b"NOTSET", b"VALID"):
        return None
    match node.op_type:
        case "Conv" if (weights := weights_of(node, file)) is not None:
            bias = file.numbers(node.input[2]) if len(node.input) > 2 else None
            return _step("sum", weights.shape[2:], said, weights, bias)
        case "MaxPool":
            return _step("maximum", said["kernel_shape"], said)
        case "AveragePool":
            return _step("mean", said["kernel_shape"], said)
    return None


def _step(
    rule: Rule, size: Any, said: Mapping[str, Any], weights: Values | None = None, bias: Values | None = None
) -> Step | None:
    if len(size) != PAIR:
        return None
    strides, dilations = said.get("strides", (1, 1)), said.get("dilations", (1, 1))
    pads = said.get("pads", (0, 0, 0, 0))
    return Step(
        rule,
        (size[0], size[1]),
        (strides[0], strides[1]),
        (pads[0], pads[1]),
        (dilations[0], dilations[1]),
        said.get("group", 1),
        weights,
        bias,
    )


def _attributes(node: NodeProto) -> dict[str, Any]:
    from onnx import helper

    return {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}
