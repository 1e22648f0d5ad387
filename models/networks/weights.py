"""The weights of our networks in files: read, told from others, and written."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from pickle import UnpicklingError
from typing import TypeVar

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save
from torch import Tensor

from models.errors import ModelError
from models.text import Text

N = TypeVar("N", bound=torch.nn.Module)
BROKEN = (OSError, EOFError, SafetensorError, UnpicklingError, RuntimeError, KeyError, TypeError)
"""What reading a file of other or half weights raises."""


def read_network(build: Callable[[Mapping[str, Tensor]], N], path: Path, called: Text) -> N:
    """What `build` makes for weights by name, ready to be asked, with the weights of a `.safetensors` file or
    the averaged ones of a training's checkpoint.

    Raises:
        ModelError: the file is not there, is broken or of another network than the one `called` so.
    """
    try:
        if path.suffix == ".safetensors":
            weights = load_file(path)
        else:
            weights = torch.load(path, map_location="cpu", weights_only=True)["average"]
        network = build(weights)
        network.load_state_dict(weights)
    except BROKEN as error:
        logging.getLogger(__name__).info("%s: %s", path, error)
        raise ModelError(
            f"{path.name} holds no weights of {called.en}, or not all of them.",
            f"{path.name} に{called.ja}の重みがないか、一部が欠けています。",
        ) from error
    network.eval()
    return network


def as_safetensors(network: torch.nn.Module) -> bytes:
    return bytes(save({name: part.contiguous() for name, part in network.state_dict().items()}))
