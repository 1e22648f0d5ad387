"""The training of a classifier."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from msgspec.structs import replace
from torch import nn
from torch.nn import functional

from models.classifiers import classifiers
from models.evaluation.examples import read_examples
from models.preparation import standardised
from models.training import training
from models.training.classifiers.batches import Batch, Changes, Epochs
from models.training.classifiers.recipe import Epoch, Recipe, table
from models.training.crew import Crew
from models.training.curve import tired_after

R = TypeVar("R", bound=Recipe)
AT_ONCE = 64
"""Pictures that are judged in one step."""


class Training(training.Training[R, Epoch, Batch]):
    """The rate falls early where no figure becomes better while it is level."""

    epochs = Epoch

    def __init__(
        self,
        network: nn.Module,
        data: Path,
        out: Path,
        recipe: R,
        crew: Crew,
    ) -> None:
        self._classifier = classifiers()[self.name]
        self._checked = read_examples(self._classifier, data, "val")
        self._epochs = Epochs(
            read_examples(self._classifier, data, "train"),
            self._classifier,
            recipe.batch,
            recipe.seed,
            crew,
        )
        super().__init__(network, replace(recipe, crew=crew.size), out, crew)
        self.average.eval()
        self._learns = [*self._network.parameters()]
        kernels = [part for part in self._learns if part.ndim > 1]
        others = [part for part in self._learns if part.ndim <= 1]
        self._optimiser = torch.optim.SGD(
            [{"params": kernels, "weight_decay": recipe.decay}, {"params": others, "weight_decay": 0.0}],
            lr=recipe.peak,
            momentum=recipe.momentum,
            nesterov=True,
        )
        self._go_on()

    @property
    def steps(self) -> int:
        return self._epochs.steps

    def _falls_after(self, recipe: R) -> int:
        level = [epoch for epoch in self.curve if epoch.number < recipe.peak_epochs]
        return tired_after(level, recipe.patience) or recipe.peak_epochs

    @property
    def _ends_after(self) -> int:
        return self._falls_after(self.recipe) + self.recipe.falling_epochs

    @abstractmethod
    def _changes(self, *, falls: bool) -> Changes:
        """What is done to the pictures, while the rate is level and while it falls."""

    def _batches(self, epoch: int) -> AbstractContextManager[Iterator[Batch]]:
        return self._epochs.of(epoch, self._changes(falls=epoch >= self._falls_after(self.recipe)))

    def _learn(self, batch: Batch, step: int) -> tuple[float]:
        pictures, shares = batch.tensors(self._crew.device)
        scores = self._network(pictures)
        loss = functional.cross_entropy(scores, shares, label_smoothing=self.recipe.smoothing)
        self._descend(loss, step)
        return (loss.item(),)

    def _epoch(self, losses: Sequence[float], *, due: bool) -> Epoch:
        self._agree()
        return Epoch(self.done, losses[0], self._measured() if due else None)

    def _agree(self) -> None:
        """What batch normalisation has seen is of each process's own pictures; here it becomes that of all:
        they judge, and go on after an interruption, with one network.
        """
        networks = (self._network, self.average)
        self._crew.average(
            part for network in networks for part in network.buffers() if part.is_floating_point()
        )

    def _measured(self) -> float:
        """The accuracy of the averaged weights; each process judges its share."""
        crew = self._crew
        places = np.arange(crew.rank, len(self._checked.classes), crew.size)
        right: dict[int, bool] = {}
        for first in range(0, len(places), AT_ONCE):
            some = places[first : first + AT_ONCE]
            given = torch.from_numpy(standardised(self._checked.pictures[some], self._classifier.picture))
            with torch.inference_mode():
                said = self.average(given.to(crew.device)).argmax(1).cpu().numpy()
            right |= dict(zip(some.tolist(), (said == self._checked.classes[some]).tolist(), strict=True))
        everybodys = crew.gather(right)
        return sum(everybodys.values()) / len(everybodys)

    def _table(self) -> str:
        return table(self.curve)
