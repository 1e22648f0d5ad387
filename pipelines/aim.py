"""What a click on a picture means."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray


class Aim(Struct, frozen=True, eq=False):
    """What a click on the picture sets: two parameters of the pipeline.

    `values` is (h, w, 2), as large as the picture: what they become at each pixel, no number where nothing
    does; without it they become how far across and down the place is, in percent.
    """

    fields: tuple[str, str]
    values: NDArray[np.float32] | None = None
    switch: str | None = None
    """A parameter that the click turns on, and a second one at the same place off again."""
    near: float = 0.0
    """How far from what is set a click still is at the same place, in the parameters' units."""

    def at(self, x: float, y: float, shape: tuple[int, ...]) -> tuple[float, float] | None:
        """What the two become at a point of the picture, which is of this shape: (h, w, ...)."""
        height, width = shape[:2]
        if not (0 <= x < width and 0 <= y < height):
            return None
        if self.values is None:
            return 100 * x / width, 100 * y / height
        across, down = self.values[int(y), int(x)].tolist()
        return (across, down) if np.isfinite([across, down]).all() else None
