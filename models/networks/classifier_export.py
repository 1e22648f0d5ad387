"""Our classifiers as ONNX files, and how far ONNX Runtime is from torch with them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from models.classifiers import Classifier, classifiers
from models.networks.lenet5 import LeNet5
from models.networks.objects import ObjectNetwork, plain
from models.networks.onnx_file import bare, called_by_layer
from models.networks.weights import read_network
from models.preparation import standardised
from models.runtimes.device import DEVICES
from models.runtimes.onnx_network import session_on
from models.text import Text

INPUT, OUTPUT = "picture", "scores"
PARITY = 1e-4
"""The largest difference of a score that is allowed."""
CALLED = {"objects": Text("our object network", "物体ネットワーク"), "lenet-5": Text("LeNet-5", "LeNet-5")}


def read_classifier(name: str, path: Path) -> nn.Module:
    """The network as it is shipped: plain layers, in torch and in the ONNX file alike.

    From `.safetensors`, or from the averaged weights of a training's checkpoint.

    Raises:
        ModelError: the file is not there, is broken or of another network.
    """
    if name == "lenet-5":
        return read_network(lambda _weights: LeNet5(), path, CALLED[name])
    network = read_network(
        lambda weights: ObjectNetwork(normalised="norm1.weight" in weights), path, CALLED[name]
    )
    return plain(network) if network.normalised else network


def as_onnx(name: str, network: nn.Module) -> bytes:
    """One file for any number of pictures; each layer's output has the layer's name."""
    known = classifiers()[name]
    example = torch.zeros(2, known.channels, known.side, known.side)
    program = torch.onnx.export(
        network,
        (example,),
        input_names=[INPUT],
        output_names=[OUTPUT],
        dynamic_shapes=({0: torch.export.Dim("n")},),
        dynamo=True,
        verbose=False,
    )
    return bare(called_by_layer(program.model_proto))


def parity(name: str, network: nn.Module, onnx: bytes) -> float:
    """The largest difference of a score between torch and ONNX Runtime: black, white, noise and blobs."""
    pictures = standardised(_pictures(classifiers()[name]), classifiers()[name].picture)
    with torch.inference_mode():
        expected = network(torch.from_numpy(pictures)).numpy()
    session = session_on(DEVICES["cpu"], onnx, 1)
    (found,) = session.run([OUTPUT], {INPUT: pictures})
    return float(np.abs(found - expected).max())


def _pictures(known: Classifier) -> NDArray[np.uint8]:
    """(4, side, side, channels)."""
    random = np.random.default_rng(0)
    shape = (1, known.side, known.side, known.channels)
    coarse = random.integers(0, 256, (1, 4, 4, known.channels))
    blobs = coarse.repeat(known.side // 4, 1).repeat(known.side // 4, 2)
    noise = random.integers(0, 256, shape)
    return np.concatenate([np.zeros(shape), np.full(shape, 255), noise, blobs]).astype(np.uint8)
