"""What a network took the picture for, over the last minute."""

from __future__ import annotations

import numpy as np
import pytest

from models.text import Text
from pipelines.layers.trace import ScoreTrace

TITLES = tuple(Text(f"name {n}", f"名前 {n}") for n in range(5))


def share(**likely: float) -> np.ndarray:
    """Of five classes."""
    return np.array([likely.get(f"c{n}", 0.0) for n in range(5)])


def test_the_surest_on_average_are_drawn_with_their_names() -> None:
    trace = ScoreTrace()
    for second in range(4):
        trace.add(float(second), share(c1=0.2, c3=0.5, c4=0.3 if second % 2 else 0.1))
    plot = trace.plot(TITLES)
    assert [curve.title for curve in plot.curves] == [TITLES[3], TITLES[1], TITLES[4]]
    assert [curve.role for curve in plot.curves] == ["first", "second", "soft"]
    assert plot.curves[0].x.tolist() == [-3, -2, -1, 0]
    assert plot.curves[2].y == pytest.approx([10, 30, 10, 30])


def test_a_name_keeps_its_colour_while_others_come_and_go() -> None:
    trace = ScoreTrace()
    trace.add(0.0, share(c0=0.6, c1=0.3, c2=0.1))
    before = {curve.title: curve.role for curve in trace.plot(TITLES).curves}
    for second in range(1, 6):
        trace.add(float(second), share(c1=0.2, c4=0.7, c0=0.05))
    after = {curve.title: curve.role for curve in trace.plot(TITLES).curves}
    assert TITLES[4] in after
    assert TITLES[2] not in after
    assert all(after[title] == before[title] for title in (TITLES[0], TITLES[1]))


def test_another_number_of_classes_is_another_network() -> None:
    trace = ScoreTrace()
    trace.add(0.0, share(c0=1.0))
    trace.add(1.0, np.array([0.2, 0.8]))
    plot = trace.plot(TITLES)
    assert [curve.title.en for curve in plot.curves] == ["no. 1", "no. 0"]
    assert plot.curves[0].x.tolist() == [0.0]
