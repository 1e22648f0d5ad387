"""How far two runtimes are apart."""

from __future__ import annotations

import numpy as np
import pytest

from models.inspection.answers import answers_of
from models.inspection.network import Look
from models.inspection.parity import differences

ONE = np.array([[[1.0, -4.0, 2.0]]], np.float32)
STRANGE = np.array([[[np.nan, -4.0, np.inf]]], np.float32)


def apart(one: np.ndarray, other: np.ndarray) -> dict[str, float]:
    look = Look(values=True)
    ones, others = (answers_of({"a": values}, {"a": look}) for values in (one, other))
    return differences(ones, others)


def test_the_largest_difference_is_a_share_of_the_strongest_answer() -> None:
    assert apart(ONE, ONE + np.array([0.5, 0, -0.1], np.float32)) == {"a": pytest.approx(0.125)}


def test_layers_of_another_shape_are_not_compared() -> None:
    assert apart(ONE, ONE[..., :2]) == {}


def test_the_same_infinities_and_missing_numbers_are_no_difference() -> None:
    other = STRANGE.copy()
    other[0, 0, 1] = -3
    assert apart(STRANGE, STRANGE) == {"a": 0.0}
    assert apart(STRANGE, other) == {"a": pytest.approx(0.25)}


@pytest.mark.parametrize("one", [ONE, STRANGE * -1])
def test_others_are_infinitely_far(one: np.ndarray) -> None:
    assert apart(STRANGE, one) == {"a": np.inf}
    assert apart(one, STRANGE) == {"a": np.inf}
