"""A plain network that tells ten kinds of things apart: convolutions, ReLU and pooling, one after another.

In the manner of AlexNet (Krizhevsky et al., 2012) and VGG (Simonyan and Zisserman, 2015), but small. The last
convolution makes one map for each class, which shows where in the picture its evidence lies, and whose mean
is the class's score (Lin, Chen and Yan, Network in network, 2014; Zhou et al., Learning deep features for
discriminative localization, 2016).
"""

from __future__ import annotations

import copy
from collections import OrderedDict
from typing import cast

from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

CLASSES = 10
BLOCKS = 8
"""Convolutions that are followed by ReLU."""


class ObjectNetwork(nn.Sequential):
    """1.4 million parameters. Input: (n, 3, h, w) standardised RGB, 16 px and more; the shapes are those for
    128 px. Output: the scores (n, 10) before the softmax.

    While it learns, each convolution is followed by batch normalisation, which is part of the convolution
    afterwards (`plain`).
    """

    def __init__(self, *, normalised: bool = True) -> None:
        layers: list[tuple[str, nn.Module]] = [  #       (n, 3, 128, 128)
            *_block(1, 3, 32, 7, 2, normalised),  #       (n, 32, 64, 64)
            ("pool1", nn.MaxPool2d(2)),  #                (n, 32, 32, 32)
            *_block(2, 32, 48, 3, 1, normalised),  #      (n, 48, 32, 32)
            *_block(3, 48, 64, 3, 1, normalised),  #      (n, 64, 32, 32)
            ("pool3", nn.MaxPool2d(2)),  #                (n, 64, 16, 16)
            *_block(4, 64, 96, 3, 1, normalised),  #      (n, 96, 16, 16)
            *_block(5, 96, 128, 3, 1, normalised),  #     (n, 128, 16, 16)
            ("pool5", nn.MaxPool2d(2)),  #                (n, 128, 8, 8)
            *_block(6, 128, 192, 3, 1, normalised),  #    (n, 192, 8, 8)
            *_block(7, 192, 256, 3, 1, normalised),  #    (n, 256, 8, 8)
            *_block(8, 256, 224, 3, 1, normalised),  #    (n, 224, 8, 8)
            ("evidence", nn.Conv2d(224, CLASSES, 1)),  #  (n, 10, 8, 8)
            ("average", nn.AdaptiveAvgPool2d(1)),  #      (n, 10, 1, 1)
            ("scores", nn.Flatten()),  #                  (n, 10)
        ]
        super().__init__(OrderedDict(layers))
        self.normalised = normalised


def plain(network: ObjectNetwork) -> ObjectNetwork:
    """The same function without batch normalisation: each goes into the convolution before it.

    Source: B. Jacob et al., "Quantization and training of neural networks for efficient integer-arithmetic-
    only inference", CVPR (2018), section 3.2.
    """
    made = ObjectNetwork(normalised=False)
    network = copy.deepcopy(network).eval()
    weights = {f"evidence.{name}": part for name, part in network.evidence.state_dict().items()}
    for number in range(1, BLOCKS + 1):
        convolution, norm = getattr(network, f"conv{number}"), getattr(network, f"norm{number}")
        fused = fuse_conv_bn_eval(convolution, norm)
        weights |= {f"conv{number}.{name}": part for name, part in fused.state_dict().items()}
    made.load_state_dict(weights)
    return cast(ObjectNetwork, made.eval())


def _block(
    number: int, channels: int, filters: int, size: int, stride: int, normalised: bool
) -> list[tuple[str, nn.Module]]:
    """A convolution with an odd kernel that leaves the sides as they are, or halves them, and ReLU."""
    convolution = nn.Conv2d(channels, filters, size, stride, size // 2, bias=not normalised)
    norms = [(f"norm{number}", nn.BatchNorm2d(filters))] if normalised else []
    return [(f"conv{number}", convolution), *norms, (f"relu{number}", nn.ReLU())]
