"""What a classifier is shown in one epoch after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import NamedTuple

import numpy as np
import torch
from numpy.random import Generator
from numpy.typing import NDArray
from torch import Tensor

from models.classifiers import Classifier
from models.evaluation.examples import Examples
from models.preparation import Image, standardised
from models.training.ahead import made_ahead
from models.training.crew import Crew


class Batch(NamedTuple):
    """n pictures as the network takes them, and the share of each class in them."""

    pictures: NDArray[np.float32]
    """(n, channels, side, side)."""
    shares: NDArray[np.float32]
    """(n, classes); each row adds up to 1."""

    def tensors(self, device: torch.device) -> tuple[Tensor, Tensor]:
        pictures, shares = (torch.from_numpy(part).to(device) for part in self)
        return pictures.contiguous(memory_format=torch.channels_last), shares


class Changes(NamedTuple):
    """What is done to the pictures before the network sees them."""

    one: Callable[[Image, Generator], Image]
    """To each by itself, (side, side, channels) in the order of the network's colours."""
    all: Callable[[Batch, Generator], Batch]
    """To those of a batch with each other."""


class Epochs:
    """Batches of an epoch: the same for the same seed and number, whatever came before."""

    def __init__(self, examples: Examples, classifier: Classifier, batch: int, seed: int, crew: Crew) -> None:
        """`batch` samples a step for each process of the `crew`."""
        self._examples = examples
        self._classifier = classifier
        self._batch = batch
        self._seed = seed
        self._crew = crew
        self._rows = np.eye(len(classifier.classes), dtype=np.float32)

    @property
    def steps(self) -> int:
        """Batches in an epoch."""
        return max(1, len(self._examples.classes) // (self._batch * self._crew.size))

    def of(self, epoch: int, changes: Changes) -> AbstractContextManager[Iterator[Batch]]:
        """The batches of one epoch."""
        return made_ahead(self._batches(epoch, changes), self.steps)

    def _batches(self, epoch: int, changes: Changes) -> Iterator[Batch]:
        count = len(self._examples.classes)
        order = np.random.default_rng((self._seed, epoch)).permutation(count)
        order = np.resize(order, self.steps * self._batch * self._crew.size)  # again, where there are few
        for step in range(self.steps):
            first = (step * self._crew.size + self._crew.rank) * self._batch
            rng = np.random.default_rng((self._seed, epoch, first))
            yield self._made(order[first : first + self._batch], changes, rng)

    def _made(self, places: NDArray[np.intp], changes: Changes, rng: Generator) -> Batch:
        changed = np.stack([changes.one(self._examples.pictures[place], rng) for place in places])
        shares = self._rows[self._examples.classes[places]]
        return changes.all(Batch(standardised(changed, self._classifier.picture), shares), rng)
