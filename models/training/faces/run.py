"""The training of the face detector."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import torch
from msgspec.structs import replace

from models.evaluation.pictures import read_split
from models.networks.export import read_detector
from models.networks.face_detector import FaceDetector
from models.training import training
from models.training.crew import Crew
from models.training.faces.batches import Batch, Epochs
from models.training.faces.hints import Hints
from models.training.faces.measure import Precision, detect, precision
from models.training.faces.recipe import SIDES, Epoch, Losses, Recipe, table
from models.training.faces.targets import losses
from models.training.faces.teacher import Teacher, checksum

MINED_AT = 512
"""Long side of the pictures in which the network is asked for faces that are none."""


class Training(training.Training[Recipe, Epoch, Batch]):
    """By the labels and, where there is one, by a teacher, whose features are hints."""

    name = "face-detector"
    recipes = Recipe
    epochs = Epoch

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
        crew = Crew(device)
        self._checked = read_split(data, "val") if crew.leads else []
        self._epochs = Epochs(
            read_split(data, "train"),
            recipe.side,
            recipe.batch,
            recipe.seed,
            crew.rank,
            crew.size,
            Teacher(teacher) if teacher else None,
        )
        recipe = replace(
            recipe,
            crew=crew.size,
            teacher=checksum(teacher) if teacher else "",
            begun=checksum(begin) if begin else "",
        )
        super().__init__(read_detector(begin) if begin else FaceDetector(), recipe, out, crew)
        self._hints = Hints(self._network).to(crew.device)
        if crew.device.type == "cpu":
            _quicken(self._network, self._hints)
        self._learns = [*self._network.parameters(), *self._hints.parameters()]
        self._optimiser = torch.optim.AdamW(self._learns, lr=recipe.peak, weight_decay=recipe.decay)
        self._go_on()

    @property
    def steps(self) -> int:
        return self._epochs.steps

    def _batches(self, epoch: int) -> AbstractContextManager[Iterator[Batch]]:
        return self._epochs.of(epoch)

    def _train_one(self, tick: Callable[[], object]) -> list[float]:
        if (self.done and self.done % self.recipe.mined_every == 0) or (self.recipe.begun and self.done == 0):
            self._mine()
        return super()._train_one(tick)

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
        device = self._crew.device
        pictures = batch.pictures.to(device, memory_format=torch.channels_last).float() / 127.5 - 1
        with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
            scales = self._network(pictures)
        wanted = [one.to(device) for one in batch.wanted]
        face, box = losses(scales, wanted)
        hint = self._hints([scale.to(device) for scale in batch.features], wanted)
        self._descend(face + self.recipe.box_weight * box + self.recipe.hint_weight * hint, step)
        return Losses(face.item(), box.item(), hint.item())

    def _epoch(self, losses: Sequence[float], *, due: bool) -> Epoch:
        return Epoch(self.done, Losses(*losses), self._measured() if due and self.leads else ())

    def _measured(self) -> tuple[Precision, ...]:
        network = copy.deepcopy(self.average).cpu()
        return tuple(precision(network, self._checked, side) for side in SIDES)

    def _table(self) -> str:
        return table(self.curve)

    def _more(self) -> dict[str, Any]:
        lures = {place: torch.from_numpy(boxes) for place, boxes in self._epochs.lures.items()}
        return {"lures": lures, "hints": self._hints.state_dict()}

    def _take_more(self, state: dict[str, Any]) -> None:
        self._hints.load_state_dict(state["hints"])
        self._epochs.lures = {place: boxes.numpy() for place, boxes in state["lures"].items()}


def _quicken(*parts: torch.nn.Module) -> None:
    """A filter of one cell is the same however far apart its cells are said to be; for those that are said to
    be next to each other torch leaves oneDNN out where there is one thread and the batch is small.
    """
    for part in parts:
        for layer in part.modules():
            if isinstance(layer, torch.nn.Conv2d) and layer.kernel_size == (1, 1):
                layer.dilation = (2, 2)
