"""What the training of a classifier depends on, and what comes of each of its epochs."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from models.training import recipe
from models.training.curve import as_csv


class Recipe(recipe.Recipe, frozen=True, kw_only=True):
    """Stochastic gradient descent with Nesterov's momentum."""

    momentum: float = 0.9
    smoothing: float = 0.0
    """The share of each label that is spread evenly over all classes."""


class Epoch(Struct, frozen=True):
    """What came of one epoch. `accuracy` is that of the averaged weights, 0 to 1; now and then."""

    number: int
    loss: float
    accuracy: float | None = None

    @property
    def merit(self) -> float | None:
        return self.accuracy

    @property
    def line(self) -> str:
        words = f"{self.number}  {self.loss:.4f}"
        return words if self.accuracy is None else f"{words}  {self.accuracy:.2%}"


def table(curve: Sequence[Epoch]) -> str:
    """A row an epoch, without an accuracy where it was not measured."""
    rows = [
        [f"{epoch.number}", f"{epoch.loss:.4f}", "" if epoch.accuracy is None else f"{epoch.accuracy:.4f}"]
        for epoch in curve
    ]
    return as_csv(["epoch", "loss", "accuracy"], rows)
