"""One box for each face, where several cells see it."""

from __future__ import annotations

import numpy as np

from models.detectors.layout import Cells

MOST = 300
"""Cells that are looked at, the surest: at a very low threshold there are thousands."""


def best_of(cells: Cells, overlap: float) -> Cells:
    """The surest of those whose boxes overlap by more than `overlap` (intersection over union), sorted."""
    order = np.argsort(-cells.scores, kind="stable")[:MOST]
    low, high, scores = cells.boxes[order, :2], cells.boxes[order, 2:], cells.scores[order]
    areas = (high - low).prod(1)
    left, kept = np.arange(len(order)), []
    while len(left):
        first, left = left[0], left[1:]
        kept.append(first)
        sides = (np.minimum(high[first], high[left]) - np.maximum(low[first], low[left])).clip(0)
        common = sides[:, 0] * sides[:, 1]
        left = left[common <= overlap * (areas[first] + areas[left] - common)]
    return Cells(cells.boxes[order][kept], scores[kept])
