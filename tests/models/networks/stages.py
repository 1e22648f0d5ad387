"""What comes of a picture, layer by layer."""

from __future__ import annotations

import torch
from torch import nn


def stages(network: nn.Sequential, shape: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    """The shape of one picture of this `shape` after each layer; two go in."""
    x = torch.zeros(2, *shape)
    found = {}
    with torch.inference_mode():
        for name, layer in network.named_children():
            x = layer(x)
            assert len(x) == 2
            found[name] = tuple(x.shape[1:])
    return found
