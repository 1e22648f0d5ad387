"""All windows of a picture through all stages: how far each of them comes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeVar

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from pipelines.frame import Image
from pipelines.haar.cascade import Boxes
from pipelines.haar.integral import Integrals
from pipelines.haar.model import CascadeModel
from pipelines.haar.pyramid import Layer, Layout, Size, enlarged, layouts
from pipelines.haar.stages import Sums, judged, tables

Levels = NDArray[np.int16]
N = TypeVar("N", np.bool_, np.int16)
SKIPPED = -1
"""Instead of a number of stages: beside a window that falls at the first stage OpenCV leaves one out."""


class Place(NamedTuple):
    """A window: its layer, and which one it is there, across and down."""

    layer: int
    column: int
    row: int


class Searched(Struct, frozen=True, eq=False):
    """`levels` is, for each layer, how many stages each of its windows passed, (down, across), `SKIPPED`
    where nobody looked at it.

    `alive` is how many windows were looked at, and how many were left after each stage; `tests` how many
    features were computed in all of them. `sums` (n,) is what the votes of the last stage added up to, for
    each window that passed it.
    """

    model: CascadeModel
    layers: tuple[Layer, ...]
    levels: tuple[Levels, ...]
    alive: tuple[int, ...]
    tests: int
    sums: Sums

    @property
    def boxes(self) -> Boxes:
        """(n, 4): the windows that passed all stages, in the order of `sums`."""
        return self.survivors(len(self.model.stages))

    def survivors(self, least: int) -> Boxes:
        """(n, 4) x, y, width, height of the windows that passed at least so many stages."""
        found = [
            self.box(Place(number, column, row))
            for number, levels in enumerate(self.levels)
            for row, column in np.argwhere(levels >= least).tolist()
        ]
        return np.array(found, np.int32).reshape(-1, 4)

    def passed(self, place: Place) -> int:
        """How many stages, or `SKIPPED`."""
        return int(self.levels[place.layer][place.row, place.column])

    def box(self, place: Place) -> tuple[int, int, int, int]:
        """In pixels of the picture, over whose border it may reach by one."""
        layer = self.layers[place.layer]
        corner = np.array((place.column * layer.step, place.row * layer.step), np.float32) * np.float32(
            layer.scale
        )
        x, y = np.rint(corner).astype(int).tolist()
        return x, y, *enlarged(self.model.size, layer.scale)


class Search:
    """A cascade at work on pictures of one size."""

    def __init__(self, model: CascadeModel, size: Size, factor: float, minimum: int) -> None:
        self._model = model
        self._parts = [_Part(model, layout) for layout in layouts(model.size, size, factor, minimum)]

    def through(self, grey: Image) -> Searched:
        """A picture of that size, (h, w)."""
        came = [part.through(grey) for part in self._parts]
        nobody = np.zeros(len(self._model.stages) + 1, int)
        return Searched(
            self._model,
            tuple(layer for part in self._parts for layer in part.layout.layers),
            tuple(levels for one in came for levels in one.levels),
            tuple(sum((one.alive for one in came), nobody).tolist()),
            sum(one.tests for one in came),
            np.concatenate([np.empty(0), *(one.sums for one in came)]),
        )


class _Came(NamedTuple):
    """The same of one layout; `alive` is (stages + 1,)."""

    levels: list[Levels]
    alive: NDArray[np.int64]
    tests: int
    sums: Sums


class _Part:
    """The layers of one layout."""

    def __init__(self, model: CascadeModel, layout: Layout) -> None:
        self.layout = layout
        self._window = model.size
        self._tables = tables(model, layout)
        self._integrals = Integrals(layout, tilted=model.tilted)

    def through(self, grey: Image) -> _Came:
        self._integrals.fill(grey)
        light = self._integrals.light(self._window)
        at, lively = self.layout.at, light.lively
        # all windows, for only the first stage tells which of them are left out
        first = judged(self._tables[0], self._integrals.numbers, at, light.share)
        fell = lively & (first.sums < self._tables[0].bar)
        looked = np.concatenate([_looked_at(one).ravel() for one in self._in_layers(fell)])
        levels = np.where(looked, 0, SKIPPED).astype(np.int16)
        left = np.flatnonzero(looked & lively & ~fell)
        alive = [int(np.count_nonzero(looked)), len(left)]
        tests, sums = int(first.tests[looked & lively].sum()), first.sums[left]
        levels[left] = 1
        for table in self._tables[1:]:
            verdict = judged(table, self._integrals.numbers, at[left], light.share[left])
            stays = verdict.sums >= table.bar
            tests += int(verdict.tests.sum())
            left, sums = left[stays], verdict.sums[stays]
            levels[left] += 1
            alive.append(len(left))
        return _Came(list(self._in_layers(levels)), np.array(alive), tests, sums)

    def _in_layers(self, values: NDArray[N]) -> Iterator[NDArray[N]]:
        """A value for each window, as (down, across) for each layer."""
        first = 0
        for layer in self.layout.layers:
            count = layer.across * layer.down
            yield values[first : first + count].reshape(layer.down, layer.across)
            first += count


def _looked_at(fell: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(down, across): behind each window that is looked at and falls at the first stage, one is left out.

    So in a run of such windows it is every second one.
    """
    column = np.arange(fell.shape[1])
    behind = np.maximum.accumulate(np.where(fell, 0, column + 1), axis=1)
    start = np.zeros_like(behind)
    start[:, 1:] = behind[:, :-1]
    looked: NDArray[np.bool_] = (column - start) % 2 == 0
    return looked
