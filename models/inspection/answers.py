"""From what layers say to what somebody wants to see of them, in the main memory."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from models.inspection.activity import Activity, activities_of, activity_of, finite, histogram_of
from models.inspection.maps import Values, as_maps
from models.inspection.network import Answer, Look
from models.inspection.pictures import pictures_of, where_active
from models.inspection.scratch import Scratch

ENOUGH = 1 << 20
"""Numbers of layers that are reckoned with in one go: the processor's cache still holds them when they become
pictures, and they take longer than Python itself does."""


class _Layer(NamedTuple):
    name: str
    values: Values
    maps: Values
    """(n, rows, columns), contiguous."""


def answers_of(
    said: Mapping[str, Values], looks: Mapping[str, Look], scratch: Scratch | None = None
) -> dict[str, Answer]:
    """Of many layers, by the layer's name. `said` is without the batch; nothing of its memory is kept, unless
    the numbers are wanted. Who calls it for every picture gives it the same `scratch` each time.

    On one thread: two were no faster, for they wait for the same memory.
    """
    scratch = scratch or Scratch()
    found = {}
    for batch in _batches(said):
        for layer, activity in zip(batch, activities_of([one.maps for one in batch], scratch), strict=True):
            found[layer.name] = _answer(layer, activity, looks[layer.name], scratch)
    return found


def _batches(said: Mapping[str, Values]) -> Iterator[list[_Layer]]:
    """As many layers as are `ENOUGH`."""
    batch: list[_Layer] = []
    for name, values in said.items():
        batch.append(_Layer(name, values, np.ascontiguousarray(as_maps(values))))
        if sum(layer.maps.size for layer in batch) >= ENOUGH:
            yield batch
            batch = []
    if batch:
        yield batch


def _answer(layer: _Layer, activity: Activity, look: Look, scratch: Scratch) -> Answer:
    """A mean is finite where all that was added up is; so the numbers themselves are looked at only where it
    is not."""
    maps = layer.maps
    if not math.isfinite(activity.mean):
        maps, strange = finite(maps)
        activity = activity_of(maps, strange, scratch)
    pictures = pictures_of(maps, activity, look.scaling, look.side, scratch) if look.scaling else None
    small = where_active(maps, look.small) if look.small else None
    spread = histogram_of(maps, activity.minimum, activity.maximum) if look.histogram else None
    kept = np.array(layer.values) if look.values else None
    return Answer(activity, pictures, small, spread, kept, shape=layer.values.shape)
