"""One box for each face, where several cells see it."""

from __future__ import annotations

import numpy as np

from models.detectors.layout import Cells

MOST = 1000
"""Cells that are looked at, the surest: at a very low threshold there are thousands."""


def best_of(cells: Cells, overlap: float, blended: float | None = None) -> Cells:
    """The surest of those whose boxes overlap by more than `overlap` (intersection over union), sorted.

    Where `blended` is an overlap, a box becomes the mean of those that overlap it by so much, each as heavy
    as its score: neighbours err to different sides. Source: V. Bazarevsky et al., "BlazeFace",
    arXiv:1907.05047 (2019).
    """
    order = np.argsort(-cells.scores, kind="stable")[:MOST]
    boxes, scores = cells.boxes[order], cells.scores[order]
    low, high = boxes[:, :2], boxes[:, 2:]
    areas = (high - low).prod(1)
    left, kept, near = np.arange(len(order)), [], []
    while len(left):
        first, left = left[0], left[1:]
        kept.append(first)
        sides = (np.minimum(high[first], high[left]) - np.maximum(low[first], low[left])).clip(0)
        common = sides[:, 0] * sides[:, 1]
        both = areas[first] + areas[left] - common
        if blended is not None:
            near.append(left[common >= blended * both])
        left = left[common <= overlap * both]
    made = boxes[kept]
    for place, others in enumerate(near):
        weight = scores[others]
        total = scores[kept[place]] + weight.sum()
        if len(others) and total > 0:
            made[place] = (made[place] * scores[kept[place]] + weight @ boxes[others]) / total
    return Cells(made, scores[kept])
