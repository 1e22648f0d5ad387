"""The shipped networks as modules of torch: as they were trained, or as they were before."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn

from models.networks.classifier_export import read_classifier
from models.networks.export import read_detector
from models.networks.face_detector import FaceDetector
from models.networks.in_pixels import InPixels
from models.networks.lenet5 import LeNet5
from models.networks.objects import ObjectNetwork, plain

SEED = 1
"""Of a network that has learnt nothing: the same one every time."""


def module_of(name: str, weights: Path | None) -> nn.Module:
    """The network of this name in the catalogue, with the layers that its ONNX file has; without `weights`
    as it was before its training.

    Raises:
        ModelError: the file holds no weights of this network.
    """
    if weights is None:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(SEED)
            return _untrained(name).eval()
    if name == "face-detector":
        return InPixels(read_detector(weights))
    return read_classifier(name, weights)


def _untrained(name: str) -> nn.Module:
    match name:
        case "face-detector":
            return InPixels(FaceDetector())
        case "lenet-5":
            return LeNet5()
        case _:
            return plain(ObjectNetwork().eval())
