"""Round numbers for the ends of an axis."""

from __future__ import annotations

import math

STEPS = (1.0, 2.0, 5.0, 10.0)


def ceiling(value: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is not below `value`; 1 for nothing at all."""
    if value <= 0 or not math.isfinite(value):
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in STEPS if step * power >= value * (1 - 1e-9))


def calm(shown: float, wanted: float) -> float:
    """The end of a live axis: up at once, down only when less than a third of it is used."""
    return shown if shown / 3 <= wanted <= shown else ceiling(wanted)
