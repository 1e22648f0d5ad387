"""The stages of a cascade as tables of numbers, and what they say of many windows at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from pipelines.haar.integral import Integers
from pipelines.haar.model import CascadeModel, Feature, Stage, Tree
from pipelines.haar.pyramid import Indices, Layout

Floats = NDArray[np.float32]
Sums = NDArray[np.float64]
Counts = NDArray[np.int64]
SLACK = np.float32(1e-5)
"""By so much OpenCV lowers every bar, against rounding."""
MANY = 1000
"""Windows from which on it is faster to go feature by feature than to gather all numbers of a stage."""


class Corner(NamedTuple):
    """A number of the integral image that a feature's value is made of: how far behind the window's own
    point it lies, and how many times it counts."""

    away: int
    times: int


class StageTable(Struct, frozen=True, eq=False):
    """One stage over one layout. Trees have `depth` nodes each, one behind the other; those of smaller
    trees are filled up with nodes that nobody comes to.

    Which nodes of a tree are below their thresholds makes a number, with a bit for each: of each tree
    `votes` and `tests`, (trees, 2 ** depth), are its vote then, and how many nodes lead to it.
    """

    bar: float
    depth: int
    nodes: tuple[tuple[Corner, ...], ...]
    thresholds: Floats
    votes: Sums
    tests: Counts
    away: Indices
    times: Integers
    starts: Indices
    """The first corner of each node in `away` and `times`, which are (corners, 1)."""


class Judged(NamedTuple):
    """For each window: the sum of the votes, and how many features were computed for it."""

    sums: Sums
    tests: Counts


def tables(model: CascadeModel, layout: Layout) -> tuple[StageTable, ...]:
    corners = [tuple(_corners(feature, layout)) for feature in model.features]
    return tuple(_table(stage, corners) for stage in model.stages)


def judged(table: StageTable, numbers: Integers, at: Indices, share: Floats) -> Judged:
    """The windows whose points are `at`, with the `share` of each that `Integrals.light` gives."""
    if len(at) == 0:
        return Judged(np.empty(0), np.empty(0, np.int64))
    if len(at) > MANY:
        return _feature_by_feature(table, numbers, at, share)
    return _all_at_once(table, numbers, at, share)


def _feature_by_feature(table: StageTable, numbers: Integers, at: Indices, share: Floats) -> Judged:
    below = _each_below(table, numbers, at, share)
    sums = np.zeros(len(at))
    if table.depth == 1:
        for votes, low in zip(table.votes, below, strict=True):
            sums += np.where(low, votes[1], votes[0])
        return Judged(sums, np.full(len(at), len(table.votes)))
    tests = np.zeros(len(at), np.int64)
    for votes, needed in zip(table.votes, table.tests, strict=True):
        which = np.zeros(len(at), np.intp)
        for bit in range(table.depth):
            which |= next(below).astype(np.intp) << bit
        sums += votes.take(which)
        tests += needed.take(which)
    return Judged(sums, tests)


def _each_below(
    table: StageTable, numbers: Integers, at: Indices, share: Floats
) -> Iterator[NDArray[np.bool_]]:
    """For one node after the other, (n,)."""
    total, one = np.empty(len(at), np.int32), np.empty(len(at), np.int32)
    for node, threshold in zip(table.nodes, table.thresholds, strict=True):
        total.fill(0)
        for away, times in node:
            # no number lies outside; to look for that again would take a third longer
            numbers[away:].take(at, out=one, mode="clip")
            if times not in (1, -1):
                np.multiply(one, abs(times), out=one)
            (np.add if times > 0 else np.subtract)(total, one, out=total)
        yield total.astype(np.float32) * share < threshold


def _all_at_once(table: StageTable, numbers: Integers, at: Indices, share: Floats) -> Judged:
    gathered = numbers.take(table.away + at)
    gathered *= table.times
    values = np.add.reduceat(gathered, table.starts, axis=0).astype(np.float32)
    below = values * share < table.thresholds[:, None]
    trees = len(table.votes)
    if table.depth == 1:
        sums = (table.votes[:, 1] - table.votes[:, 0]) @ below + table.votes[:, 0].sum()
        return Judged(sums, np.full(len(at), trees))
    bits = 1 << np.arange(table.depth)
    which = np.einsum("tdn,d->tn", below.reshape(trees, table.depth, len(at)), bits)
    which += (np.arange(trees) << table.depth)[:, None]
    return Judged(table.votes.take(which).sum(0), table.tests.take(which).sum(0))


def _corners(feature: Feature, layout: Layout) -> Iterator[Corner]:
    """Those of its rectangles, each once."""
    times: dict[tuple[int, int], int] = {}
    for x, y, width, height, weight in feature.rectangles:
        right = (x + width, y + width) if feature.tilted else (x + width, y)
        left = (x - height, y + height) if feature.tilted else (x, y + height)
        opposite = right[0] + left[0] - x, right[1] + left[1] - y
        for corner, sign in (((x, y), 1), (right, -1), (left, -1), (opposite, 1)):
            times[corner] = times.get(corner, 0) + sign * weight
    behind = layout.length if feature.tilted else 0
    for (x, y), many in times.items():
        if many:
            yield Corner(behind + layout.away(x, y), many)


def _table(stage: Stage, corners: list[tuple[Corner, ...]]) -> StageTable:
    depth = max(len(tree.nodes) for tree in stage.trees)
    filled = [tree.nodes + tree.nodes[:1] * (depth - len(tree.nodes)) for tree in stage.trees]
    nodes = [node for tree in filled for node in tree]
    used = [corners[node.feature] for node in nodes]
    flat = [corner for some in used for corner in some]
    leaves = [[_leaf(tree, bits) for bits in range(1 << depth)] for tree in stage.trees]
    return StageTable(
        bar=float(np.float32(stage.bar) - SLACK),
        depth=depth,
        nodes=tuple(used),
        thresholds=np.array([node.threshold for node in nodes], np.float32),
        votes=np.array([[vote for vote, _tests in tree] for tree in leaves]),
        tests=np.array([[tests for _vote, tests in tree] for tree in leaves]),
        away=np.array([corner.away for corner in flat])[:, None],
        times=np.array([corner.times for corner in flat], np.int32)[:, None],
        starts=np.cumsum([0, *(len(some) for some in used[:-1])]),
    )


def _leaf(tree: Tree, bits: int) -> tuple[float, int]:
    """The vote where the nodes whose bits are set are below their thresholds, and the nodes on the way."""
    at, tests = 0, 0
    while True:
        node, tests = tree.nodes[at], tests + 1
        at = node.below if bits >> at & 1 else node.otherwise
        if at <= 0:
            return tree.leaves[-at], tests
