"""Numbers in small squares."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.window.layers.written import scaled, short


@pytest.mark.parametrize(
    ("value", "written"), [(0.0, "0.00"), (-0.001, "0.00"), (1.005, "1.00"), (-12.345, "−12.35")]
)
def test_two_digits_behind_the_point(value: float, written: str) -> None:
    assert short(value) == written


@pytest.mark.parametrize(
    ("largest", "power", "first"),
    [(0.2, "", 0.2), (42.0, "", 42.0), (0.00135, "× 10⁻³", 1.35), (5200.0, "× 10³", 5.2), (0.0, "", 0.0)],
)
def test_small_and_large_weights_are_written_with_a_power_of_ten(
    largest: float, power: str, first: float
) -> None:
    numbers, said = scaled(np.array([largest, -largest / 2], np.float32))
    assert said == power
    assert numbers[0] == pytest.approx(first)
    assert numbers[1] == pytest.approx(-first / 2)
