"""What a layer has learnt: its kernels as pictures."""

from __future__ import annotations

import numpy as np

from models.inspection.activity import activity_of, finite
from models.inspection.layer import Layer
from models.inspection.maps import Values
from models.inspection.pictures import Scaling, pictures_of
from models.text import Text
from pipelines.layers.mosaic import GROUND, LONGEST, grid_of
from pipelines.layers.picture import Shown, in_a_grid, nearest
from pipelines.layers.seen import Seen
from pipelines.layers.values import FeatureMapsParameters

NO_KERNELS = Text(
    "{layer} has learnt no kernels: its maps are shown. Convolutions have some.",
    "{layer} には学習したカーネルがないため、特徴地図を示しています。カーネルは畳み込み層にあります。",
)
COLOURS = 3
"""Channels of a first layer, whose kernels are pictures themselves: red, green, blue."""
CELL = 8
"""Pixels: each weight of a colour kernel becomes a square of so many, or the grid would be a stamp."""


class Kernels:
    """Pictures are kept as long as the network and what is set are the same: so are the kernels."""

    def __init__(self) -> None:
        self._key: object = None
        self._made: dict[str, Shown | None] = {}

    def of(self, seen: Seen, layer: Layer) -> Shown | None:
        """What the layer has learnt, where that is to be shown and there is something."""
        if seen.parameters.view != "kernels":
            return None
        key = seen.network, seen.parameters, seen.aspect
        if key != self._key:
            self._key, self._made = key, {}
        if layer.name not in self._made:
            self._made[layer.name] = _learnt_by(seen, layer)
        return self._made[layer.name]

    def lack(self, seen: Seen) -> Text | None:
        """What to say where kernels were asked `of` a layer that has none."""
        if seen.parameters.view != "kernels":
            return None
        without = next((layer.name for layer in seen.chosen if self._made.get(layer.name, ()) is None), None)
        return NO_KERNELS.filled(layer=without) if without else None


def _learnt_by(seen: Seen, layer: Layer) -> Shown | None:
    weights = seen.network.weights(layer.name)
    if weights is None:
        return None
    return learnt(weights, layer.name, seen.parameters, seen.aspect, rgb=seen.opened.preparation.rgb)


def learnt(
    weights: Values, layer: str, parameters: FeatureMapsParameters, aspect: float, *, rgb: bool
) -> Shown:
    """Of a first layer all filters in colour; of a deeper one the slices of one filter, a cell for each map
    of the layer below, or of all filters the slice for one of these maps; of a fully connected layer all
    weights, a row for each unit.

    `weights` is (filters, channels, ..., rows, columns) or (units, inputs), and what is no finite number of
    it is shown as 0; `rgb`: whether red is the first of three channels. Of numbers beyond the last the last
    is taken.
    """
    weights, _strange = finite(weights)
    if weights.ndim == 2:
        return _all_in_one(weights, parameters, aspect)
    kernels = _flat(weights)
    filters, channels = kernels.shape[:2]
    number, channel = nearest(parameters.unit, filters), nearest(parameters.channel, channels)
    if parameters.slices == "colour" and channels == COLOURS:
        labels = tuple(f"{layer}.weight[{n}]" for n in range(filters))
        return _in_colour(kernels if rgb else kernels[:, ::-1], aspect)._replace(chosen=number, labels=labels)
    if parameters.slices == "channel" or channels == 1:
        labels = tuple(f"{layer}.weight[{n}, {channel}]" for n in range(filters))
        return _slices(kernels[:, channel], parameters, aspect)._replace(chosen=number, labels=labels)
    labels = tuple(f"{layer}.weight[{number}, {n}]" for n in range(channels))
    made = _slices(kernels[number], parameters, aspect)
    return made._replace(chosen=channel, field="channel", labels=labels)


def _flat(weights: Values) -> Values:
    """(filters, channels, rows, columns): of a volume each plane is a channel, a row is a row."""
    sides = weights.shape[2:] if weights.ndim > 3 else (1, *weights.shape[2:])
    return weights.reshape(len(weights), -1, *sides[-2:])


def _slices(slices: Values, parameters: FeatureMapsParameters, aspect: float) -> Shown:
    """(n, rows, columns), with their numbers."""
    activity = activity_of(slices)
    pictures = pictures_of(slices, activity, _scaling(parameters))
    made = in_a_grid(pictures, tuple(range(len(slices))), activity, parameters, aspect)
    return made._replace(numbers=np.array(slices))


def _all_in_one(weights: Values, parameters: FeatureMapsParameters, aspect: float) -> Shown:
    """(units, inputs), shrunk where there are more than can be seen."""
    activity = activity_of(weights[None])
    pictures = pictures_of(weights[None], activity, _scaling(parameters), LONGEST)
    return in_a_grid(pictures, (0,), activity, parameters, aspect)


def _scaling(parameters: FeatureMapsParameters) -> Scaling:
    """A fixed value is one of answers, which are larger than weights."""
    return Scaling("layer" if parameters.scaling == "fixed" else parameters.scaling)


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
