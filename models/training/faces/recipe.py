"""What a training of the face detector depends on, and what comes of each of its epochs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from models.training import recipe
from models.training.curve import as_csv
from models.training.faces.measure import Precision

SIDES = (640, 320)
"""Long sides of the pictures that precision is measured on."""


class Recipe(recipe.Recipe, frozen=True, kw_only=True):
    """AdamW on crops and mosaics."""

    epochs: int = 150
    side: int = 320
    batch: int = 16
    peak: float = 2e-3
    decay: float = 0.02
    box_weight: float = 2.0
    teacher: str = ""
    """SHA-256 of the file of a detector that teaches, where there is one."""
    begun: str = ""
    """SHA-256 of the weights that it began with, where there were any."""
    mined_every: int = 5
    """Epochs after which what the network takes for faces is looked for anew, to be shown more often."""
    hint_weight: float = 1.0
    """How much it counts that the features are like the teacher's."""


class Losses(NamedTuple):
    """Means over an epoch: of the face-ness, of the boxes, and of the features beside a teacher's."""

    face: float
    box: float
    hint: float


class Epoch(Struct, frozen=True):
    """What came of one epoch. `precisions` are of the averaged weights, for each of `SIDES`; now and then."""

    number: int
    losses: Losses
    precisions: tuple[Precision, ...] = ()

    @property
    def merit(self) -> float | None:
        return sum(map(sum, self.precisions)) if self.precisions else None

    @property
    def line(self) -> str:
        words = [f"{self.number}", *(f"{loss:.4f}" for loss in self.losses)]
        words += [f"AP50 {one.at_half:.3f} AP30 {one.at_third:.3f}" for one in self.precisions]
        return "  ".join(words)


def table(curve: Sequence[Epoch]) -> str:
    """A row an epoch, without figures where none were measured."""
    figures = [f"{name}@{side}" for side in SIDES for name in ("ap50", "ap30")]
    rows = []
    for epoch in curve:
        measured = [f"{value:.4f}" for precision in epoch.precisions for value in precision]
        losses = [f"{loss:.4f}" for loss in epoch.losses]
        rows.append([f"{epoch.number}", *losses] + (measured or [""] * len(figures)))
    return as_csv(["epoch", "face loss", "box loss", "hint loss", *figures], rows)
