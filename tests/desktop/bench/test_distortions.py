"""The bare calls that distortions are measured against give the same pictures."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.bench.distortions import PAIRS, SIZE
from desktop.bench.pipelines import pictures
from pipelines.distortions import Distortions, distort

NEAR = {"blur": 2.0, "rotation": 0.5}
"""Levels that they may be apart on average: a wide blur is reckoned in a smaller picture."""


@pytest.mark.parametrize("name", [name for name in PAIRS if name not in ("noise", "several")])
def test_they_give_the_same_picture(name: str) -> None:
    [frame] = pictures(SIZE, 1)
    ours = distort(frame, PAIRS[name].values).image.astype(float)
    theirs = PAIRS[name].bare(frame.image).astype(float)
    assert np.abs(ours - theirs).mean() <= NEAR.get(name, 0.05)
    assert np.abs(ours - frame.image).mean() > 1


def test_noise_is_as_strong() -> None:
    [frame] = pictures(SIZE, 1)
    grey = frame.image // 4 + 96  # nothing is cut
    still = type(frame).of(grey, 0, 0.0)
    ours = distort(still, PAIRS["noise"].values).image.astype(float) - grey
    theirs = PAIRS["noise"].bare(grey).astype(float) - grey
    assert ours.std() == pytest.approx(theirs.std(), rel=0.02)


def test_every_distortion_is_measured() -> None:
    names = {spec.name for spec in Distortions.specs()} - {"bar_position"}
    assert names == PAIRS.keys() - {"several"}
