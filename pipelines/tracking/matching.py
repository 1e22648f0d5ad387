"""Which box belongs to which: the assignment with the largest overlap in all.

Source: H. W. Kuhn, "The Hungarian method for the assignment problem", Naval Research Logistics
Quarterly 2, 83-97 (1955); by shortest augmenting paths: D. F. Crouse, "On implementing 2D rectangular
assignment algorithms", IEEE Trans. Aerospace and Electronic Systems 52, 1679-1696 (2016).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipelines.tracking.motion import Floats

Places = NDArray[np.intp]


def overlaps(these: Floats, those: Floats) -> Floats:
    """(n, m) intersection over union of (n, 4) and (m, 4) boxes x, y, width, height."""
    low = np.maximum(these[:, None, :2], those[None, :, :2])
    high = np.minimum((these[:, :2] + these[:, 2:])[:, None], (those[:, :2] + those[:, 2:])[None])
    common = (high - low).clip(0).prod(2)
    union = these[:, 2:].prod(1)[:, None] + those[:, 2:].prod(1)[None] - common
    shared: Floats = np.divide(common, union, out=np.zeros_like(common), where=union > 0)
    return shared


def pairs(overlap: Floats, least: float) -> tuple[Places, Places]:
    """Rows and columns of `overlap` that belong together: none twice, none that shares less than `least`."""
    counted = np.where(overlap >= least, overlap, 0.0)
    rows, columns = np.flatnonzero(counted.any(1)), np.flatnonzero(counted.any(0))
    possible = counted[np.ix_(rows, columns)]
    if len(rows) <= len(columns):
        first = np.arange(len(rows))
        second = _cheapest(1 - possible)
    else:
        second = np.arange(len(columns))
        first = _cheapest(1 - possible.T)
    paired = possible[first, second] > 0
    return rows[first[paired]], columns[second[paired]]


def _cheapest(cost: Floats) -> Places:
    """(n,) the column of each of the n rows of `cost`, (n, m ≥ n) and nowhere negative.

    Each row in turn gets a column by the cheapest chain of rows that make room for it; `dues` are what
    rows and columns are charged (the dual variables), so that no cost in a chain is negative.
    """
    row_of = np.full(cost.shape[1], -1)
    column_of = np.full(cost.shape[0], -1)
    row_dues, column_dues = np.zeros(cost.shape[0]), np.zeros(cost.shape[1])
    for row in range(cost.shape[0]):
        length, origin = np.full(cost.shape[1], np.inf), np.full(cost.shape[1], -1)
        done = np.zeros(cost.shape[1], bool)
        at, reached = row, 0.0
        while True:
            way = reached + cost[at] - row_dues[at] - column_dues
            better = ~done & (way < length)
            length[better], origin[better] = way[better], at
            column = int(np.where(done, np.inf, length).argmin())
            reached, done[column] = float(length[column]), True
            if row_of[column] < 0:
                break
            at = int(row_of[column])
        moved = done & (row_of >= 0)
        row_dues[row] += reached
        row_dues[row_of[moved]] += reached - length[moved]
        column_dues[moved] -= reached - length[moved]
        while column >= 0:
            at = int(origin[column])
            row_of[column], column_of[at], column = at, column, int(column_of[at])
    return column_of
