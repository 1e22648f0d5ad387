"""Many small shapes at once, each at its place to a small part of a pixel."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.float64]
Offsets = NDArray[np.float32]
Shape = Callable[[Offsets, Offsets], Offsets]
"""From how many pixels right and up of a shape's middle to the share of the pixel there that it covers."""


def stamp(cover: NDArray[np.float32], right: Places, up: Places, shape: Shape, reach: float) -> None:
    """Draw a shape at each place, (n,) picture heights from the middle, into `cover`, which is changed.

    `cover` is (h, w), 0 to 1: a pixel keeps the most that covers it. `reach` is how many pixels from its
    middle the shape's outline may lie.
    """
    height, width = cover.shape
    x, y = right * height + width / 2 - 0.5, height / 2 - 0.5 - up * height
    across = np.arange(-math.ceil(reach) - 1, math.ceil(reach) + 2)
    columns = np.rint(x).astype(np.intp)[:, None] + across
    rows = np.rint(y).astype(np.intp)[:, None] + across
    shares = shape(
        (columns - x[:, None]).astype(np.float32)[:, None, :],
        (y[:, None] - rows).astype(np.float32)[:, :, None],
    )
    inside = ((columns >= 0) & (columns < width))[:, None, :] & ((rows >= 0) & (rows < height))[:, :, None]
    inside &= shares > 0
    places = (rows[:, :, None] * width + columns[:, None, :])[inside]
    np.maximum.at(cover.reshape(-1), places, shares[inside])
