"""The picture of one layer's answer."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from models.inspection.layer import Layer
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
    legend: tuple[Key, ...]
    count: int
    """Of maps."""


def shown(answer: Answer, layer: Layer, parameters: FeatureMapsParameters, aspect: float) -> Shown:
    """`aspect` is about how many times as wide as high the picture shall be. The answer has its pictures."""
    pictures = answer.pictures
    assert pictures is not None
    units = _order(answer, parameters.order)
    colours = table(parameters.colours, parameters.gamma, signed=pictures.signed)
    if form_of(layer.shape) == "vector":
        grid = bars_grid(units, aspect)
        picture = bars(pictures.levels.reshape(-1), grid, colours, signed=pictures.signed)
    else:
        rows, columns = pictures.levels.shape[1:]
        grid = grid_of(units, (columns, rows), aspect)
        picture = laid_out(pictures.levels, grid, colours)
    key = legend(parameters.colours, parameters.gamma, signed=pictures.signed, limit=_limit(pictures))
    return Shown(picture, grid, key, len(units))


def _order(answer: Answer, order: Order) -> tuple[int, ...]:
    activity = answer.activity
    if order == "number":
        return tuple(range(len(activity.means)))
    return tuple(np.argsort(-np.abs(activity.strongest), kind="stable").tolist())


def _limit(pictures: MapPictures) -> float | None:
    """What the brightest level stands for, where it is the same in all maps."""
    limits = pictures.limits
    return float(limits[0]) if (limits == limits[0]).all() else None
