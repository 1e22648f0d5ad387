"""The picture of one layer: what it answers, or what it has learnt."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.inspection.activity import Activity
from models.inspection.maps import form_of
from models.inspection.network import Answer
from models.inspection.pictures import MapPictures
from pipelines.frame import Image
from pipelines.grid import Grid
from pipelines.layers.bars import bars, bars_grid
from pipelines.layers.colours import legend, table
from pipelines.layers.mosaic import grid_of, laid_out
from pipelines.layers.values import FeatureMapsParameters, Order
from pipelines.result import Key


class Shown(NamedTuple):
    picture: Image
    """(h, w, 3) BGR."""
    grid: Grid
    strengths: NDArray[np.float32]
    """(n,): of what stands in each cell, by its number, the value that is farthest from 0."""
    legend: tuple[Key, ...]
    chosen: int | None = None
    """The number of what a person has chosen, with the parameter `field`."""
    field: str = "unit"
    labels: tuple[str, ...] = ()
    """What stands in each cell, by its number, where the layer and the number do not say it."""
    numbers: NDArray[np.float32] | None = None
    """(n, rows, columns): what each cell shows, where a person may read it."""


def alone(picture: Image) -> Shown:
    """A picture that is no layer's: one cell."""
    height, width = picture.shape[:2]
    return Shown(picture, Grid(1, 1, (width, height), 0, (0,)), np.zeros(1, np.float32), ())


def answered(
    answer: Answer, shape: tuple[int, ...], parameters: FeatureMapsParameters, aspect: float
) -> Shown:
    """What a layer of this `shape` answers. `aspect` is about how many times as wide as high the picture
    shall be. The answer has its pictures.
    """
    pictures = answer.pictures
    assert pictures is not None
    units = _order(answer.activity, parameters.order)
    chosen = nearest(parameters.unit, len(units))
    if form_of(shape) == "vector":
        colours = table(parameters.colours, parameters.gamma, signed=pictures.signed)
        grid = bars_grid(units, aspect)
        picture = bars(pictures.levels.reshape(-1), grid, colours, signed=pictures.signed)
        return Shown(picture, grid, answer.activity.strongest, _legend(pictures, parameters), chosen)
    return in_a_grid(pictures, units, answer.activity, parameters, aspect)._replace(chosen=chosen)


def nearest(number: int, count: int) -> int:
    """To a number from 0 on, of which there are so many."""
    return min(number, count - 1)


def in_a_grid(
    pictures: MapPictures,
    units: tuple[int, ...],
    activity: Activity,
    parameters: FeatureMapsParameters,
    aspect: float,
) -> Shown:
    """Maps in the order of `units`."""
    colours = table(parameters.colours, parameters.gamma, signed=pictures.signed)
    rows, columns = pictures.levels.shape[1:]
    grid = grid_of(units, (columns, rows), aspect)
    picture = laid_out(pictures.levels, grid, colours)
    return Shown(picture, grid, activity.strongest, _legend(pictures, parameters))


def _legend(pictures: MapPictures, parameters: FeatureMapsParameters) -> tuple[Key, ...]:
    """With the value of the brightest level, where that is the same in all maps."""
    limits = pictures.limits
    limit = float(limits[0]) if (limits == limits[0]).all() else None
    return legend(parameters.colours, parameters.gamma, signed=pictures.signed, limit=limit)


def _order(activity: Activity, order: Order) -> tuple[int, ...]:
    if order == "number":
        return tuple(range(len(activity.means)))
    return tuple(np.argsort(-np.abs(activity.strongest), kind="stable").tolist())
