"""`viewer/…`: what it costs to look into a network, against the network with nobody looking."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import cv2
import numpy as np

from desktop.bench.case import Case, Effort, Goal, Row
from desktop.bench.interleave import median_times
from models.inspection.bare import Forward, bare_onnx, bare_torch
from models.inspection.maps import Values
from models.inspection.network import LayeredNetwork, Look
from models.inspection.opening import open_file
from models.inspection.pictures import Scaling
from models.inspection.torchvision_modules import module_of, preparation_of

NETWORK = "resnet18"
INPUTS = 4
ALL, ONE = Goal("ratio", "<=", 1.3), Goal("ratio", "<=", 1.05)
DETAILED = Look(Scaling())
"""Maps as 8-bit pictures, as large as they are, and their figures."""


def cases() -> Iterator[Case]:
    yield Case("viewer/resnet18-torch", partial(_torch, "viewer/resnet18-torch"))
    yield Case("viewer/resnet18-onnx", partial(_onnx, "viewer/resnet18-onnx", ALL, _everything))
    yield Case("viewer/resnet18-one-layer", partial(_onnx, "viewer/resnet18-one-layer", ONE, _one))


def _torch(name: str, effort: Effort) -> Iterator[Row]:
    from models.inspection.torch_network import TorchLayers

    module = module_of(NETWORK, None)
    inputs, threads = _inputs(), cv2.getNumThreads()
    with closing(TorchLayers(module, NETWORK, inputs[0], threads)) as layers:
        yield _row(name, ALL, layers, _everything(layers), bare_torch(module, threads), effort)


def _onnx(
    name: str, goal: Goal, looks: Callable[[LayeredNetwork], dict[str, Look]], effort: Effort
) -> Iterator[Row]:
    path, threads = _exported(), cv2.getNumThreads()
    with closing(open_file(path, NETWORK, preparation_of(NETWORK), threads).network) as layers:
        yield _row(name, goal, layers, looks(layers), bare_onnx(path, threads), effort)


def _everything(layers: LayeredNetwork) -> dict[str, Look]:
    return {layer.name: DETAILED for layer in layers.layers}


def _one(layers: LayeredNetwork) -> dict[str, Look]:
    return {"layer2.1.relu": DETAILED}


def _row(
    name: str,
    goal: Goal,
    layers: LayeredNetwork,
    looks: dict[str, Look],
    bare: Forward,
    effort: Effort,
) -> Row:
    value, other = median_times(lambda values: layers.run(values, looks), bare, _inputs(), effort.turns)
    return Row(name, "ms", goal, value * 1000, other * 1000)


def _exported() -> Path:
    from models.inspection.exported import exported

    return exported(module_of(NETWORK, None), NETWORK, _inputs()[0])


def _inputs() -> list[Values]:
    dice = np.random.default_rng(1)
    return [dice.normal(0, 1, (1, 3, 224, 224)).astype(np.float32) for _number in range(INPUTS)]
