"""Accuracy, by class, and what is taken for what: against counting by hand."""

from __future__ import annotations

import numpy as np
import pytest

from models.evaluation.naming import accuracy, goals

NAMES = ["a", "b", "c"]


def test_it_counts_what_was_named_what() -> None:
    random = np.random.default_rng(0)
    classes, said = random.integers(0, 3, 200), random.integers(0, 3, 200)
    found = accuracy(NAMES, classes, said)
    for row in range(3):
        for column in range(3):
            counted = sum(
                1 for true, name in zip(classes, said, strict=True) if (true, name) == (row, column)
            )
            assert found.confusion[row][column] == counted
        assert found.by_class[NAMES[row]] == pytest.approx(np.mean(said[classes == row] == row))
    assert found.accuracy == pytest.approx(np.mean(classes == said))


def test_a_class_without_pictures_has_no_share() -> None:
    found = accuracy(NAMES, np.array([0, 0, 1]), np.array([0, 2, 1]))
    assert np.isnan(found.by_class["c"])
    assert found.by_class["a"] == 0.5
    assert found.accuracy == pytest.approx(2 / 3)


@pytest.mark.parametrize(("name", "least"), [("objects", 0.88), ("lenet-5", 0.99)])
def test_each_network_has_its_goal(name: str, least: float) -> None:
    classes = np.zeros(1000, np.intp)
    said = classes.copy()
    said[: round(1000 * (1 - least))] = 1
    [goal] = goals(name, accuracy(NAMES, classes, said))
    assert goal.limit == least
    assert goal.holds
    said[-1] = 1
    [goal] = goals(name, accuracy(NAMES, classes, said))
    assert not goal.holds
