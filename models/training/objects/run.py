"""The training of the object network."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import torch

from models.networks.objects import ObjectNetwork
from models.training.classifiers import recipe as classifiers_recipe
from models.training.classifiers import run
from models.training.classifiers.batches import Changes
from models.training.crew import Crew
from models.training.objects.augment import changed
from models.training.objects.mixing import mixed


class Recipe(classifiers_recipe.Recipe, frozen=True, kw_only=True):
    """Photographs are cut, disturbed and mixed.

    Cuts enlarge what they show by a third on average, so cuts of 96 px show things as large as a whole
    picture of 128 px does (H. Touvron et al., "Fixing the train-test resolution discrepancy", 2019). They are
    smaller first, which saves time, and larger at last (M. Tan and Q. Le, "EfficientNetV2", 2021).
    """

    epochs: int = 84
    side: int = 80
    """Of a cut in pixels, while the rate is level."""
    last_side: int = 96
    """The same while it falls."""
    batch: int = 32
    peak: float = 0.08
    decay: float = 5e-4
    smoothing: float = 0.1


class Training(run.Training[Recipe]):
    """On cuts that are smaller than the pictures that it will see."""

    name = "objects"
    recipes = Recipe

    def __init__(self, data: Path, out: Path, recipe: Recipe, device: str = "cpu") -> None:
        torch.manual_seed(recipe.seed)
        super().__init__(ObjectNetwork(), data, out, recipe, Crew(device))

    def _changes(self, *, falls: bool) -> Changes:
        side = self.recipe.last_side if falls else self.recipe.side
        return Changes(partial(changed, side=side), mixed)
