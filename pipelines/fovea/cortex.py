"""Where each point of the visual field comes to lie in the cortex: log-polar, each half on its own side.

Source: E. L. Schwartz, "Spatial mapping in the primate sensory projection", Biological Cybernetics 25,
181-194 (1977); "Computational anatomy and functional architecture of striate cortex", Vision Research 20,
645-669 (1980).
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Size = tuple[int, int]
"""Width and height in pixels."""
MOST = 6
"""Times that a picture is halved at most."""


class Fixation(NamedTuple):
    """Where the eye looks in a picture of `size`, and how it sees."""

    size: Size
    at: tuple[float, float]
    """x, y in pixels of the picture."""
    fovea: float
    """Pixels from there to where the magnification has halved."""

    @property
    def reach(self) -> float:
        """Pixels to the farthest corner."""
        x, y = (max(at, side - at) for at, side in zip(self.at, self.size, strict=True))
        return float(np.hypot(x, y))


class Stretch(NamedTuple):
    """Columns of the cortex that look at the picture halved so many times, and where: x, y as OpenCV's
    `remap` takes them."""

    columns: slice
    halvings: int
    x: Floats
    y: Floats


class Seen(NamedTuple):
    """Which point of the picture each pixel of the cortex sees."""

    x: Floats
    y: Floats
    """(h, w): places between the middles of pixels, from 0 in the middle of the first."""
    inside: NDArray[np.uint8]
    """(h, w): 255 where there is a picture to be seen, 0 beyond its edges."""
    stretches: tuple[Stretch, ...]
    """All columns, in order of the halvings."""


@functools.lru_cache(maxsize=4)
def seen(fixation: Fixation, size: Size) -> Seen:
    """In a cortex of `size`. From the middle outwards log(1 + r / fovea), from top to bottom the angle,
    and the right half of the field on the right: as if one looked at both halves of the cortex, unrolled,
    from behind."""
    width, height = size
    outwards, side = _columns(width)
    growth = np.log1p(fixation.reach / fixation.fovea)
    radius = fixation.fovea * np.expm1(outwards * growth)
    angle = np.pi * (0.5 - (np.arange(height) + 0.5) / height)[:, None]
    x = fixation.at[0] + side * radius * np.cos(angle) - 0.5
    y = fixation.at[1] - radius * np.sin(angle) - 0.5
    along = (radius + fixation.fovea) * growth / (width / 2)
    inside = (x > -0.5) & (x < fixation.size[0] - 0.5) & (y > -0.5) & (y < fixation.size[1] - 0.5)
    step = np.maximum(np.maximum(along, radius * np.pi / height), 1)
    halvings = np.minimum(np.rint(np.log2(step)), MOST).astype(np.int64)
    return Seen(_single(x), _single(y), inside.astype(np.uint8) * 255, _stretches(x, y, halvings))


@functools.lru_cache(maxsize=4)
def places(fixation: Fixation, size: Size) -> tuple[Floats, Floats]:
    """(h, w) each: where in a cortex of `size` every pixel of the picture comes to lie, x and y from 0 in the
    middle of the first pixel."""
    width, height = fixation.size
    right = np.arange(width) + 0.5 - fixation.at[0]
    up = fixation.at[1] - np.arange(height)[:, None] - 0.5
    outwards = np.log1p(np.hypot(right, up) / fixation.fovea) / np.log1p(fixation.reach / fixation.fovea)
    angle = np.arctan2(up, np.abs(right))
    x = size[0] / 2 * (1 + np.where(right < 0, -1, 1) * outwards) - 0.5
    y = (0.5 - angle / np.pi) * size[1] - 0.5
    return _single(x), _single(y)


def _stretches(
    x: NDArray[np.float64], y: NDArray[np.float64], halvings: NDArray[np.int64]
) -> tuple[Stretch, ...]:
    found = []
    for times in range(int(halvings.max()) + 1):
        ends = np.flatnonzero(np.diff(np.r_[False, halvings == times, False]))
        for first, last in ends.reshape(-1, 2).tolist():
            columns = slice(first, last)
            # pixel n of a picture that was halved lies on pixel 2n of the one before
            places = (_single(place[:, columns] * 0.5**times) for place in (x, y))
            found.append(Stretch(columns, times, *places))
    return tuple(found)


def _columns(width: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(w,) each: how far outwards from the middle, 0 to 1, and to which side."""
    across = (np.arange(width) + 0.5) / (width / 2) - 1
    return np.abs(across), np.where(across < 0, -1.0, 1.0)


def _single(values: NDArray[np.float64]) -> Floats:
    made = np.ascontiguousarray(values, np.float32)
    made.flags.writeable = False
    return made
