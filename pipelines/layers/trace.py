"""What a network took the picture for over the last minute: the surest classes as curves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.text import Text
from pipelines.layers.curves import CURVES
from pipelines.layers.scores import title_of
from pipelines.minute import AGO, SECONDS, Minute
from pipelines.result import Curve, Plot, Role

ROLES: tuple[Role, ...] = ("first", "second", "soft")
"""So many curves can be told apart at a glance."""


class ScoreTrace:
    """Of one network; a class keeps its colour as long as it is among the surest."""

    def __init__(self) -> None:
        self._minute = Minute(0)
        self._classes = 0
        self._shown: list[int] = []

    def add(self, captured: float, share: NDArray[np.float64]) -> None:
        """(n,) of one picture; another n is another network, which begins anew."""
        if len(share) != self._classes:
            self._minute, self._classes, self._shown = Minute(len(share)), len(share), []
        self._minute.add(captured, (100 * share).tolist())

    def plot(self, titles: Sequence[Text]) -> Plot:
        """The classes that were surest on average; `titles` of all classes, or none."""
        x, shares = self._minute.averages()
        known = len(titles) == self._classes
        curves = [
            Curve(title_of(number, titles if known else ()), x, shares[number], role)
            for number, role in zip(self._surest(shares.mean(1)), ROLES, strict=False)
        ]
        return Plot(CURVES["scores"], AGO, tuple(curves), (-SECONDS, 0.0))

    def _surest(self, average: NDArray[np.float64]) -> list[int]:
        """In the places that they had; who comes anew takes the place of who goes."""
        best = np.argsort(-average, kind="stable")[: len(ROLES)].tolist()
        fresh = [number for number in best if number not in self._shown]
        kept = [number if number in best else fresh.pop(0) for number in self._shown]
        self._shown = [*kept, *fresh]
        return self._shown
