"""From what layers say to what somebody wants to see of them, in the main memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from models.inspection.activity import Activity, activities_of, activity_of, finite, histogram_of
from models.inspection.maps import Values, as_maps
from models.inspection.network import Answer, Look
from models.inspection.pictures import pictures_of, where_active

ENOUGH = 1 << 18
"""Numbers of layers that are reckoned with in one go: fewer are so quick that Python itself takes longer."""


class _Layer(NamedTuple):
    name: str
    values: Values
    maps: Values
    """(n, rows, columns), contiguous."""

    @property
    def rows(self) -> Values:
        return self.maps.reshape(len(self.maps), -1)


def answers_of(said: Mapping[str, Values], looks: Mapping[str, Look]) -> dict[str, Answer]:
    """Of many layers at once, by the layer's name. `said` is without the batch; nothing of its memory is
    kept, unless the numbers are wanted.

    On one thread: two would take turns with Python so often that they are slower than one.
    """
    layers = (_Layer(name, values, np.ascontiguousarray(as_maps(values))) for name, values in said.items())
    found = {
        layer.name: _told(layer.values, maps, activity, looks[layer.name])
        for batch in _batches(layers)
        for layer, maps, activity in _with_activity(batch)
    }
    return {name: found[name] for name in said}


def _batches(layers: Iterator[_Layer]) -> list[list[_Layer]]:
    """Layers with maps of one size, as many as are `ENOUGH`."""
    made: list[list[_Layer]] = []
    growing: dict[int, list[_Layer]] = {}
    for layer in layers:
        batch = growing.setdefault(layer.rows.shape[1], [])
        if not batch:
            made.append(batch)
        batch.append(layer)
        if sum(one.maps.size for one in batch) >= ENOUGH:
            del growing[layer.rows.shape[1]]
    return made


def _with_activity(batch: Sequence[_Layer]) -> Iterator[tuple[_Layer, Values, Activity]]:
    """Each with its maps, which the processor's cache still holds."""
    rows = batch[0].rows if len(batch) == 1 else np.concatenate([layer.rows for layer in batch])
    first = 0
    for layer, activity in zip(batch, activities_of(rows, [len(one.maps) for one in batch]), strict=True):
        count = len(layer.maps)
        yield layer, rows[first : first + count].reshape(layer.maps.shape), activity
        first += count


def _told(values: Values, maps: Values, activity: Activity, look: Look) -> Answer:
    """A mean is finite where all that was added up is; so the numbers themselves are looked at only where it
    is not."""
    if not np.isfinite(activity.means).all():
        maps, strange = finite(maps)
        activity = activity_of(maps, strange)
    pictures = pictures_of(maps, activity, look.scaling, look.side) if look.scaling else None
    small = where_active(maps, look.small) if look.small else None
    spread = histogram_of(maps, activity.minimum, activity.maximum) if look.histogram else None
    kept = np.array(values) if look.values else None
    return Answer(activity, pictures, small, spread, kept, shape=values.shape)
