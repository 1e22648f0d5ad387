"""A cut shows a part of the picture, as it was or mirrored, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from models.centring import Image
from models.training.objects import augment
from models.training.objects.augment import LEAST, STRETCHED, changed

SIDE = 64


def slope() -> Image:
    """Red from left to right, green from top to bottom, 4 levels a pixel."""
    levels = np.arange(SIDE, dtype=np.uint8) * 4
    across = np.broadcast_to(levels, (SIDE, SIDE))
    return np.ascontiguousarray(np.stack([across, across.T, np.full_like(across, 100)], -1))


@pytest.fixture
def undisturbed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(augment, "DISTURBED", 0.0)


@pytest.mark.usefixtures("undisturbed")
def test_it_shows_enough_and_is_not_stretched_too_much() -> None:
    mirrored = 0
    for seed in range(200):
        made = changed(slope(), np.random.default_rng(seed), 32).astype(float)
        assert made.shape == (32, 32, 3)
        assert np.abs(made[..., 2] - 100).max() == 0
        red, green = made[16, :, 0], made[:, 16, 1]
        width, height = (abs(line[-1] - line[0]) / 4 * 32 / 31 for line in (red, green))
        assert LEAST * 0.85 <= width * height / SIDE**2 <= 1.05
        assert 1 / (STRETCHED * 1.1) <= width / height <= STRETCHED * 1.1
        assert green[-1] > green[0], "nothing stands on its head"
        mirrored += int(red[-1] < red[0])
    assert 60 < mirrored < 140


@pytest.mark.parametrize("seed", range(20))
def test_the_same_seed_gives_the_same_picture(seed: int) -> None:
    first, second = (changed(slope(), np.random.default_rng(seed), 48) for _time in range(2))
    assert np.array_equal(first, second)
    assert first.dtype == np.uint8


def test_most_are_disturbed_and_their_colours_stay_in_order() -> None:
    """What is red stays redder than green and blue, unless the camera saw no colour."""
    red = np.broadcast_to(np.array([200, 60, 60], np.uint8), (SIDE, SIDE, 3))
    seen = [changed(red, np.random.default_rng(seed), 48).mean((0, 1)) for seed in range(200)]
    disturbed = [mean for mean in seen if np.abs(mean - (200, 60, 60)).max() > 1]
    coloured = [mean for mean in seen if np.ptp(mean) > 6]
    assert 100 < len(disturbed) < 170
    assert 140 < len(coloured) < 200
    assert all(mean[0] > mean[1:].max() for mean in coloured)
