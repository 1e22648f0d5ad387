"""Matching against a slow, plain computation written here."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from pipelines.contest.matching import boxes_of, judged, pairs
from pipelines.frame import Truth
from pipelines.result import Box
from pipelines.tracking.matching import overlaps

Place = tuple[float, float, float, float]


def some(dice: np.random.Generator, many: int) -> list[Place]:
    """Whole numbers in a small room, so that many overlap."""
    low = dice.integers(0, 40, (many, 2))
    size = dice.integers(4, 30, (many, 2))
    return [(float(x), float(y), float(w), float(h)) for (x, y), (w, h) in zip(low, size, strict=True)]


def pixels(box: Place) -> set[tuple[int, int]]:
    x, y, width, height = map(int, box)
    return set(itertools.product(range(x, x + width), range(y, y + height)))


def shared(one: Place, other: Place) -> float:
    """Intersection over union, by counting pixels."""
    a, b = pixels(one), pixels(other)
    return len(a & b) / len(a | b)


def scored(finds: list[Place], truth: list[Truth], least: float) -> tuple[list[int], list[int], int]:
    """Which finds, given surest first, are right and which false alarms; how many are missed."""
    free = [known.box for known in truth if not known.ignore]
    ignored = [known.box for known in truth if known.ignore]
    right, alarms = [], []
    for place, find in enumerate(finds):
        best = max(free, key=lambda known: shared(find, known), default=None)
        if best is not None and shared(find, best) >= least:
            free.remove(best)
            right.append(place)
            continue
        inside = [len(pixels(find) & pixels(box)) / len(pixels(find)) for box in ignored]
        if not any(shared(find, box) >= least for box in ignored) and max(inside, default=0) < 0.5:
            alarms.append(place)
    return right, alarms, len(free)


def array(places: list[Place]) -> NDArray[np.float64]:
    return np.array(places, float).reshape(-1, 4)


@pytest.mark.parametrize("seed", range(5))
def test_overlap_is_what_counting_pixels_gives(seed: int) -> None:
    dice = np.random.default_rng(seed)
    these, those = some(dice, 7), some(dice, 5)
    expected = [[shared(one, other) for other in those] for one in these]
    np.testing.assert_allclose(overlaps(array(these), array(those)), expected)


def test_nothing_overlaps_nothing() -> None:
    assert overlaps(array([]), array([(0, 0, 5, 5)])).shape == (0, 1)
    assert overlaps(array([(3, 3, 0, 0)]), array([(3, 3, 0, 0)])).tolist() == [[0.0]]
    assert pairs(array([]), array([]), 0.3) == []


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("least", [0.1, 0.3, 0.6])
def test_who_overlaps_most_is_paired_first_and_each_once(seed: int, least: float) -> None:
    dice = np.random.default_rng(seed)
    these, those = some(dice, 12), some(dice, 9)

    expected = []
    left, right = set(range(12)), set(range(9))
    while left and right:
        best = max(
            itertools.product(sorted(left), sorted(right)), key=lambda p: shared(these[p[0]], those[p[1]])
        )
        if shared(these[best[0]], those[best[1]]) < least:
            break
        expected.append(best)
        left.remove(best[0])
        right.remove(best[1])

    found = pairs(array(these), array(those), least)
    assert [shared(these[i], those[j]) for i, j in found] == [shared(these[i], those[j]) for i, j in expected]
    assert set(found) == set(expected)


@pytest.mark.parametrize("seed", range(60))
def test_finds_are_judged_as_the_plain_computation_does(seed: int) -> None:
    dice = np.random.default_rng(seed)
    truth = [Truth("face", box, bool(dice.random() < 0.3)) for box in some(dice, int(dice.integers(0, 9)))]
    surest_first = some(dice, int(dice.integers(0, 12)))
    order = dice.permutation(len(surest_first)).tolist()
    finds = [Box(surest_first[rank], "face", 1 - rank / 100) for rank in order]

    verdict = judged(finds, truth, 0.3)

    right, alarms, missed = scored(surest_first, truth, 0.3)
    assert sorted(order[place] for place in np.flatnonzero(verdict.right)) == right
    assert sorted(order[place] for place in np.flatnonzero(verdict.alarms)) == alarms
    assert verdict.missed == missed


def test_a_second_find_of_one_face_is_a_false_alarm() -> None:
    twice = [Box((0, 0, 10, 10), "face", 0.5), Box((0, 0, 10, 10), "face", 0.9)]
    verdict = judged(twice, [Truth("face", (0, 0, 10, 10))], 0.3)
    assert verdict.right.tolist() == [False, True]
    assert verdict.alarms.tolist() == [True, False]


def test_a_face_of_no_account_is_neither_reward_nor_punishment() -> None:
    crowd = [Truth("face", (0, 0, 100, 100), ignore=True)]
    inside, beside = Box((10, 10, 8, 8), "face"), Box((140, 0, 20, 20), "face")
    verdict = judged([inside, beside], crowd, 0.3)
    assert verdict.right.tolist() == [False, False]
    assert verdict.alarms.tolist() == [False, True]
    assert verdict.missed == 0


def test_places_of_marks() -> None:
    assert boxes_of([]).shape == (0, 4)
    assert boxes_of([Box((1, 2, 3, 4))]).tolist() == [[1, 2, 3, 4]]
