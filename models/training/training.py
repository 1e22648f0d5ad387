"""The course of a training: the same result for the same seed, wherever it was interrupted."""

from __future__ import annotations

import copy
import logging
import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

import numpy as np
import torch
from msgspec import ValidationError, convert, to_builtins
from msgspec.json import encode
from msgspec.structs import replace
from safetensors.torch import save_file

from models.errors import ModelError
from models.networks.weights import BROKEN
from models.training.crew import Crew
from models.training.curve import Epoch, tired_after
from models.training.recipe import Recipe, RecipeError, difference

LARGEST_GRADIENT = 10.0
"""The length to which a longer gradient is cut."""
LOWEST = 0.02
"""The share of the highest learning rate at which it ends."""
R = TypeVar("R", bound=Recipe)
E = TypeVar("E", bound=Epoch)
B = TypeVar("B")


class Training(ABC, Generic[R, E, B]):
    """Goes on from the checkpoint in `out` where there is one of the same recipe.

    The number of epochs may be another one as long as the learning rate has not begun to fall in either.
    """

    name: ClassVar[str]
    """Of the network; the files are called after it."""
    recipes: ClassVar[type[Recipe]]
    epochs: ClassVar[type[Any]]
    """What comes of each epoch."""
    measure_every: ClassVar[int] = 4
    """Epochs."""

    def __init__(self, network: torch.nn.Module, recipe: R, out: Path, crew: Crew) -> None:
        """What a subclass adds is made after this, and then `_go_on` is called."""
        self.recipe = recipe
        self._out = out
        self._crew = crew
        self._network = network.to(crew.device, memory_format=torch.channels_last)
        self.average = copy.deepcopy(self._network)
        """The network with averaged weights: what is kept and shipped."""
        self._learns: list[torch.nn.Parameter] = []
        self._optimiser: torch.optim.Optimizer
        self.done = 0
        """Epochs that lie behind."""
        self.curve: list[E] = []
        """What came of each of them."""

    @property
    @abstractmethod
    def steps(self) -> int:
        """Of an epoch."""

    @property
    def leads(self) -> bool:
        """Whether this process speaks for all that train together."""
        return self._crew.leads

    def run(self, tick: Callable[[], object] = lambda: None) -> Iterator[E]:
        """Train what is left, saved after each epoch; `tick` is called after each step."""
        while not self._crew.tell(self.done >= self._ends_after):
            losses = self._train_one(tick)
            self.done += 1
            due = self.done % self.measure_every == 0 or self.done >= self._ends_after
            epoch = self._epoch(losses, due=due)
            self.curve.append(epoch)
            if self.leads:
                self._save()
            yield epoch
        self._crew.part()

    @abstractmethod
    def _batches(self, epoch: int) -> AbstractContextManager[Iterator[B]]:
        """Those of one epoch, counted from 0."""

    @abstractmethod
    def _learn(self, batch: B, step: int) -> Sequence[float]:
        """Go one step down; the losses."""

    @abstractmethod
    def _epoch(self, losses: Sequence[float], *, due: bool) -> E:
        """What came of the last epoch, whose mean losses these are; measured where that is `due`."""

    @abstractmethod
    def _table(self) -> str:
        """The curve as CSV."""

    def _more(self) -> dict[str, Any]:
        """What else is kept in the checkpoint."""
        return {}

    def _take_more(self, state: dict[str, Any]) -> None:
        """The same, when it comes back."""

    def _falls_after(self, recipe: R) -> int:
        """Epochs after which the learning rate begins to fall by this recipe."""
        return recipe.peak_epochs

    @property
    def _ends_after(self) -> int:
        """It ends early where no figure has become better for long."""
        return tired_after(self.curve, self.recipe.patience) or self.recipe.epochs

    def _train_one(self, tick: Callable[[], object]) -> list[float]:
        self._network.train()
        sums = np.zeros(1)
        with self._batches(self.done) as batches:
            for number, batch in enumerate(batches):
                sums = sums + self._learn(batch, self.done * self.steps + number)
                tick()
        means: list[float] = (sums / self.steps).tolist()
        return means

    def _descend(self, loss: Any, step: int) -> None:
        """Down the gradient of `loss`, together with the others."""
        for group in self._optimiser.param_groups:
            group["lr"] = self._rate(step)
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()
        self._crew.average(part.grad for part in self._learns if part.grad is not None)
        torch.nn.utils.clip_grad_norm_(self._learns, LARGEST_GRADIENT)
        self._optimiser.step()
        self._follow(step)

    def _rate(self, step: int) -> float:
        """Up in a line, level, and down in a line to a fiftieth (Hägele et al., Scaling laws and
        compute-optimal training beyond fixed training durations, 2024)."""
        if step < self.recipe.warm_up:
            return self.recipe.peak * (step + 1) / self.recipe.warm_up
        falls, ends = (after * self.steps for after in (self._falls_after(self.recipe), self._ends_after))
        left = (ends - step) / max(1, ends - falls)
        return self.recipe.peak * max(LOWEST, min(1.0, left))

    def _follow(self, step: int) -> None:
        """The average keeps less of itself at the beginning, when it is still of no use."""
        keep = min(self.recipe.averaged, (1 + step) / (10 + step))
        now = self._network.state_dict()
        with torch.no_grad():
            for name, mean in self.average.state_dict().items():
                if mean.dtype.is_floating_point:
                    mean.lerp_(now[name], 1 - keep)
                else:
                    mean.copy_(now[name])

    def _save(self) -> None:
        """The checkpoint, the averaged weights and the curve, each written beside and renamed: a kill at any
        moment leaves the former one or this one.
        """
        state: dict[str, Any] = {
            "recipe": to_builtins(self.recipe),
            "done": self.done,
            "curve": to_builtins(self.curve),
            "network": self._network.state_dict(),
            "average": self.average.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            **self._more(),
        }
        weights = {name: part.contiguous().cpu() for name, part in self.average.state_dict().items()}
        told = {"recipe": encode(self.recipe).decode()}
        self._replace("checkpoint", lambda fresh: torch.save(state, fresh))
        self._replace("safetensors", lambda fresh: save_file(weights, fresh, told))
        self._replace("csv", lambda fresh: fresh.write_text(self._table(), "utf-8"))

    def _replace(self, ending: str, write: Callable[[Path], object]) -> None:
        fresh = self._out / f"{self.name}.{ending}.new"
        write(fresh)
        os.replace(fresh, self._out / f"{self.name}.{ending}")

    def _go_on(self) -> None:
        """From the checkpoint, where there is one.

        Raises:
            RecipeError: it is of another recipe.
            ModelError: it is damaged, or another version of the program made it.
        """
        checkpoint = checkpoint_in(self._out, self.name)
        if not checkpoint.exists():
            return
        try:
            self._restore(torch.load(checkpoint, map_location=self._crew.device, weights_only=True))
        except (*BROKEN, ValidationError) as error:
            logging.getLogger(__name__).info("%s: %s", checkpoint, error)
            raise ModelError(
                f"{checkpoint.name} is damaged, or another version made it: take it away to begin anew.",
                f"{checkpoint.name} は壊れているか、別の版のものです。取り除くと最初から始められます。",
            ) from error

    def _restore(self, state: dict[str, Any]) -> None:
        former = convert(state["recipe"], type(self.recipe))
        self.curve = convert(state["curve"], list[self.epochs])  # type: ignore[name-defined]
        self.done = state["done"]
        if self.done <= min(self._falls_after(former), self._falls_after(self.recipe)):
            former = replace(former, epochs=self.recipe.epochs)
        if differs := difference(former, self.recipe):
            raise RecipeError(differs)
        self._network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self._optimiser.load_state_dict(state["optimiser"])
        self._take_more(state)


def checkpoint_in(out: Path, name: str) -> Path:
    """Where a training of the network `name` keeps what it goes on from."""
    return out / f"{name}.checkpoint"
