"""What a layer did with a picture, in figures."""

from __future__ import annotations

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models.inspection.maps import Values

BINS = 48
LARGEST = float(np.finfo(np.float32).max)
Histogram = NDArray[np.float32]


class Activity(Struct, frozen=True, eq=False):
    """Of n maps; what is no finite number counts as 0 everywhere else."""

    means: NDArray[np.float32]
    """(n,)."""
    lowest: NDArray[np.float32]
    """(n,)."""
    highest: NDArray[np.float32]
    """(n,)."""
    active: float
    """The share of units above 0."""
    strange: int
    """How many values are infinite or no numbers."""

    @property
    def mean(self) -> float:
        return float(self.means.mean(dtype=np.float64))

    @property
    def minimum(self) -> float:
        return float(self.lowest.min())

    @property
    def maximum(self) -> float:
        return float(self.highest.max())

    @property
    def strongest(self) -> NDArray[np.float32]:
        """(n,): of each map the answer that is farthest from 0, with its sign."""
        return np.where(self.highest >= -self.lowest, self.highest, self.lowest)

    @property
    def signed(self) -> bool:
        """Whether it answers below 0 as well."""
        return self.minimum < 0


def finite(maps: Values) -> tuple[Values, int]:
    """The maps with 0 for what is no finite number, and how many such values there were.

    A sum is finite where all that was added is; so the values themselves are looked at only where it is not.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        if np.isfinite(maps.sum(dtype=np.float64)):
            return maps, 0
    good = np.isfinite(maps)
    return np.where(good, maps, np.float32(0)), int(maps.size - np.count_nonzero(good))


def activity_of(maps: Values, strange: int = 0) -> Activity:
    """Of (n, rows, columns) finite maps."""
    rows = np.ascontiguousarray(maps).reshape(len(maps), -1)
    return Activity(
        _means(rows),
        rows.min(1),
        rows.max(1),
        float(np.count_nonzero(rows > 0)) / rows.size,
        strange,
    )


def _means(rows: Values) -> NDArray[np.float32]:
    """In double precision only where the sums are too large for single."""
    with np.errstate(over="ignore", invalid="ignore"):
        means = rows.mean(1, dtype=np.float32)
    return means if np.isfinite(means).all() else rows.mean(1, dtype=np.float64).astype(np.float32)


def histogram_of(maps: Values, low: float, high: float) -> Histogram:
    """(BINS,): the share of units in each of as many even steps from `low` to `high`; all are in the first
    where the two are one."""
    if high <= low:
        return np.eye(1, BINS, dtype=np.float32)[0]
    flat = np.ascontiguousarray(maps, np.float32).reshape(1, -1)
    beyond = min(float(np.nextafter(np.float32(high), np.float32(np.inf))), LARGEST)
    counts = cv2.calcHist([flat], [0], None, [BINS], [low, beyond])
    return (counts.reshape(-1) / flat.size).astype(np.float32)
