"""The curves beside the picture of a layer."""

from __future__ import annotations

import numpy as np
import pytest

from models.inspection.answers import answers_of
from models.inspection.network import Look
from pipelines.layers.curves import Past


def test_the_spread_sums_to_all_units() -> None:
    values = np.random.default_rng(1).normal(0, 1, (3, 8, 8)).astype(np.float32)
    plot = Past().plot("spread", answers_of({"made": values}, {"made": Look(histogram=True)})["made"])
    assert plot is not None
    (curve,) = plot.curves
    assert curve.y[::2].sum() == pytest.approx(100.0, rel=1e-4)
    assert curve.x[0] == pytest.approx(values.min())
    assert curve.x[-1] == pytest.approx(values.max())


def test_the_last_minute_is_told() -> None:
    past = Past()
    for second in range(5):
        maps = np.full((2, 2, 2), second, np.float32)
        maps[0] = 0
        answer = answers_of({"made": maps}, {"made": Look()})["made"]
        past.add(100.0 + second, answer.activity)
    plot = past.plot("strength", answer)
    assert plot is not None
    mean, maximum = plot.curves
    assert mean.y.tolist() == [0.0, 0.5, 1.0, 1.5, 2.0]
    assert maximum.y.tolist() == [0.0, 1.0, 2.0, 3.0, 4.0]
    active = past.plot("active", answer)
    assert active is not None
    assert active.curves[0].y.tolist() == [0.0, 50.0, 50.0, 50.0, 50.0]
