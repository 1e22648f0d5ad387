"""What comes of each epoch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Epoch(Protocol):
    """A row of the curve."""

    @property
    def number(self) -> int:
        """From 1 on."""
        ...

    @property
    def merit(self) -> float | None:
        """How good the averaged weights are; the more the better. Nothing where they were not measured."""
        ...

    @property
    def line(self) -> str:
        """The figures as a person reads them while it trains."""
        ...


def tired_after(curve: Sequence[Epoch], patience: int) -> int | None:
    """The first epoch behind which there are `patience` without a better figure; nothing so far."""
    best: tuple[int, float] | None = None
    for epoch in curve:
        merit = epoch.merit
        if merit is not None and (best is None or merit > best[1]):
            best = epoch.number, merit
        if best is not None and epoch.number - best[0] >= patience:
            return epoch.number
    return None


def as_csv(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "".join(",".join(row) + "\n" for row in (head, *rows))
