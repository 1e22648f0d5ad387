"""What the frames of the last minute gave."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from msgspec.structs import astuple
from numpy.typing import NDArray

from pipelines.minute import Minute


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


class Averages(Struct, frozen=True, eq=False):
    """The fields of a `Moment`, each (n,)."""

    first: NDArray[np.float64]
    second: NDArray[np.float64]
    both: NDArray[np.float64]
    anyone: NDArray[np.float64]
    labelled: NDArray[np.float64]
    first_milliseconds: NDArray[np.float64]
    second_milliseconds: NDArray[np.float64]


class History:
    """The moments of the last minute."""

    def __init__(self) -> None:
        self._minute = Minute(len(Moment.__struct_fields__))

    def add(self, captured: float, moment: Moment) -> None:
        self._minute.add(captured, astuple(moment))

    def averages(self) -> tuple[NDArray[np.float64], Averages]:
        """Seconds before now, (n,), and what was on average."""
        x, y = self._minute.averages()
        return x, Averages(*y)
