"""How one number of a picture, or of a layer, came about."""

from __future__ import annotations

from typing import Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models.text import Text
from pipelines.frame import Image

DIVIDED = Text("divided by {n}", "{n} で割る")


class Share(Struct, frozen=True):
    """What one map of the layer below adds to a sum; `channel` is `None` for all that are not told of."""

    channel: int | None
    value: float


class Sum(Struct, frozen=True, eq=False):
    """How one number of a layer came about, or of a picture that one kernel made: then `layer` is empty.

    `window` is (rows, columns) of the map `channel` of the layer below, no number where there is none;
    `weights` what it is multiplied with, `None` for a pooling; `shares` what each channel adds, and `bias`
    what is added then. `after` is what becomes of the `result` in the layers behind.
    """

    layer: str
    unit: tuple[int, int, int]
    """Map, row and column."""
    rule: Literal["sum", "maximum", "mean"]
    channel: int
    window: NDArray[np.float32]
    weights: NDArray[np.float32] | None
    shares: tuple[Share, ...]
    bias: float
    result: float
    after: tuple[tuple[Text, float], ...] = ()


class Filtered(Struct, frozen=True, eq=False):
    """A picture that was made by one kernel, so that the arithmetic of any of its pixels can be told.

    `levels` is (h, w) uint8: what was filtered, the border mirrored. `weights` is (k, k); the sum of the
    products is divided by `divisor`.
    """

    levels: Image
    weights: NDArray[np.float32]
    divisor: float = 1.0

    def sum_at(self, row: int, column: int) -> Sum:
        """How the pixel came about; the nearest that there is."""
        height, width = self.levels.shape
        row, column = min(max(row, 0), height - 1), min(max(column, 0), width - 1)
        reach = np.arange(len(self.weights), dtype=np.int64) - len(self.weights) // 2
        rows, columns = _mirrored(row + reach, height), _mirrored(column + reach, width)
        window = self.levels[np.ix_(rows, columns)].astype(np.float32)
        total = float((window.astype(np.float64) * self.weights).sum())
        after = ((DIVIDED.filled(n=f"{self.divisor:g}"), total / self.divisor),) if self.divisor != 1 else ()
        return Sum("", (0, row, column), "sum", 0, window, self.weights, (), 0.0, total, after)


def _mirrored(places: NDArray[np.int64], length: int) -> NDArray[np.int64]:
    """Within 0 to `length` - 1, turned back at the first and the last pixel."""
    if length == 1:
        return np.zeros_like(places)
    turned: NDArray[np.int64] = places % (2 * length - 2)
    return np.minimum(turned, 2 * length - 2 - turned)
