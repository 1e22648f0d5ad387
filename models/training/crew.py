"""Several processes that train one network, each on its share of the pictures: `torchrun` starts them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeVar

import torch
import torch.distributed as together
from torch import Tensor

T = TypeVar("T")


class Crew:
    """All processes of one training. Alone, where `torchrun` started none."""

    def __init__(self, device: str) -> None:
        self.size = int(os.environ.get("WORLD_SIZE", "1"))
        self.rank = int(os.environ.get("RANK", "0"))
        self.device = torch.device(device)
        """What this one computes on: with several GPUs each process has its own."""
        if device == "cuda" and self.size > 1:
            self.device = torch.device("cuda", int(os.environ["LOCAL_RANK"]))
        if self.size > 1 and not together.is_initialized():
            together.init_process_group("nccl" if self.device.type == "cuda" else "gloo")

    @property
    def leads(self) -> bool:
        """One of them measures, saves and speaks."""
        return self.rank == 0

    def average(self, values: Iterable[Tensor]) -> None:
        """Give everybody the mean of what each has; in place."""
        if self.size == 1:
            return
        values = list(values)
        flat = torch.cat([value.reshape(-1) for value in values])
        together.all_reduce(flat)
        flat /= self.size
        for value, part in zip(values, flat.split([value.numel() for value in values]), strict=True):
            value.copy_(part.view_as(value))

    def gather(self, mine: dict[int, T]) -> dict[int, T]:
        """What each has, together."""
        if self.size == 1:
            return mine
        everybodys: list[dict[int, T]] = [{} for _process in range(self.size)]
        together.all_gather_object(everybodys, mine)
        return {place: value for one in everybodys for place, value in one.items()}

    def tell(self, verdict: bool) -> bool:
        """What the leader decided, said to all."""
        if self.size == 1:
            return verdict
        said = torch.tensor(float(verdict and self.leads), device=self.device)
        together.all_reduce(said)
        return bool(said.item())

    def part(self) -> None:
        """The training is over."""
        if self.size > 1 and together.is_initialized():
            together.destroy_process_group()
