"""The training of LeNet-5."""

from __future__ import annotations

from pathlib import Path

import torch
from numpy.random import Generator

from models.networks.lenet5 import LeNet5
from models.training.classifiers import recipe as classifiers_recipe
from models.training.classifiers import run
from models.training.classifiers.batches import Batch, Changes
from models.training.crew import Crew
from models.training.digits.distort import distorted


class Recipe(classifiers_recipe.Recipe, frozen=True, kw_only=True):
    """The paper saw all digits 20 times, and at last distorted ones too."""

    epochs: int = 20
    batch: int = 64
    peak: float = 0.03
    warm_up: int = 100
    falling: float = 0.5
    decay: float = 1e-4
    smoothing: float = 0.02
    patience: int = 12


class Training(run.Training[Recipe]):
    """Judged by digits that are neither learnt nor those of the test."""

    name = "lenet-5"
    recipes = Recipe
    measure_every = 1

    def __init__(self, data: Path, out: Path, recipe: Recipe, device: str = "cpu") -> None:
        torch.manual_seed(recipe.seed)
        super().__init__(LeNet5(), data, out, recipe, Crew(device))

    def _changes(self, *, falls: bool) -> Changes:
        return Changes(distorted, _alone)


def _alone(batch: Batch, _rng: Generator) -> Batch:
    """A digit is not mixed with another."""
    return batch
