"""The last minute, in few points however fast the frames come: each is the average of half a second."""

from __future__ import annotations

from collections import deque

import numpy as np
from msgspec import Struct
from msgspec.structs import astuple
from numpy.typing import NDArray

SECONDS = 60.0
STEP = 0.5
"""Seconds that one point stands for: a face that flickers is found for a part of them."""


class Moment(Struct, frozen=True):
    """What one frame gave, NaN where that is not known: finds of each, of both together, of anyone,
    labelled things, and the milliseconds of each."""

    first: float = np.nan
    second: float = np.nan
    both: float = np.nan
    anyone: float = np.nan
    labelled: float = np.nan
    first_milliseconds: float = np.nan
    second_milliseconds: float = np.nan


class History:
    """The frames of the last minute, by the second at which they were captured."""

    def __init__(self) -> None:
        self._steps: deque[_Step] = deque()

    def add(self, captured: float, moment: Moment) -> None:
        """A frame from before the newest one begins another history."""
        number = int(captured // STEP)
        if self._steps and number < self._steps[-1].number:
            self._steps.clear()
        if not self._steps or number > self._steps[-1].number:
            self._steps.append(_Step(number))
        self._steps[-1].add(moment)
        while self._steps[0].number <= number - SECONDS / STEP:
            self._steps.popleft()

    def averages(self) -> tuple[NDArray[np.float64], Averages]:
        """Seconds before the newest step, above -60 to 0, (n,), and the averages over each step, NaN
        where nothing is known."""
        sums = np.array([step.sums for step in self._steps])
        known = np.array([step.known for step in self._steps])
        x = np.array([step.number for step in self._steps], np.float64) - self._steps[-1].number
        y = np.divide(sums, known, out=np.full_like(sums, np.nan), where=known > 0)
        return x * STEP, Averages(*np.ascontiguousarray(y.T))


class Averages(Struct, frozen=True, eq=False):
    """The fields of a `Moment`, each (n,)."""

    first: NDArray[np.float64]
    second: NDArray[np.float64]
    both: NDArray[np.float64]
    anyone: NDArray[np.float64]
    labelled: NDArray[np.float64]
    first_milliseconds: NDArray[np.float64]
    second_milliseconds: NDArray[np.float64]


class _Step:
    """Sums over half a second: adding a frame costs the same after a minute as at the beginning."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.sums = np.zeros(len(Moment.__struct_fields__))
        self.known = np.zeros(len(Moment.__struct_fields__))

    def add(self, moment: Moment) -> None:
        values = np.array(astuple(moment), np.float64)
        known = np.isfinite(values)
        self.sums += np.where(known, values, 0.0)
        self.known += known
