"""Two pictures in one: what is shown of each is what is asked of each."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch")

from models.training.classifiers.batches import Batch
from models.training.objects.mixing import mixed

COUNT = 6
SEEDS = range(60)


def batch() -> Batch:
    """Picture number k is k everywhere, and of class k."""
    levels = np.arange(COUNT, dtype=np.float32)
    pictures = np.broadcast_to(levels[:, None, None, None], (COUNT, 3, 16, 24))
    return Batch(np.ascontiguousarray(pictures), np.eye(COUNT, dtype=np.float32))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_shares_are_those_of_the_pixels(seed: int) -> None:
    """A picture's mean is the mean of its classes, for class k is as light as k."""
    made = mixed(batch(), np.random.default_rng(seed))
    assert made.pictures.shape == (COUNT, 3, 16, 24)
    assert made.pictures.dtype == made.shares.dtype == np.float32
    np.testing.assert_allclose(made.shares.sum(1), 1, atol=1e-6)
    np.testing.assert_allclose(made.pictures.mean((1, 2, 3)), made.shares @ np.arange(COUNT), atol=1e-5)


def test_there_are_all_three_kinds() -> None:
    kinds = set()
    for seed in SEEDS:
        made = mixed(batch(), np.random.default_rng(seed))
        lights = {float(light) for picture in made.pictures for light in np.unique(picture)}
        changed = (made.shares.max(1) < 1).any()
        kinds.add((changed, all(light.is_integer() for light in lights)))
    assert {(False, True), (True, True), (True, False)} <= kinds


def test_the_given_batch_stays_as_it_was() -> None:
    given = batch()
    for seed in SEEDS:
        mixed(given, np.random.default_rng(seed))
    assert all(np.array_equal(one, other) for one, other in zip(given, batch(), strict=True))
