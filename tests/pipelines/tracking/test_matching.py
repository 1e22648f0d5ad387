from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from pipelines.tracking.matching import overlaps, pairs
from pipelines.tracking.motion import Floats


def best_of_all(overlap: Floats, least: float) -> float:
    """The largest sum of overlaps over every way to pair rows with columns."""
    counted = np.where(overlap >= least, overlap, 0.0)
    if counted.shape[0] > counted.shape[1]:
        counted = counted.T
    rows, columns = counted.shape
    return max(float(counted[range(rows), list(order)].sum()) for order in permutations(range(columns), rows))


@pytest.mark.parametrize("shape", [(1, 1), (2, 5), (4, 4), (5, 3), (6, 6)])
def test_no_other_way_to_pair_shares_more(shape: tuple[int, int]) -> None:
    random = np.random.default_rng(shape)
    for _ in range(40):
        overlap = random.random(shape) * (random.random(shape) < 0.6)

        rows, columns = pairs(overlap, 0.3)

        assert overlap[rows, columns].sum() == pytest.approx(best_of_all(overlap, 0.3))
        assert (overlap[rows, columns] >= 0.3).all()
        assert len({*rows.tolist()}) == len({*columns.tolist()}) == len(rows)


def test_the_nearest_first_would_be_worse() -> None:
    """Row 0 shares most with column 0, and yet leaves it to row 1, which has no other."""
    rows, columns = pairs(np.array([[0.6, 0.5], [0.5, 0.0]]), 0.2)

    assert list(zip(rows.tolist(), columns.tolist(), strict=True)) == [(0, 1), (1, 0)]


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_nothing_is_paired_with_nothing(shape: tuple[int, int]) -> None:
    rows, columns = pairs(np.zeros(shape), 0.2)

    assert len(rows) == len(columns) == 0


def test_overlaps_are_those_of_counted_pixels() -> None:
    random = np.random.default_rng(5)
    boxes = np.column_stack([random.integers(0, 30, (12, 2)), random.integers(0, 30, (12, 2))]).astype(float)
    masks = np.zeros((12, 60, 60), bool)
    for mask, (x, y, width, height) in zip(masks, boxes.astype(int).tolist(), strict=True):
        mask[y : y + height, x : x + width] = True
    common = (masks[:, None] & masks[None]).sum((2, 3))
    union = (masks[:, None] | masks[None]).sum((2, 3))

    np.testing.assert_allclose(overlaps(boxes, boxes), common / np.maximum(union, 1))
