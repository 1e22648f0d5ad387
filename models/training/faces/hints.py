"""The network's last features are asked to hold what a teacher's hold.

Source: A. Romero et al., "FitNets: hints for thin deep nets", ICLR (2015).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import torch
from torch import Tensor, nn

from models.networks.face_detector import FaceDetector
from models.training.faces.targets import Wanted
from models.training.faces.teacher import CHANNELS

GROUND = 0.1
"""How much a cell without a face counts beside one with a face, of which there are few."""


class Hints(nn.Module):
    """Reads the teacher's features from the network's; only the training needs it."""

    def __init__(self, network: FaceDetector) -> None:
        super().__init__()
        self.read = nn.ModuleList(nn.Conv2d(head.face.in_channels, CHANNELS, 1) for head in network.heads)
        for read in self.read:
            nn.init.zeros_(read.weight)  # or the first steps would be for these alone
        self._seen: list[Tensor] = [torch.empty(0) for _head in network.heads]
        for scale, head in enumerate(network.heads):
            head.look.register_forward_hook(partial(self._keep, scale))

    def _keep(self, scale: int, _layer: nn.Module, _given: object, seen: Tensor) -> None:
        self._seen[scale] = seen

    def forward(self, features: Sequence[Tensor], wanted: Sequence[Wanted]) -> Tensor:
        """How far what was last looked at is from the teacher's `features`, as a share of what those vary.

        (n, CHANNELS, rows, columns) for each scale; nothing is far where there is no teacher.
        """
        total = self._seen[0].new_zeros(())
        if not features:
            return total
        sure = torch.stack([one.taught.faces for one in wanted if one.taught])
        shapes = [scale.shape[-2:] for scale in features]
        for number, faces in enumerate(sure.split([shape.numel() for shape in shapes], 1)):
            weight = GROUND + faces.unflatten(1, shapes[number])
            theirs = features[number]
            ours = self.read[number](self._seen[number].float())
            away = ((ours - theirs) ** 2).mean(1) / theirs.var().clamp(min=1e-6)
            total = total + (away * weight).sum() / weight.sum()
        return total / len(features)
