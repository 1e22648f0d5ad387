"""The face detector as it is shipped and run: pixels in, face-ness and boxes in pixels out.

The same numbers as `FaceDetector` with the decoding that it was trained with, but in fewer steps: batch
normalisation goes into the convolution before it (Jacob et al., Quantization and training of neural
networks, 2018, section 3.2), and so does the step from 0..255 to -1..1.
"""

from __future__ import annotations

import copy

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.fusion import fuse_conv_bn_eval

from models.networks.face_detector import LARGEST, STRIDES, FaceDetector, Head, Separable

INPUT = "picture"
OUTPUTS = (*(f"face_{stride}" for stride in STRIDES), *(f"box_{stride}" for stride in STRIDES))
"""In the order in which `InPixels` gives them."""
MIDDLE = 127.5
"""The level that is 0 to the network."""


class InPixels(nn.Module):
    """Input: (n, 3, h, w) float BGR 0..255, h and w multiples of 32. Output: for each stride s the
    face-ness (n, 1, h/s, w/s) 0..1, then for each the boxes (n, 4, h/s, w/s) x1, y1, x2, y2 in pixels.
    """

    def __init__(self, detector: FaceDetector) -> None:
        super().__init__()
        body = _fused(copy.deepcopy(detector).eval())
        self.border = _take_pixels(body.stem[0][0])
        self.body = body
        body.heads = nn.ModuleList(
            InPixelsHead(head, stride) for head, stride in zip(body.heads, STRIDES, strict=True)
        )
        self.eval()

    def forward(self, picture: Tensor) -> tuple[Tensor, ...]:
        edged = functional.pad(picture, [self.border] * 4, value=MIDDLE)
        said = self.body(edged)
        return (*(face for face, _box in said), *(box for _face, box in said))


class InPixelsHead(nn.Module):
    """A head of the detector whose two last convolutions are one, and whose cells know where they are."""

    def __init__(self, head: Head, stride: int) -> None:
        super().__init__()
        self.stride = stride
        self.look = head.look
        self.say = nn.Conv2d(head.face.in_channels, 5, 1)
        with torch.no_grad():
            self.say.weight.copy_(torch.cat([head.face.weight, head.box.weight]))
            self.say.bias.copy_(torch.cat([head.face.bias, head.box.bias]))

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        face, across, down, size = self.say(self.look(x)).split((1, 1, 1, 2), dim=1)
        rows, columns = face.shape[-2:]
        middle = torch.cat(
            [across.float() + _middles(columns, x), down.float() + _middles(rows, x)[:, None]], 1
        )
        half = torch.exp(size.float().clamp(max=LARGEST)) * (self.stride / 2)
        middle = middle * self.stride
        return torch.sigmoid(face).float(), torch.cat([middle - half, middle + half], 1)


def _middles(cells: int, like: Tensor) -> Tensor:
    """(cells,): where their middles are, in strides."""
    return torch.arange(cells, device=like.device, dtype=torch.float32) + 0.5


def _fused(detector: FaceDetector) -> FaceDetector:
    """Without batch normalisation; `detector` is changed."""
    for block in [module for module in detector.modules() if isinstance(module, Separable)]:
        block.mix, block.norm = fuse_conv_bn_eval(block.mix, block.norm), nn.Identity()
    first = detector.stem[0]
    first[0], first[1] = fuse_conv_bn_eval(first[0], first[1]), nn.Identity()
    return detector


def _take_pixels(first: nn.Conv2d) -> int:
    """Let the first convolution take 0..255. It is padded no more, for what it pads with is 0 before the
    step and not after it: the border that the picture needs instead is returned.
    """
    border = int(first.padding[0])
    with torch.no_grad():
        first.bias -= first.weight.sum((1, 2, 3))
        first.weight /= MIDDLE
    first.padding = (0, 0)
    return border
