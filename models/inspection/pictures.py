"""Maps as 8-bit pictures, with what their levels stand for."""

from __future__ import annotations

from typing import Literal, cast

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models.inspection.activity import Activity
from models.inspection.maps import Values

Bytes = NDArray[np.uint8]
Range = Literal["map", "layer", "fixed"]
ZERO = 128
"""The level of 0 where a layer answers below 0 as well: colours part there."""
FAINTEST = 1e-36
"""What is weaker counts as 0: it cannot be stretched to a level in single precision."""
HUGE, TAMED = 1e30, np.float32(2**-64)
"""What is stronger is made so many times smaller first."""


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


def pictures_of(maps: Values, activity: Activity, scaling: Scaling, side: int = 0) -> MapPictures:
    """(n, rows, columns) finite maps; those with a longer side than `side` are shrunk, by averaging."""
    limits = _limits(activity, scaling)
    if max(activity.maximum, -activity.minimum) > HUGE:  # sums of them are too large for single precision
        levels = _levels(maps * TAMED, limits * TAMED, side, signed=activity.signed)
    else:
        levels = _levels(maps, limits, side, signed=activity.signed)
    return MapPictures(levels, limits, activity.signed)


def where_active(maps: Values, side: int) -> Bytes:
    """(h, w), no longer than `side`: how strong the answers are on average over the maps, 255 where they are
    strongest. A vector stays a row of its units."""
    if maps.shape[1:] == (1, 1):
        strength = np.abs(maps.reshape(1, -1))
    else:
        step = -(-max(maps.shape[1:]) // side)
        strength = np.abs(maps[:, ::step, ::step]).mean(0)
    most = float(strength.max())
    if np.isinf(most):  # the sum was too large for single precision
        return where_active(maps / np.float32(len(maps)), side)
    return np.rint(strength * (255 / most if most > FAINTEST else 0.0)).astype(np.uint8)


def _levels(maps: Values, limits: NDArray[np.float32], side: int, *, signed: bool) -> Bytes:
    small = _shrunk(maps, side) if side else maps
    if signed:
        return _stretched(small, np.float32(127) / limits, ZERO, lowest=1)
    if (limits == limits[0]).all():
        scaled = cv2.convertScaleAbs(_flat(small), alpha=255 / float(limits[0]))
        return np.asarray(scaled, np.uint8).reshape(small.shape)
    return _stretched(small, np.float32(255) / limits, 0, lowest=0)


def _limits(activity: Activity, scaling: Scaling) -> NDArray[np.float32]:
    """(n,): what the brightest level stands for, never 0."""
    most = np.abs(activity.strongest)
    match scaling.range:
        case "map":
            limits = most
        case "layer":
            limits = np.full_like(most, most.max())
        case "fixed":
            limits = np.full_like(most, scaling.limit)
    return np.where(limits > FAINTEST, limits, np.float32(1))


def _stretched(maps: Values, factors: NDArray[np.float32], zero: int, *, lowest: int) -> Bytes:
    scaled = _flat(maps) * factors[:, None]
    scaled += np.float32(zero + 0.5)  # what is cut off when it becomes a byte
    np.clip(scaled, lowest, 255, out=scaled)
    return scaled.astype(np.uint8).reshape(maps.shape)


def _flat(maps: Values) -> Values:
    """(n, rows * columns)."""
    return np.ascontiguousarray(maps).reshape(len(maps), -1)


def _shrunk(maps: Values, side: int) -> Values:
    """By whole numbers, so that no map bleeds into the next where all are shrunk in one go."""
    count, rows, columns = maps.shape
    step = -(-max(rows, columns) // side)
    if step < 2:
        return maps
    down, across = max(1, rows // step), max(1, columns // step)
    cut = np.ascontiguousarray(maps[:, : down * min(step, rows), : across * min(step, columns)])
    tall = cut.reshape(count * cut.shape[1], cut.shape[2])
    small = cv2.resize(tall, (across, count * down), interpolation=cv2.INTER_AREA)
    return cast(Values, small.reshape(count, down, across))
