"""A torch module's layers on a device with a memory of its own: pictures go there from memory that the driver
may read by itself, and only what is looked at comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

import numpy as np
import torch
from torch import Tensor

from models.inspection.device_answers import Seen, can_be_seen, seen_of
from models.inspection.maps import Values
from models.inspection.network import Look
from models.inspection.replay import recorded
from models.runtimes.device import Device


class Heard(NamedTuple):
    """What came of one pass, on the device; `said` is without the batch."""

    outputs: dict[str, Tensor]
    said: dict[str, Tensor]
    given: dict[str, Tensor]
    """What the layers looked at whose numbers are wanted."""


class There(NamedTuple):
    outputs: dict[str, Tensor]
    seen: list[Seen]
    others: dict[str, Tensor]
    """What is put in order in the main memory."""
    given: dict[str, Tensor]


Pass: TypeAlias = Callable[[Tensor, Mapping[str, Look]], Heard]


class TorchDevice:
    """What somebody looks at for more than one picture is recorded, where the device can."""

    def __init__(self, device: Device, hear: Pass, kind: torch.dtype) -> None:
        """`hear` takes a picture through the module, which computes with this `kind` of numbers."""
        self._device = device
        self._hear = hear
        self._kind = kind
        self._here: Tensor | None = None
        self._last: tuple[dict[str, Look], torch.Size] | None = None
        self._replay: Callable[[Tensor], There] | None = None

    @property
    def _is_cuda(self) -> bool:
        return self._device.provider.startswith("cuda")

    def entered(self, values: Values) -> Tensor:
        """On the device, in the precision that it computes in."""
        if not self._is_cuda:
            return torch.from_numpy(values).to(self._device.provider, self._kind)
        if self._here is None or self._here.shape != values.shape:
            self._here = torch.empty(values.shape, pin_memory=True)
        np.copyto(self._here.numpy(), values)
        return self._here.to(self._device.provider, non_blocking=True).to(self._kind)

    def through(self, values: Values, looks: Mapping[str, Look]) -> There:
        given = self.entered(values)
        now = (dict(looks), given.shape)

        def work(picture: Tensor) -> There:
            return self._there(picture, looks)

        if now != self._last:
            self._last, self._replay = now, None
            return work(given)
        if self._replay is None:
            self._replay = recorded(work, given) if self._is_cuda else work
        return self._replay(given)

    def close(self) -> None:
        self._last = self._replay = self._here = None

    def _there(self, picture: Tensor, looks: Mapping[str, Look]) -> There:
        outputs, said, given = self._hear(picture, looks)
        plain = {name: one for name, one in said.items() if can_be_seen(tuple(one.shape))}
        others = {name: one for name, one in said.items() if name not in plain}
        return There(outputs, seen_of(plain, looks), others, given)
