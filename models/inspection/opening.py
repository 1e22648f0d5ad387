"""A network by name, opened so that its layers can be looked at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from models.catalogue import Entry, find, weights
from models.errors import ModelError
from models.inspection.network import LayeredNetwork
from models.inspection.preparation import IMAGENET, Preparation, prepared
from models.own.trial import problem_of, refused_network
from models.runtimes.opening import is_installed
from models.text import Text

if TYPE_CHECKING:
    from onnx import ModelProto

USUAL = (480, 640)
"""Height and width of the picture that the layers' shapes are told for, where the network takes any."""
NEEDS_ONNX = Text(
    "Looking inside a network needs {name}, which is not installed. “make install LEAN=0” adds it.",
    "ネットワークの中を見るには {name} が必要ですが、インストールされていません。"
    "「make install LEAN=0」で追加できます。",
)


class Opened(NamedTuple):
    network: LayeredNetwork
    preparation: Preparation


def open_layers(name: str, threads: int) -> Opened:
    """
    Raises:
        ModelError: there is no such network here, or it cannot be looked into.
    """
    for package in ("onnx", "onnxruntime"):
        if not is_installed(package):
            raise ModelError(*NEEDS_ONNX.filled(name=package))
    from models.inspection.onnx_network import OnnxLayers

    entry = find(name)
    model = _read(weights(name))
    preparation = entry.picture or _guessed(model, entry)
    picture = prepared(np.zeros((*USUAL, 3), np.uint8), preparation)
    return Opened(OnnxLayers(model, entry.title.en, picture.values, threads), preparation)


def _read(path: Path) -> ModelProto:
    import onnx

    data = path.read_bytes()
    if problem := problem_of(data):
        raise ModelError(*refused_network(path.name, problem))
    return onnx.load_model_from_string(data)


def _guessed(model: ModelProto, entry: Entry) -> Preparation:
    """From the shape of its input, with what most networks were trained with.

    Raises:
        ModelError: no picture goes into it.
    """
    learnt = {tensor.name for tensor in model.graph.initializer}
    inputs = [one for one in model.graph.input if one.name not in learnt]
    sides = [[side.dim_value for side in one.type.tensor_type.shape.dim] for one in inputs]
    if len(sides) != 1 or len(sides[0]) != 4 or sides[0][1] not in (1, 3):
        found = ", ".join(" × ".join(str(side or "?") for side in shape) for shape in sides) or "–"
        raise ModelError(
            f"No picture goes into {entry.title.en}: expected is one input 1 × 3 × h × w or 1 × 1 × h × w, "
            f"found was {found}.",
            f"{entry.title.ja} は画像を入力とするネットワークではありません。"
            f"必要な入力は 1 × 3 × h × w または 1 × 1 × h × w の一つで、見つかったのは {found} です。",
        )
    channels, height, width = sides[0][1:]
    if channels == 1:
        return Preparation(height, width, channels=1)
    return Preparation(height, width, mean=IMAGENET.mean, deviation=IMAGENET.deviation)
