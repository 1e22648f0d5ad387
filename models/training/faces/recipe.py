"""What a training depends on, and what comes of each of its epochs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from models.training.faces.measure import Precision

SIDES = (640, 320)
"""Long sides of the pictures that precision is measured on."""


class Recipe(Struct, frozen=True):
    """Everything that the result depends on, besides the pictures."""

    epochs: int
    seed: int = 1
    side: int = 320
    batch: int = 16
    """Samples a step, for each process."""
    crew: int = 1
    """How many processes."""
    peak: float = 2e-3
    """The highest learning rate; it rises to this in `warm_up` steps and falls in the last epochs."""
    warm_up: int = 500
    falling: float = 0.35
    """The share of the epochs, the last ones, in which the rate falls."""
    decay: float = 0.02
    box_weight: float = 2.0
    averaged: float = 0.998
    """How much of the averaged weights each step keeps."""
    teacher: str = ""
    """SHA-256 of the file of a detector that teaches, where there is one."""
    begun: str = ""
    """SHA-256 of the weights that it began with, where there were any."""
    mined_every: int = 5
    """Epochs after which what the network takes for faces is looked for anew, to be shown more often."""
    hint_weight: float = 1.0
    """How much it counts that the features are like the teacher's."""
    patience: int = 60
    """Epochs without a better figure on the validation pictures after which it ends early."""

    @property
    def peak_epochs(self) -> int:
        """Epochs before the rate begins to fall: until then nothing depends on how many there will be."""
        return self.epochs - round(self.epochs * self.falling)


class RecipeError(ValueError):
    """A checkpoint of another recipe; says what differs."""


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


def table(curve: Sequence[Epoch]) -> str:
    """The curve as CSV: a row an epoch, without figures where none were measured."""
    figures = [f"{name}@{side}" for side in SIDES for name in ("ap50", "ap30")]
    rows = [["epoch", "face loss", "box loss", "hint loss", *figures]]
    for epoch in curve:
        measured = [f"{value:.4f}" for precision in epoch.precisions for value in precision]
        losses = [f"{loss:.4f}" for loss in epoch.losses]
        rows.append([f"{epoch.number}", *losses] + (measured or [""] * len(figures)))
    return "\n".join(",".join(row) for row in rows) + "\n"
