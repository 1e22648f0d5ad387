"""A loaded network behind a runtime: what both of them promise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models.runtimes.device import Device

Picture = NDArray[np.uint8]
"""(h, w, 3) BGR."""
Values = NDArray[np.float32]


class Intake(Struct, frozen=True):
    """How the levels of a picture become a network's input (1, 3, h, w): (level - mean) * factor."""

    mean: float = 0.0
    factor: float = 1.0
    rgb: bool = False


class Tensor(NamedTuple):
    """An input or output of a network; a side of any length is `None`."""

    name: str
    shape: tuple[int | None, ...]


class Signature(NamedTuple):
    """What goes into a network and what comes out of it."""

    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]

    def __str__(self) -> str:
        return f"{_listed(self.inputs)} → {_listed(self.outputs)}"


class Network(Protocol):
    """Used from one thread at a time."""

    @property
    def device(self) -> Device:
        """Where it really computes."""
        ...

    @property
    def half(self) -> bool:
        """Whether it computes in half precision."""
        ...

    def values(self, picture: Picture) -> Any:
        """The picture as `run` takes it, on the device where it computes; good until the next call."""
        ...

    def run(self, values: Any) -> Mapping[str, Values]:
        """Every output by name. What lies on a device is copied from there when it is asked for, so that
        nothing is copied that nobody looks at; to be asked for before the next run."""
        ...

    def close(self) -> None:
        """Let go of it; may be called twice."""
        ...


class Fetched(Mapping[str, Values]):
    """Outputs that are fetched when they are first looked at."""

    def __init__(self, fetch: Mapping[str, Callable[[], Values]]) -> None:
        self._fetch = fetch
        self._here: dict[str, Values] = {}

    def __getitem__(self, name: str) -> Values:
        if name not in self._here:
            self._here[name] = self._fetch[name]()
        return self._here[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fetch)

    def __len__(self) -> int:
        return len(self._fetch)


def _listed(tensors: tuple[Tensor, ...]) -> str:
    return ", ".join(f"{name} ({' × '.join(str(n or '?') for n in shape)})" for name, shape in tensors)
