"""Where an axis has its figures."""

from __future__ import annotations

import itertools

import pytest

from desktop.painting.ticks import above, along
from pipelines.stress.sweeps import SWEEPS, Sweep


def test_degrees_are_counted_in_parts_of_a_right_angle() -> None:
    assert [tick.value for tick in along(-90, 90, 0, 12)] == [-90 + 15 * n for n in range(13)]
    assert [tick.words for tick in along(-90, 90, 0, 4)] == ["−90", "−45", "0", "45", "90"]


def test_other_strengths_stand_at_round_values() -> None:
    assert [tick.value for tick in along(0, 20, 0, 5)] == [0, 5, 10, 15, 20]
    assert [tick.value for tick in along(0.1, 2.0, 1.0, 5)] == pytest.approx([0.5, 1.0, 1.5, 2.0])


@pytest.mark.parametrize("sweep", SWEEPS.values(), ids=SWEEPS)
@pytest.mark.parametrize("most", [2, 5, 12])
def test_the_neutral_strength_has_its_figure_and_no_other_is_on_it(sweep: Sweep, most: int) -> None:
    low, high = sweep.strengths[0], sweep.strengths[-1]
    values = [tick.value for tick in along(low, high, sweep.neutral, most)]
    assert sweep.neutral in values
    assert all(low <= value <= high for value in values)
    gaps = [b - a for a, b in itertools.pairwise(values)]
    assert all(gap >= 0.35 * (high - low) / most for gap in gaps)
    assert 2 <= len(values) <= most + 2


def test_shares_go_to_the_whole_and_beyond_where_they_must() -> None:
    assert [tick.words for tick in above([0.2, float("nan")])] == ["0 %", "50 %", "100 %"]
    assert [tick.words for tick in above([])] == ["0 %", "50 %", "100 %"]
    assert [tick.value for tick in above([1.2])] == [0, 1, 1.5]
    assert [tick.value for tick in above([3.4, 1.0])] == [0, 1, 4]
