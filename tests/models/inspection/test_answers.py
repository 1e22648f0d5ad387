"""What somebody wants to see of a layer is made of its numbers, and of nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from models.inspection import answers
from models.inspection.answers import answers_of
from models.inspection.maps import maps_first
from models.inspection.network import Answer, Look
from models.inspection.pictures import ZERO, Scaling


def answer_of(values: np.ndarray, look: Look) -> Answer:
    return answers_of({"made": values}, {"made": look})["made"]


@pytest.fixture
def maps() -> np.ndarray:
    return np.random.default_rng(8).normal(0, 1, (5, 6, 8)).astype(np.float32)


def test_what_is_no_number_is_shown_as_nothing_and_told(maps: np.ndarray) -> None:
    maps[0, 0, 0], maps[1, 2, 3], maps[4, 5, 7] = np.nan, np.inf, -np.inf
    answer = answer_of(maps, Look(Scaling("map")))
    clean = np.nan_to_num(maps, nan=0.0, posinf=0.0, neginf=0.0)
    assert answer.activity.strange == 3
    np.testing.assert_array_equal(answer.activity.highest, clean.max((1, 2)))
    np.testing.assert_allclose(answer.activity.means, clean.mean((1, 2)), rtol=1e-4, atol=1e-7)
    assert answer.pictures is not None
    assert answer.pictures.levels[0, 0, 0] == answer.pictures.levels[1, 2, 3] == ZERO


def test_numbers_beside_each_other_that_cancel_out_are_still_seen_to_be_none(maps: np.ndarray) -> None:
    maps[2, 0, 0], maps[2, 0, 1] = np.inf, -np.inf
    assert answer_of(maps, Look()).activity.strange == 2


def test_channels_that_stand_last_become_maps(maps: np.ndarray) -> None:
    square = maps[:, :, :6]
    turned = maps_first(square.transpose(1, 2, 0), (6, 6))
    first, last = (answer_of(one, Look(Scaling("layer"))) for one in (square, turned))
    assert first.pictures is not None
    assert last.pictures is not None
    np.testing.assert_array_equal(first.pictures.levels, last.pictures.levels)
    np.testing.assert_array_equal(first.activity.means, last.activity.means)


def test_what_is_told_is_not_the_layers_own_memory(maps: np.ndarray) -> None:
    look = Look(Scaling("map"), small=8, histogram=True, values=True)
    answer = answer_of(maps, look)
    before = answer_of(maps.copy(), look)
    maps[:] = 99
    assert answer.pictures is not None
    assert before.pictures is not None
    np.testing.assert_array_equal(answer.pictures.levels, before.pictures.levels)
    np.testing.assert_array_equal(answer.pictures.limits, before.pictures.limits)
    for name in ("small", "histogram", "values"):
        np.testing.assert_array_equal(getattr(answer, name), getattr(before, name))
    assert answer.activity.maximum < 99


@pytest.mark.parametrize("enough", [1, 200, 1 << 20])
def test_many_layers_at_once_are_answered_as_each_alone(enough: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "ENOUGH", enough)
    dice = np.random.default_rng(9)
    shapes = [(4, 6, 6), (2, 6, 6), (9, 3, 3), (5, 4, 9), (7,), (10, 8), (3, 1, 1), (1, 6, 6), (4, 4, 12)]
    said = {f"{n}": dice.normal(0, 1, shape).astype(np.float32) for n, shape in enumerate(shapes)}
    said["1"] = np.abs(said["1"])
    said["7"][0, 2, 2] = np.nan
    look = Look(Scaling("map"), small=4)
    found = answers_of(said, dict.fromkeys(said, look))
    assert list(found) == list(said)
    for name, values in said.items():
        alone = answer_of(values, look)
        assert found[name].activity.strange == alone.activity.strange
        for figures in ("means", "lowest", "highest", "active"):
            np.testing.assert_allclose(
                getattr(found[name].activity, figures), getattr(alone.activity, figures), rtol=1e-5, atol=1e-7
            )
        together, single = found[name].pictures, alone.pictures
        assert together is not None
        assert single is not None
        np.testing.assert_array_equal(together.levels, single.levels)
        assert together.signed == single.signed
        np.testing.assert_array_equal(found[name].small, alone.small)
