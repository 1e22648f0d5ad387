"""One box a face: compared with the plain definition, pair by pair."""

from __future__ import annotations

import numpy as np
import pytest

from models.detectors.layout import Cells
from models.detectors.suppression import MOST, best_of


def overlap(one: np.ndarray, other: np.ndarray) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    common = max(width, 0) * max(height, 0)
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one, other)]
    return float(common / (sum(areas) - common))


def plainly(cells: Cells, limit: float) -> list[int]:
    kept: list[int] = []
    for number in sorted(range(len(cells.scores)), key=lambda i: -cells.scores[i]):
        if all(overlap(cells.boxes[number], cells.boxes[other]) <= limit for other in kept):
            kept.append(number)
    return kept


def crowd(count: int, seed: int = 1) -> Cells:
    random = np.random.default_rng(seed)
    low = random.uniform(0, 60, (count, 2))
    boxes = np.concatenate([low, low + random.uniform(5, 30, (count, 2))], 1)
    return Cells(boxes.astype(np.float32), (random.permutation(count) / count).astype(np.float32))


@pytest.mark.parametrize("limit", [0.0, 0.3, 0.4, 0.9])
def test_it_keeps_what_the_definition_keeps_the_surest_first(limit: float) -> None:
    cells = crowd(120)
    expected = plainly(cells, limit)
    found = best_of(cells, limit)
    assert 5 < len(expected) < 120 or limit == 0.9
    np.testing.assert_array_equal(found.boxes, cells.boxes[expected])
    np.testing.assert_array_equal(found.scores, cells.scores[expected])


@pytest.mark.parametrize("share", [0.5, 0.6, 0.7])
def test_neighbours_have_a_say_in_where_a_box_is(share: float) -> None:
    """As heavy as they are sure; which boxes stay is no other question."""
    cells = crowd(120)
    plain = best_of(cells, 0.4)
    blended = best_of(cells, 0.4, share)
    np.testing.assert_array_equal(blended.scores, plain.scores)
    left, moved = list(np.argsort(-cells.scores)), 0
    for box, made in zip(plain.boxes, blended.boxes, strict=True):
        near = [n for n in left if overlap(cells.boxes[n], box) >= share]
        expected = np.average(cells.boxes[near].astype(np.float64), 0, cells.scores[near] + 1e-12)
        np.testing.assert_allclose(made, expected, rtol=1e-5)
        left = [n for n in left if overlap(cells.boxes[n], box) <= 0.4]
        moved += len(near) > 1
    assert moved > 0


def test_of_very_many_the_surest_are_looked_at() -> None:
    cells = crowd(3 * MOST)
    surest = np.sort(cells.scores)[::-1][:MOST]
    found = best_of(cells, 1.0)
    np.testing.assert_array_equal(found.scores, surest)


def test_nothing_gives_nothing() -> None:
    found = best_of(Cells(np.empty((0, 4), np.float32), np.empty(0, np.float32)), 0.4)
    assert found.boxes.shape == (0, 4)
    assert found.scores.shape == (0,)
