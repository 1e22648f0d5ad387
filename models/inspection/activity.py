"""What a layer did with a picture, in figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models.inspection.maps import Values

BINS = 48
FINEST = 1e-30
"""What is no wider cannot be stretched to bytes in single precision."""
LARGEST = float(np.finfo(np.float32).max)
Histogram = NDArray[np.float32]
NEAR = 16.0
"""How many times the width of its range a number may be away from 0, for bytes to count it."""


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
    """The maps with 0 for what is no finite number, and how many such values there were."""
    good = np.isfinite(maps)
    return np.where(good, maps, np.float32(0)), int(maps.size - np.count_nonzero(good))


def activity_of(maps: Values, strange: int = 0) -> Activity:
    """Of (n, rows, columns) maps. Where some are not finite, neither are the means."""
    rows = np.ascontiguousarray(maps).reshape(len(maps), -1)
    (activity,) = activities_of(rows, (len(maps),), strange)
    return activity


def activities_of(rows: Values, counts: Sequence[int], strange: int = 0) -> list[Activity]:
    """Of several layers with maps of one size: `rows` is (n, units of a map), one layer's after another's,
    and `counts` says how many maps are of each.

    OpenCV reduces rows several times as fast as NumPy, above all the short ones of deep layers.
    """
    means = (_reduced(rows, cv2.REDUCE_SUM, cv2.CV_32F) / rows.shape[1]).astype(np.float32, copy=False)
    if not np.isfinite(means).all():  # a sum may be too large for 32 bits where its mean is not
        means = (_reduced(rows, cv2.REDUCE_SUM, cv2.CV_64F) / rows.shape[1]).astype(np.float32)
    lowest, highest = (_reduced(rows, how, cv2.CV_32F) for how in (cv2.REDUCE_MIN, cv2.REDUCE_MAX))
    active = rows > 0
    found, first = [], 0
    for count in counts:
        own = slice(first, first + count)
        share = np.count_nonzero(active[own]) / (count * rows.shape[1])
        found.append(Activity(means[own], lowest[own], highest[own], share, strange))
        first += count
    return found


def histogram_of(maps: Values, low: float, high: float) -> Histogram:
    """(BINS,): the share of units in each of as many even steps from `low` to `high`; all are in the first
    where the two are one."""
    if high <= low:
        return np.eye(1, BINS, dtype=np.float32).reshape(-1)
    flat = np.ascontiguousarray(maps, np.float32).reshape(1, -1)
    if max(abs(low), abs(high), FINEST) <= NEAR * (high - low):
        return _quickly_counted(flat, low, high)
    beyond = min(float(np.nextafter(np.float32(high), np.float32(np.inf))), LARGEST)
    counts = cv2.calcHist([flat], [0], None, [BINS], [low, beyond])
    return (counts.reshape(-1) / flat.size).astype(np.float32)


def _quickly_counted(flat: Values, low: float, high: float) -> Histogram:
    """Through bytes, which are counted several times as fast as numbers; they hold a step exactly where 0 is
    not far beyond the range."""
    steps = BINS / (high - low)
    at = np.asarray(cv2.convertScaleAbs(flat, alpha=steps, beta=-low * steps - 0.5), np.uint8)
    counts = cv2.calcHist([at], [0], None, [BINS + 1], [0, BINS + 1]).reshape(-1)
    counts[BINS - 1] += counts[BINS]
    return (counts[:BINS] / flat.size).astype(np.float32)


def _reduced(rows: Values, how: int, kind: int) -> NDArray[Any]:
    """(n,): one number for each of (n, m)."""
    return np.asarray(cv2.reduce(rows, 1, how, dtype=kind)).reshape(-1)
