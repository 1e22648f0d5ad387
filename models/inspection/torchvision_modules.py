"""torchvision's networks that name what a picture shows, as modules."""

from __future__ import annotations

import logging
import pickle
import zipfile
from pathlib import Path
from typing import Any, Final

from models.errors import ModelError
from models.preparation import Preparation
from models.runtimes.vision import vision

log = logging.getLogger(__name__)
BUILDERS: Final[dict[str, str]] = {
    "alexnet": "alexnet",
    "vgg16": "vgg16",
    "googlenet": "googlenet",
    "inception-v3": "inception_v3",
    "resnet18": "resnet18",
    "resnet50": "resnet50",
    "squeezenet": "squeezenet1_1",
    "mobilenet-v2": "mobilenet_v2",
    "mobilenet-v3": "mobilenet_v3_small",
    "shufflenet": "shufflenet_v2_x1_0",
    "densenet121": "densenet121",
    "efficientnet": "efficientnet_b0",
    "convnext": "convnext_tiny",
    "vit": "vit_b_16",
    "swin": "swin_t",
}
"""torchvision's own names."""
WEIGHTS: Final = "IMAGENET1K_V1"
SEED: Final = 1
"""Of a network that has learnt nothing: the same one every time."""
BROKEN = (OSError, EOFError, pickle.UnpicklingError, zipfile.BadZipFile, RuntimeError, KeyError, TypeError)
"""What reading a file of other or half weights raises."""


def module_of(name: str, weights: Path | None) -> Any:
    """The network, with the weights of the file, or without any as it was before its training.

    Raises:
        ModelError: torchvision is not here, or the file holds no weights of this network.
    """
    models = vision().models
    import torch

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(SEED)
        module = models.get_model(BUILDERS[name], weights=None, **_aside(name))
    if weights is not None:
        _fill(module, name, weights)
    return module.eval()


def preparation_of(name: str) -> Preparation:
    """As torchvision prepares a picture for it.

    Raises:
        ModelError: torchvision is not here.
    """
    steps = _entry(name).transforms()
    side, shorter = steps.crop_size[0], steps.resize_size[0]
    mean, deviation = tuple(steps.mean), tuple(steps.std)
    return Preparation(side, side, mean=mean, deviation=deviation, enlarged=shorter / side)


def names_of(name: str) -> tuple[str, ...]:
    """Of the 1,000 outputs, in English.

    Raises:
        ModelError: torchvision is not here.
    """
    return tuple(_entry(name).meta["categories"])


def _entry(name: str) -> Any:
    return vision().models.get_model_weights(BUILDERS[name])[WEIGHTS]


def _aside(name: str) -> dict[str, bool]:
    """GoogLeNet and Inception have branches that only their training needs, and slow weights at the start."""
    return {"init_weights": False, "aux_logits": True} if name in ("googlenet", "inception-v3") else {}


def _fill(module: Any, name: str, weights: Path) -> None:
    import torch

    try:
        module.load_state_dict(_renamed(torch.load(weights, map_location="cpu", weights_only=True)))
    except BROKEN as error:
        log.info("%s: %s", weights, error)
        raise ModelError(
            f"{weights.name} holds no weights of this network, or not all of them: "
            f"“fusiform models fetch {name}” fetches them.",
            f"{weights.name} にこのネットワークの重みがないか、一部が欠けています。"
            f"「fusiform models fetch {name}」で取得できます。",
        ) from error


def _renamed(weights: dict[str, Any]) -> dict[str, Any]:
    """DenseNet's file is older than its module's names: `norm.1` there is `norm1` here."""
    import re

    return {
        re.sub(r"(denselayer\d+\.(?:norm|relu|conv))\.([12])\.", r"\1\2.", key): value
        for key, value in weights.items()
    }
