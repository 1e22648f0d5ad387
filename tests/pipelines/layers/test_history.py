"""What is remembered, and when it is forgotten."""

from __future__ import annotations

import numpy as np

from models.inspection.answers import answers_of
from models.inspection.network import Look
from pipelines.layers.history import NO_SCORES, History


def test_another_network_begins_with_empty_curves() -> None:
    history = History()
    assert history.lacks("scores") == NO_SCORES
    for second in range(3):
        history.add_scores("one", float(second), np.array([0.9, 0.1]))
    assert history.lacks("scores") is None
    history.add_scores("other", 3.0, np.array([0.4, 0.6]))
    plot = history.plot("scores", None, ())
    assert plot is not None
    assert [curve.x.tolist() for curve in plot.curves] == [[0.0], [0.0]]
    history.add_scores("other", 4.0, None)
    assert history.plot("scores", None, ()) is None


def test_another_layer_begins_with_empty_curves() -> None:
    history = History()
    answer = answers_of({"one": np.ones((2, 3, 3), np.float32)}, {"one": Look()})["one"]
    for second in range(3):
        history.add_layer("conv1", float(second), answer.activity)
    plot = history.plot("strength", answer, ())
    assert plot is not None
    assert len(plot.curves[0].x) == 3
    history.add_layer("conv2", 3.0, answer.activity)
    plot = history.plot("strength", answer, ())
    assert plot is not None
    assert len(plot.curves[0].x) == 1
    assert history.plot("strength", None, ()) is None, "what enters is no layer"
