"""The last minute, in few points however fast the frames come: each is the average of half a second."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.text import Text

SECONDS = 60.0
STEP = 0.5
"""Seconds that one point stands for: a face that flickers is found for a part of them."""
AGO = Text("seconds before now", "今から何秒前か")


class Minute:
    """Figures of the frames of the last minute, by the second at which they were captured."""

    def __init__(self, figures: int) -> None:
        """`figures`: how many each frame has."""
        self._figures = figures
        self._steps: deque[_Step] = deque()

    def add(self, captured: float, values: Sequence[float]) -> None:
        """NaN is what is not known. A frame from before the newest one begins another minute."""
        number = int(captured // STEP)
        if self._steps and number < self._steps[-1].number:
            self._steps.clear()
        if not self._steps or number > self._steps[-1].number:
            self._steps.append(_Step(number, self._figures))
        self._steps[-1].add(np.array(values, np.float64))
        while self._steps[0].number <= number - SECONDS / STEP:
            self._steps.popleft()

    def averages(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Seconds before the newest step, above -60 to 0, (n,), and the averages over each step, NaN
        where nothing is known: (figures, n)."""
        sums = np.array([step.sums for step in self._steps])
        known = np.array([step.known for step in self._steps])
        x = np.array([step.number for step in self._steps], np.float64) - self._steps[-1].number
        y = np.divide(sums, known, out=np.full_like(sums, np.nan), where=known > 0)
        return x * STEP, np.ascontiguousarray(y.T)


class _Step:
    """Sums over half a second: adding a frame costs the same after a minute as at the beginning."""

    def __init__(self, number: int, figures: int) -> None:
        self.number = number
        self.sums = np.zeros(figures)
        self.known = np.zeros(figures)

    def add(self, values: NDArray[np.float64]) -> None:
        known = np.isfinite(values)
        self.sums += np.where(known, values, 0.0)
        self.known += known
