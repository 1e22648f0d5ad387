"""The training of the object network."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import torch

from models.networks.objects import ObjectNetwork
from models.training.classifiers import recipe as classifiers_recipe
from models.training.classifiers import run
from models.training.crew import Crew
from models.training.objects.augment import changed
from models.training.objects.mixing import mixed


class Recipe(classifiers_recipe.Recipe, frozen=True, kw_only=True):
    """Photographs are cut, disturbed and mixed."""

    epochs: int = 300
    side: int = 96
    """Of a cut in pixels. Cuts enlarge what they show by a third on average, so things are as large in them
    as in a whole picture of 128 px (H. Touvron et al., Fixing the train-test resolution discrepancy,
    2019)."""
    batch: int = 32
    peak: float = 0.08
    decay: float = 5e-4
    smoothing: float = 0.1


class Training(run.Training):
    """On cuts that are smaller than the pictures that it will see."""

    name = "objects"
    recipes = Recipe

    def __init__(self, data: Path, out: Path, recipe: Recipe, device: str = "cpu") -> None:
        torch.manual_seed(recipe.seed)
        changes = partial(changed, side=recipe.side), mixed
        super().__init__(ObjectNetwork(), changes, data, out, recipe, Crew(device))
