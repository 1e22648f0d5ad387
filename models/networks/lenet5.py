"""LeNet-5 for digits, layer by layer as in 1998.

Source: Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, "Gradient-based learning applied to document
recognition", Proc. IEEE 86, 2278-2324 (1998), section II.B and appendix A.

It differs in its last layer only. In the paper ten units with Euclidean radial basis functions compare F6
with pictures of the characters, 7 × 12 pixels drawn by hand, which are not learnt: made so that confusable
characters of all of ASCII get similar codes, and so that something that is no character can be refused. For
ten digits neither is needed, so here are ten plain linear units, read through a softmax. Of 60,850 parameters
the 60,000 before them are the paper's.
"""

from __future__ import annotations

from collections import OrderedDict

import torch
from torch import Tensor, nn
from torch.nn import functional

CLASSES = 10
TABLE = (
    *((0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5), (0, 4, 5), (0, 1, 5)),
    *((0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (0, 3, 4, 5), (0, 1, 4, 5), (0, 1, 2, 5)),
    *((0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5), (0, 1, 2, 3, 4, 5)),
)
"""Which maps of S2 each of the 16 maps of C3 looks at: table I of the paper. It breaks the symmetry, so that
maps come to hold different things, and it saves connections."""
AMPLITUDE, SLOPE = 1.7159, 2 / 3


class LeNet5(nn.Sequential):
    """Input: (n, 1, 32, 32), the ground -0.1 and the stroke 1.175. Output: the scores (n, 10) before the
    softmax."""

    def __init__(self) -> None:
        layers: list[tuple[str, nn.Module]] = [  #    (n, 1, 32, 32)
            ("c1", nn.Conv2d(1, 6, 5)),  #             (n, 6, 28, 28)
            ("squash1", Squash()),
            ("s2", Subsampling(6)),  #                 (n, 6, 14, 14)
            ("squash2", Squash()),
            ("c3", TableConvolution(TABLE, 6, 5)),  # (n, 16, 10, 10)
            ("squash3", Squash()),
            ("s4", Subsampling(16)),  #                (n, 16, 5, 5)
            ("squash4", Squash()),
            ("c5", nn.Conv2d(16, 120, 5)),  #          (n, 120, 1, 1)
            ("squash5", Squash()),
            ("row", nn.Flatten()),  #                  (n, 120)
            ("f6", nn.Linear(120, 84)),  #             (n, 84)
            ("squash6", Squash()),
            ("scores", nn.Linear(84, CLASSES)),  #     (n, 10)
        ]
        super().__init__(OrderedDict(layers))
        for layer in self:
            if isinstance(layer, nn.Conv2d | nn.Linear):
                _begin(layer)


class Squash(nn.Module):
    """1.7159 tanh(2x / 3): 1 stays 1 and -1 stays -1, and about them it is most curved."""

    def forward(self, x: Tensor) -> Tensor:
        return AMPLITUDE * torch.tanh(SLOPE * x)


class Subsampling(nn.Module):
    """The sum of 2 × 2 units times a coefficient plus a bias, both learnt, one of each for a map."""

    def __init__(self, maps: int) -> None:
        super().__init__()
        self.coefficient = nn.Parameter(torch.full((maps,), 1 / 4))
        self.bias = nn.Parameter(torch.zeros(maps))

    def forward(self, x: Tensor) -> Tensor:
        mean = functional.avg_pool2d(x, 2)
        return mean * (4 * self.coefficient)[:, None, None] + self.bias[:, None, None]


class TableConvolution(nn.Conv2d):
    """A convolution each of whose maps looks at the maps that the table names. Weights (maps, channels, size,
    size) of the others are there, and are 0."""

    def __init__(self, table: tuple[tuple[int, ...], ...], channels: int, size: int) -> None:
        connected = torch.zeros(len(table), channels, 1, 1)
        for made, seen in enumerate(table):
            connected[made, list(seen)] = 1
        super().__init__(channels, len(table), size)
        self.register_buffer("connected", connected, persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        return functional.conv2d(x, self.weight * self.connected, self.bias)


def _begin(layer: nn.Conv2d | nn.Linear) -> None:
    """Weights of a standard deviation of 1 over the root of their unit's inputs, so that signals stay as
    strong as they are (Y. LeCun et al., "Efficient backprop", 1998). The paper's weaker ones are for step
    sizes that are found for each weight by itself.
    """
    with torch.no_grad():
        layer.weight.uniform_(-(3**0.5), 3**0.5)
        if isinstance(layer, TableConvolution):
            layer.weight *= layer.connected
        inputs = (layer.weight != 0).flatten(1).sum(1)
        layer.weight /= inputs.sqrt().view(-1, *[1] * (layer.weight.dim() - 1))
        layer.bias.zero_()
