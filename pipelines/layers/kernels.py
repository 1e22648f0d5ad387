"""What a layer has learnt: its kernels as pictures."""

from __future__ import annotations

import numpy as np

from models.inspection.activity import activity_of, finite
from models.inspection.maps import Values
from models.inspection.pictures import Scaling, pictures_of
from pipelines.layers.mosaic import GROUND, grid_of
from pipelines.layers.picture import Shown, in_a_grid
from pipelines.layers.values import FeatureMapsParameters

COLOURS = 3
"""Channels of a first layer, whose kernels are pictures themselves: red, green, blue."""
CELL = 8
"""Pixels: each weight of a colour kernel becomes a square of so many, or the grid would be a stamp."""


def learnt(
    weights: Values, unit: int, parameters: FeatureMapsParameters, aspect: float, *, rgb: bool
) -> Shown:
    """Of a first layer all filters in colour; of a deeper one the slices of one filter, a cell for each map
    of the layer below; of a fully connected layer all weights, a row for each unit.

    `weights` is (filters, channels, rows, columns), with one axis less of a signal and one more of a volume,
    or (units, inputs); what is no finite number of it is shown as 0. `unit` is the filter's number, the last
    one where there are not so many; `rgb`: whether red is the first of three channels.
    """
    weights, _strange = finite(weights)
    if weights.ndim == 4 and weights.shape[1] == COLOURS:
        return _in_colour(weights if rgb else weights[:, ::-1], aspect)
    slices = _slices(weights, unit)
    activity = activity_of(slices)
    scaling = Scaling("layer") if parameters.scaling == "fixed" else Scaling(parameters.scaling)
    pictures = pictures_of(slices, activity, scaling)
    return in_a_grid(pictures, tuple(range(len(slices))), activity, parameters, aspect)


def _slices(weights: Values, unit: int) -> Values:
    """(n, rows, columns)."""
    if weights.ndim == 2:
        return weights[None]
    if weights.ndim == 3:  # a kernel for signals has one row
        weights = weights[:, :, None]
    if weights.shape[1] == 1:  # each filter looks at one map alone: there is but one slice of each
        return weights.reshape(-1, *weights.shape[-2:])
    slices: Values = weights[min(unit, len(weights) - 1)].reshape(-1, *weights.shape[-2:])
    return slices


def _in_colour(weights: Values, aspect: float) -> Shown:
    """Grey is 0: a weight for red above 0 makes it redder. Each kernel has its full contrast."""
    most = np.abs(weights).max((1, 2, 3))
    contrast = weights / np.where(most > 0, most, 1)[:, None, None, None]
    levels = np.rint(127.5 + 127.5 * contrast).astype(np.uint8)
    rows, columns = weights.shape[2:]
    grid = grid_of(range(len(weights)), (columns * CELL, rows * CELL), aspect)
    width, height = grid.size
    picture = np.empty((height, width, 3), np.uint8)
    picture[:] = GROUND
    for place, unit in enumerate(grid.units):
        x, y = grid.corner(place)
        large = levels[unit, ::-1].repeat(CELL, 1).repeat(CELL, 2).transpose(1, 2, 0)
        picture[y : y + grid.cell[1], x : x + grid.cell[0]] = large
    strengths = activity_of(weights.reshape(len(weights), 1, -1)).strongest
    return Shown(picture, grid, strengths, ())
