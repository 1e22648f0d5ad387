"""What every training depends on, and when a checkpoint is of another one."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import asdict


class Recipe(Struct, frozen=True, kw_only=True):
    """Everything that the result depends on, besides the pictures; each network adds its own."""

    epochs: int
    seed: int = 1
    batch: int
    """Samples a step, for each process."""
    crew: int = 1
    """How many processes."""
    peak: float
    """The highest learning rate; it rises to this in `warm_up` steps and falls in the last epochs."""
    warm_up: int = 500
    falling: float = 0.35
    """The share of the epochs, the last ones, in which the rate falls."""
    decay: float
    averaged: float = 0.998
    """How much of the averaged weights each step keeps."""
    patience: int = 60
    """Epochs without a better figure on the validation pictures after which nobody waits on."""

    @property
    def peak_epochs(self) -> int:
        """Epochs before the rate begins to fall: until then nothing depends on how many there will be."""
        return self.epochs - self.falling_epochs

    @property
    def falling_epochs(self) -> int:
        return round(self.epochs * self.falling)


class RecipeError(ValueError):
    """A checkpoint of another recipe; says what differs."""


def difference(former: Recipe, now: Recipe) -> str:
    """What `former` says that `now` says otherwise; nothing where they are one recipe."""
    return ", ".join(
        f"{name} {value}" for name, value in asdict(former).items() if getattr(now, name) != value
    )
