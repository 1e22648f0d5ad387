"""Maps as 8-bit pictures, with what their levels stand for."""

from __future__ import annotations

from typing import Literal, NamedTuple, cast

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models.inspection.activity import Activity
from models.inspection.maps import Values
from models.inspection.scratch import Scratch

Bytes = NDArray[np.uint8]
Range = Literal["map", "layer", "fixed"]
ZERO = 128
"""The level of 0 where a layer answers below 0 as well: colours part there."""
FAINTEST = 255 * np.finfo(np.float32).tiny
"""What is below it is 0: a byte divided by it is still a number."""
HUGE, TAMED = 1e30, np.float32(2**-64)
"""What is stronger is made so many times smaller first: sums of it are too large for single precision."""
FAR = 1e6
"""Times the brightest value: what is so far beyond it is no whole number of 32 bits when it is stretched."""


BUFFERED = 512
"""Numbers: rows shorter than its buffer are copied by NumPy before it multiplies each by a factor of its own,
which takes longer than the multiplication."""


class Scaling(Struct, frozen=True):
    """Which values become the darkest and the brightest level: those of each map, those of the layer, or
    `limit` (and its negative)."""

    range: Range = "map"
    limit: float = 1.0


class MapPictures(Struct, frozen=True, eq=False):
    """`levels` is (n, rows, columns). Where `signed`, level 128 is 0 and 1 is -`limits`; otherwise 0 is 0.
    255 is `limits`, (n,), in both cases."""

    levels: Bytes
    limits: NDArray[np.float32]
    signed: bool


def pictures_of(
    maps: Values, activity: Activity, scaling: Scaling, side: int = 0, scratch: Scratch | None = None
) -> MapPictures:
    """(n, rows, columns) finite maps; those with a longer side than `side` are shrunk, by averaging."""
    lowest, highest, scratch = activity.minimum, activity.maximum, scratch or Scratch()
    limits = _limits(activity, scaling)
    if max(highest, -lowest) <= HUGE:
        levels = _levels(_shrunk(maps, side), limits, lowest, highest, scratch)
    else:
        values = np.maximum(limits.values * TAMED, np.float32(FAINTEST))
        tamed = _Limits(values, float(values.min()), limits.even)
        levels = _levels(
            _shrunk(maps * TAMED, side), tamed, lowest * float(TAMED), highest * float(TAMED), scratch
        )
    return MapPictures(levels, limits.values, lowest < 0)


def where_active(maps: Values, side: int) -> Bytes:
    """(h, w), no longer than `side`: how strong the answers are on average over the maps, 255 where they are
    strongest. A vector stays a row of its units."""
    if maps.shape[1:] == (1, 1):
        strength = np.abs(maps.reshape(1, -1))
    else:
        step = -(-max(maps.shape[1:]) // side)
        with np.errstate(over="ignore"):  # see below
            strength = np.abs(maps[:, ::step, ::step]).mean(0)
    most = float(strength.max())
    if np.isinf(most):  # the sum was too large for single precision
        return where_active(maps / np.float32(len(maps)), side)
    return np.rint(strength * (255 / most if most > FAINTEST else 0.0)).astype(np.uint8)


class _Limits(NamedTuple):
    """What the brightest level stands for, never 0."""

    values: NDArray[np.float32]
    """(n,)."""
    least: float
    even: bool
    """Whether it is the same in all maps."""


def _limits(activity: Activity, scaling: Scaling) -> _Limits:
    if scaling.range == "map":
        limits, least = activity.extents, activity.faintest
        if least <= FAINTEST:
            limits = np.where(limits > FAINTEST, limits, np.float32(1))
            least = float(limits.min())
        return _Limits(limits, least, len(limits) == 1)
    limit = scaling.limit if scaling.range == "fixed" else max(activity.maximum, -activity.minimum)
    limit = float(np.float32(limit)) if limit > FAINTEST else 1.0
    return _Limits(np.full_like(activity.extents, limit), limit, True)


def _levels(maps: Values, limits: _Limits, lowest: float, highest: float, scratch: Scratch) -> Bytes:
    """OpenCV rounds to bytes and cuts off what is beyond them in one go. It takes absolute values as well, so
    nothing may be left far below 0. `lowest` and `highest` are the layer's."""
    steps, zero = (127, ZERO) if lowest < 0 else (255, 0)
    values, rows = limits.values, _flat(maps)
    if max(highest, -lowest) > FAR * limits.least:
        rows = np.clip(rows, -values[:, None], values[:, None])
    if limits.even:
        if lowest < -values[0]:
            rows = np.maximum(rows, -values[0])
        levels = _as_bytes(rows, float(steps / values[0]), zero)
    else:
        levels = _as_bytes(_multiplied(rows, np.float32(steps) / values, scratch), 1.0, zero)
    return levels.reshape(maps.shape)


def _multiplied(rows: Values, factors: NDArray[np.float32], scratch: Scratch) -> Values:
    """Each row by its factor."""
    room, by = scratch.floats(rows.shape), factors[:, None]
    if rows.shape[1] < BUFFERED:
        return np.multiply(rows, by, out=room)
    usual = np.setbufsize(BUFFERED)
    try:
        return np.multiply(rows, by, out=room)
    finally:
        np.setbufsize(usual)


def _as_bytes(rows: Values, factor: float, zero: int) -> Bytes:
    return np.asarray(cv2.convertScaleAbs(rows, alpha=factor, beta=zero), np.uint8)


def _flat(maps: Values) -> Values:
    """(n, rows * columns)."""
    return np.ascontiguousarray(maps).reshape(len(maps), -1)


def _shrunk(maps: Values, side: int) -> Values:
    """By whole numbers, so that no map bleeds into the next where all are shrunk in one go; 0 is as it is."""
    if not side:
        return maps
    count, rows, columns = maps.shape
    step = -(-max(rows, columns) // side)
    if step < 2:
        return maps
    down, across = max(1, rows // step), max(1, columns // step)
    cut = np.ascontiguousarray(maps[:, : down * min(step, rows), : across * min(step, columns)])
    tall = cut.reshape(count * cut.shape[1], cut.shape[2])
    small = cv2.resize(tall, (across, count * down), interpolation=cv2.INTER_AREA)
    return cast(Values, small.reshape(count, down, across))
