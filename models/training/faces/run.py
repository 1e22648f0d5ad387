"""The training of the face detector: the same result for the same seed, wherever it was interrupted."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from msgspec import convert, to_builtins
from msgspec.json import encode
from msgspec.structs import asdict, replace
from safetensors.torch import save_file

from models.evaluation.pictures import read_split
from models.networks.export import read_detector
from models.networks.face_detector import FaceDetector
from models.training.faces.batches import Batch, Epochs
from models.training.faces.crew import Crew
from models.training.faces.hints import Hints
from models.training.faces.measure import Precision, detect, precision
from models.training.faces.recipe import SIDES, Epoch, Losses, Recipe, RecipeError, table
from models.training.faces.targets import losses
from models.training.faces.teacher import Teacher, checksum

CHECKPOINT = "face-detector.checkpoint"
WEIGHTS = "face-detector.safetensors"
CURVE = "face-detector.csv"
MEASURE_EVERY = 4
"""Epochs."""
MINED_AT = 512
"""Long side of the pictures in which the network is asked for faces that are none."""


class Training:
    """Goes on from the checkpoint in `out` where there is one of the same recipe.

    The number of epochs may be another one as long as the learning rate has not begun to fall in either.
    """

    def __init__(
        self,
        data: Path,
        out: Path,
        recipe: Recipe,
        device: str = "cpu",
        *,
        teacher: Path | None = None,
        begin: Path | None = None,
    ) -> None:
        """`teacher` is an ONNX file of YuNet's layout, `begin` weights as safetensors to begin with."""
        torch.manual_seed(recipe.seed)
        self._crew = Crew(device)
        self.recipe = replace(
            recipe,
            crew=self._crew.size,
            teacher=checksum(teacher) if teacher else "",
            begun=checksum(begin) if begin else "",
        )
        self._device = self._crew.device
        self._out = out
        self._checked = read_split(data, "val") if self._crew.leads else []
        self._epochs = Epochs(
            read_split(data, "train"),
            recipe.side,
            recipe.batch,
            recipe.seed,
            self._crew.rank,
            self._crew.size,
            Teacher(teacher) if teacher else None,
        )
        network = read_detector(begin) if begin else FaceDetector()
        self._network = network.to(self._device, memory_format=torch.channels_last)
        self.average = copy.deepcopy(self._network)
        """The network with averaged weights: what is kept and shipped."""
        self._hints = Hints(self._network).to(self._device)
        if self._device.type == "cpu":
            _quicken(self._network, self._hints)
        self._learns = [*self._network.parameters(), *self._hints.parameters()]
        self._optimiser = torch.optim.AdamW(self._learns, lr=recipe.peak, weight_decay=recipe.decay)
        self.done = 0
        """Epochs that lie behind."""
        self.curve: list[Epoch] = []
        """What came of each of them."""
        if (out / CHECKPOINT).exists():
            self._restore(torch.load(out / CHECKPOINT, map_location=self._device, weights_only=True))

    @property
    def steps(self) -> int:
        """Of an epoch."""
        return self._epochs.steps

    @property
    def leads(self) -> bool:
        """Whether this process speaks for all that train together."""
        return self._crew.leads

    def run(self, tick: Callable[[], object] = lambda: None) -> Iterator[Epoch]:
        """Train what is left, saved after each epoch; `tick` is called after each step."""
        while self.done < self.recipe.epochs and not self._crew.tell(self._is_tired()):
            means = self._train_one(tick)
            self.done += 1
            due = self.done % MEASURE_EVERY == 0 or self.done == self.recipe.epochs
            epoch = Epoch(self.done, means, self._measured() if due and self.leads else ())
            self.curve.append(epoch)
            if self.leads:
                self._save()
            yield epoch
        self._crew.part()

    def _is_tired(self) -> bool:
        """No figure has become better for long, although the rate has not begun to fall."""
        measured = [epoch for epoch in self.curve if epoch.precisions]
        if not measured:
            return False
        best = max(measured, key=lambda epoch: sum(map(sum, epoch.precisions)))  # the first of equals
        return self.done - best.number >= self.recipe.patience

    def _train_one(self, tick: Callable[[], object]) -> Losses:
        if (self.done and self.done % self.recipe.mined_every == 0) or (self.recipe.begun and self.done == 0):
            self._mine()
        self._network.train()
        sums = np.zeros(3)
        with self._epochs.of(self.done) as batches:
            for number, batch in enumerate(batches):
                sums += self._learn(batch, self.done * self.steps + number)
                tick()
        return Losses(*(sums / self.steps).tolist())

    def _mine(self) -> None:
        """Look for what the network, as it is, takes for faces in the training pictures.

        Sources: K.-K. Sung and T. Poggio, "Example-based learning for view-based human face detection",
        AI memo 1521, MIT (1994); H. Rowley et al., "Neural network-based face detection", PAMI 20 (1998).
        """
        network = copy.deepcopy(self.average).cpu()
        network.eval()
        mined = self._epochs.mine(lambda image: detect(network, image, MINED_AT))
        self._epochs.lures = dict(sorted(self._crew.gather(mined).items()))

    def _learn(self, batch: Batch, step: int) -> Losses:
        for group in self._optimiser.param_groups:
            group["lr"] = self._rate(step)
        pictures = batch.pictures.to(self._device, memory_format=torch.channels_last).float() / 127.5 - 1
        with torch.autocast(self._device.type, torch.bfloat16, enabled=self._device.type == "cuda"):
            scales = self._network(pictures)
        wanted = [one.to(self._device) for one in batch.wanted]
        face, box = losses(scales, wanted)
        hint = self._hints([scale.to(self._device) for scale in batch.features], wanted)
        self._optimiser.zero_grad(set_to_none=True)
        (face + self.recipe.box_weight * box + self.recipe.hint_weight * hint).backward()
        self._crew.average(part.grad for part in self._learns if part.grad is not None)
        torch.nn.utils.clip_grad_norm_(self._learns, 10.0)
        self._optimiser.step()
        self._follow(step)
        return Losses(face.item(), box.item(), hint.item())

    def _rate(self, step: int) -> float:
        """Up in a line, level, and down in a line to a fiftieth (Hägele et al., Scaling laws and
        compute-optimal training beyond fixed training durations, 2024)."""
        if step < self.recipe.warm_up:
            return self.recipe.peak * (step + 1) / self.recipe.warm_up
        falls = self.recipe.peak_epochs * self.steps
        left = (self.recipe.epochs * self.steps - step) / max(1, self.recipe.epochs * self.steps - falls)
        return self.recipe.peak * max(0.02, min(1.0, left))

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

    def _measured(self) -> tuple[Precision, ...]:
        network = copy.deepcopy(self.average).cpu()
        return tuple(precision(network, self._checked, side) for side in SIDES)

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
            "lures": {place: torch.from_numpy(boxes) for place, boxes in self._epochs.lures.items()},
            "hints": self._hints.state_dict(),
            "optimiser": self._optimiser.state_dict(),
        }
        self._replace(CHECKPOINT, lambda fresh: torch.save(state, fresh))
        weights = {name: part.contiguous().cpu() for name, part in self.average.state_dict().items()}
        self._replace(
            WEIGHTS, lambda fresh: save_file(weights, fresh, {"recipe": encode(self.recipe).decode()})
        )
        self._replace(CURVE, lambda fresh: fresh.write_text(table(self.curve), "utf-8"))

    def _replace(self, name: str, write: Callable[[Path], object]) -> None:
        fresh = self._out / f"{name}.new"
        write(fresh)
        os.replace(fresh, self._out / name)

    def _restore(self, state: dict[str, Any]) -> None:
        former = convert(state["recipe"], Recipe)
        self.done = state["done"]
        if self.done <= min(former.peak_epochs, self.recipe.peak_epochs):
            former = replace(former, epochs=self.recipe.epochs)
        differs = [
            f"{name} {value}" for name, value in asdict(former).items() if getattr(self.recipe, name) != value
        ]
        if differs:
            raise RecipeError(", ".join(differs))
        self.curve = convert(state["curve"], list[Epoch])
        self._network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self._hints.load_state_dict(state["hints"])
        self._epochs.lures = {place: boxes.numpy() for place, boxes in state["lures"].items()}
        self._optimiser.load_state_dict(state["optimiser"])


def _quicken(*parts: torch.nn.Module) -> None:
    """A filter of one cell is the same however far apart its cells are said to be; for those that are said to
    be next to each other torch leaves oneDNN out where there is one thread and the batch is small.
    """
    for part in parts:
        for layer in part.modules():
            if isinstance(layer, torch.nn.Conv2d) and layer.kernel_size == (1, 1):
                layer.dilation = (2, 2)
