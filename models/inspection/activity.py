"""What a layer did with a picture, in figures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models.inspection.maps import Values
from models.inspection.scratch import Scratch

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
    extents: NDArray[np.float32]
    """(n,): how far each map's answers go from 0."""
    faintest: float
    """The least of them."""
    mean: float
    minimum: float
    maximum: float
    active: float
    """The share of units above 0."""
    strange: int
    """How many values are infinite or no numbers."""

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


def activity_of(maps: Values, strange: int = 0, scratch: Scratch | None = None) -> Activity:
    """Of (n, rows, columns) maps. Where some are not finite, neither are the means."""
    (activity,) = activities_of([np.ascontiguousarray(maps)], scratch or Scratch(), strange)
    return activity


def activities_of(layers: Sequence[Values], scratch: Scratch, strange: int = 0) -> list[Activity]:
    """Of the contiguous maps of several layers: few calls for all of them.

    OpenCV reduces rows several times as fast as NumPy, above all the short ones of deep layers.
    """
    counts = [len(maps) for maps in layers]
    sums, lowest, highest = np.empty((3, sum(counts), 1), np.float32)
    active, first = [], 0
    for maps in layers:
        rows, own = maps.reshape(len(maps), -1), slice(first, first + len(maps))
        cv2.reduce(rows, 1, cv2.REDUCE_SUM, sums[own], cv2.CV_32F)
        cv2.reduce(rows, 1, cv2.REDUCE_MIN, lowest[own], cv2.CV_32F)
        cv2.reduce(rows, 1, cv2.REDUCE_MAX, highest[own], cv2.CV_32F)
        above = np.greater(rows, 0, out=scratch.flags(rows.shape))
        active.append(np.count_nonzero(above) / rows.size)
        first += len(maps)
    sizes = np.repeat(np.array([maps[0].size for maps in layers], np.float32), counts)
    means = sums.reshape(-1) / sizes
    if not np.isfinite(means).all():  # a sum may be too large for 32 bits where its mean is not
        means = _with_care(layers)
    return told(means, lowest.reshape(-1), highest.reshape(-1), counts, active, [strange] * len(layers))


def told(
    means: NDArray[np.float32],
    lowest: NDArray[np.float32],
    highest: NDArray[np.float32],
    counts: Sequence[int],
    active: Sequence[float],
    strange: Sequence[int],
) -> list[Activity]:
    """Of several layers from the figures of their maps, one layer's after another's; `counts` says how many
    maps are of each."""
    ends = list(accumulate(counts))
    edges = [0, *ends[:-1]]
    extents = np.maximum(highest, -lowest)
    with np.errstate(invalid="ignore"):  # infinities that cancel out are no number, as they shall be
        whole = np.add.reduceat(means, edges, dtype=np.float64) / counts
    minima, maxima = np.minimum.reduceat(lowest, edges), np.maximum.reduceat(highest, edges)
    faintest = np.minimum.reduceat(extents, edges)
    figures = (one.tolist() for one in (faintest, whole, minima, maxima))
    return [
        Activity(means[first:end], lowest[first:end], highest[first:end], extents[first:end], *rest)
        for first, end, *rest in zip(edges, ends, *figures, active, strange, strict=True)
    ]


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


def _with_care(layers: Sequence[Values]) -> NDArray[np.float32]:
    """(n,): the means of all maps, through sums in double precision."""
    rows = [maps.reshape(len(maps), -1) for maps in layers]
    means = [cv2.reduce(one, 1, cv2.REDUCE_SUM, dtype=cv2.CV_64F) / one.shape[1] for one in rows]
    return np.concatenate(means).reshape(-1).astype(np.float32)
