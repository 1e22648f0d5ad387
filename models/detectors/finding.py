"""What a detector says of a picture."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Heat(Struct, frozen=True, eq=False):
    """How sure each cell of one scale is that it looks at a face: (rows, columns) from 0 to 1.

    `stride` is how many pixels of the network's input are a cell. The picture covers the first `across`
    columns and the first `down` rows of them, which need not be whole; the rest is padding.
    """

    stride: int
    map: Floats
    across: float
    down: float


class Finding(Struct, frozen=True, eq=False):
    """`boxes` is (n, 4) x, y, width, height in pixels of the picture, inside of it, the surest first;
    `scores` (n,) from 0 to 1. `heat` is empty where nobody asked for it. `cells` is how many cells of the
    network were as sure as was asked for: several see each face.
    """

    boxes: Floats
    scores: Floats
    heat: tuple[Heat, ...] = ()
    cells: int = 0
