"""How a layer makes one number out of a window of the layer below: the arithmetic of one unit."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from msgspec import Struct

from models.inspection.maps import Values

Rule = Literal["sum", "maximum", "mean"]


class Step(Struct, frozen=True, eq=False):
    """A convolution adds up products, a pooling takes the maximum or the mean."""

    rule: Rule
    size: tuple[int, int]
    """Rows and columns of the window."""
    strides: tuple[int, int] = (1, 1)
    padding: tuple[int, int] = (0, 0)
    """Rows above and columns to the left that are thought to be there."""
    dilations: tuple[int, int] = (1, 1)
    groups: int = 1
    weights: Values | None = None
    """(filters, channels of a group, rows, columns) of a convolution."""
    bias: Values | None = None
    """(filters,)."""


class Unit(NamedTuple):
    """One number of a layer's answer."""

    map: int
    row: int
    column: int


class Arithmetic(Struct, frozen=True, eq=False):
    """What became of one window: n channels of the layer below."""

    rule: Rule
    corner: tuple[int, int]
    """Row and column of the window's first cell in the layer below; negative in the padding."""
    channels: tuple[int, ...]
    """(n,): their numbers in the layer below."""
    window: Values
    """(n, rows, columns): what the layer below says there; 0 in the padding of a convolution, and no number
    in that of a pooling."""
    weights: Values | None
    """(n, rows, columns) of a convolution."""
    bias: float
    result: float
    """Before any ReLU."""

    @property
    def products(self) -> Values:
        """(n, rows, columns): what is added up; the window itself where nothing is multiplied."""
        with np.errstate(over="ignore", invalid="ignore"):
            return self.window if self.weights is None else np.multiply(self.window, self.weights)

    @property
    def shares(self) -> Values:
        """(n,): what each channel adds to the sum."""
        known = np.nan_to_num(self.products, posinf=0.0, neginf=0.0)
        with np.errstate(over="ignore", invalid="ignore"):
            shares: Values = known.reshape(len(self.window), -1).sum(1)
        return shares


def _pooled(rule: Rule, window: Values) -> float:
    """No number, where there is none in the window."""
    known = window[~np.isnan(window)]
    if not known.size:
        return float("nan")
    return float(known.max() if rule == "maximum" else known.mean(dtype=np.float64))


def arithmetic(step: Step, given: Values, unit: Unit) -> Arithmetic:
    """`given` is (channels, h, w), what the layer below says."""
    corner = tuple(
        at * stride - pad
        for at, stride, pad in zip((unit.row, unit.column), step.strides, step.padding, strict=True)
    )
    channels = _channels(step, len(given), unit.map)
    empty = 0.0 if step.rule == "sum" else np.nan
    window = _cut_out(given[list(channels)], (corner[0], corner[1]), step, empty)
    if step.weights is None:
        made = _pooled(step.rule, window)
        return Arithmetic(step.rule, (corner[0], corner[1]), channels, window, None, 0.0, made)
    weights = step.weights[unit.map]
    bias = 0.0 if step.bias is None else float(step.bias[unit.map])
    with np.errstate(invalid="ignore"):  # what is infinite stays so, or becomes no number
        total = float((window.astype(np.float64) * weights).sum())
    return Arithmetic(step.rule, (corner[0], corner[1]), channels, window, weights, bias, total + bias)


def _channels(step: Step, count: int, unit: int) -> tuple[int, ...]:
    """Which maps of the layer below the unit looks at."""
    if step.weights is None:
        return (unit,)
    filters, each = step.weights.shape[:2]
    group = unit // (filters // step.groups)
    return tuple(range(group * each, min((group + 1) * each, count)))


def _cut_out(given: Values, corner: tuple[int, int], step: Step, empty: float) -> Values:
    """(n, rows, columns), every `dilations`th cell from `corner` on, `empty` where there is none."""
    window = np.full((len(given), *step.size), empty, np.float32)
    rows, columns = (
        first + gap * np.arange(length)
        for first, gap, length in zip(corner, step.dilations, step.size, strict=True)
    )
    inside_rows = np.flatnonzero((rows >= 0) & (rows < given.shape[1]))
    inside_columns = np.flatnonzero((columns >= 0) & (columns < given.shape[2]))
    maps = np.arange(len(given))
    there = np.ix_(maps, rows[inside_rows], columns[inside_columns])
    window[np.ix_(maps, inside_rows, inside_columns)] = given[there]
    return window
