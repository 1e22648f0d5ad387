"""A small, fully convolutional face detector: three scales, a heat map of face-ness at each.

Built of depthwise separable convolutions (Howard et al., MobileNets, 2017), joined from coarse to fine as
in feature pyramids (Lin et al., 2017), read without anchors: each cell says how surely it looks at a face,
where the middle of that face is and how large it is (Redmon et al., YOLO, 2016; Ge et al., YOLOX, 2021).
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

STRIDES = (8, 16, 32)
"""Pixels of the picture to a cell, from the finest scale to the coarsest."""
MULTIPLE = 32
"""Height and width of the input are multiples of this."""
RARE = -4.6
"""The bias that makes an untrained network say 1 % everywhere: most cells hold no face (Lin et al., 2017)."""

LARGEST = 4.0
"""The logarithm of the largest face in strides: 55 of them."""


class Scale(NamedTuple):
    """What one scale says, for `n` pictures and (rows, columns) cells."""

    face: Tensor
    """(n, 1, rows, columns): face-ness as a logit; its sigmoid is the heat map."""
    box: Tensor
    """(n, 4, rows, columns), in strides: x, y of the face's middle from the cell's, width, height."""


class FaceDetector(nn.Module):
    """92 thousand parameters. Input: (n, 3, h, w) BGR from -1 to 1."""

    def __init__(self, width: int = 64) -> None:
        super().__init__()
        half = width // 2
        self.stem = nn.Sequential(  #                        (n, 3, h, w)
            _convolution(3, half, 6, stride=4, padding=1),  # (n, 32, h/4, w/4)
            Separable(half, half),
        )
        self.fine = nn.Sequential(  #                        (n, 64, h/8, w/8)
            Separable(half, width, stride=2), *(Separable(width, width) for _ in range(2))
        )
        self.middle = nn.Sequential(  #                      (n, 64, h/16, w/16)
            Separable(width, width, stride=2), *(Separable(width, width, size=5) for _ in range(4))
        )
        self.coarse = nn.Sequential(  #                      (n, 64, h/32, w/32)
            Separable(width, width, stride=2), *(Separable(width, width, size=5) for _ in range(3))
        )
        self.join_middle = Separable(width, width)
        self.join_fine = Separable(width, width)
        self.heads = nn.ModuleList(Head(width) for _stride in STRIDES)

    def forward(self, pictures: Tensor) -> tuple[Scale, Scale, Scale]:
        fine = self.fine(self.stem(pictures))
        middle = self.middle(fine)
        coarse = self.coarse(middle)
        middle = self.join_middle(middle + _twice(coarse))
        fine = self.join_fine(fine + _twice(middle))
        return self.heads[0](fine), self.heads[1](middle), self.heads[2](coarse)


class Separable(nn.Module):
    """A spatial filter for each channel, then a mixture of the channels: a ninth of the usual sums.

    Where input and output are of one shape the input is added to the output.
    """

    def __init__(self, channels: int, mixed: int, size: int = 3, stride: int = 1) -> None:
        super().__init__()
        self.adds = channels == mixed and stride == 1
        self.spatial = nn.Conv2d(
            channels, channels, size, stride, padding=size // 2, groups=channels, bias=False
        )
        self.mix = nn.Conv2d(channels, mixed, 1, bias=False)
        self.norm = nn.BatchNorm2d(mixed)

    def forward(self, x: Tensor) -> Tensor:
        y = self.norm(self.mix(self.spatial(x)))
        return functional.relu(x + y if self.adds else y)


class Head(nn.Module):
    """What a scale says of each of its cells."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.look = Separable(channels, channels)
        self.face = nn.Conv2d(channels, 1, 1)
        self.box = nn.Conv2d(channels, 4, 1)
        nn.init.constant_(self.face.bias, RARE)

    def forward(self, x: Tensor) -> Scale:
        seen = self.look(x)
        middle, size = self.box(seen).split(2, dim=1)
        return Scale(self.face(seen), torch.cat([middle, torch.exp(size.clamp(max=LARGEST))], 1))


def _convolution(channels: int, made: int, size: int, stride: int, padding: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(channels, made, size, stride, padding, bias=False),
        nn.BatchNorm2d(made),
        nn.ReLU(),
    )


def _twice(x: Tensor) -> Tensor:
    """Each cell becomes four."""
    return functional.interpolate(x, scale_factor=2.0, mode="nearest")
