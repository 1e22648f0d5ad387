"""Where an axis has its figures."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
RIGHT_ANGLE, ANGLES = 90.0, (10.0, 15.0, 30.0, 45.0, 90.0)


class Tick(Struct, frozen=True):
    """A place on an axis and what is written there."""

    value: float
    words: str


def along(low: float, high: float, neutral: float, most: int) -> list[Tick]:
    """At most about `most` round values from `low` to `high`, and `neutral`; none too near to that."""
    step = _step((high - low) / most, _angular(low, high))
    first = math.ceil(low / step - 1e-9)
    round_ = [n * step for n in range(first, math.floor(high / step + 1e-9) + 1)]
    kept = [value for value in round_ if abs(value - neutral) > step * 0.7]
    return [Tick(value, written(value)) for value in sorted((*kept, neutral))]


def above(values: Sequence[float]) -> list[Tick]:
    """Per cent from 0 to 100, and beyond in halves of the whole where a value is larger."""
    highest = max((value for value in values if not math.isnan(value)), default=1.0)
    if highest <= 1.0 + 1e-9:
        return [_percent(0), _percent(0.5), _percent(1)]
    top = max(1.5, math.ceil(highest * 2 - 1e-9) / 2)
    return [_percent(0), _percent(1), *([_percent(top)] if top < 2 else [_percent(math.ceil(top))])]


def written(value: float) -> str:
    """With a true minus sign."""
    return f"{value:g}".replace("-", "−")


def _percent(share: float) -> Tick:
    return Tick(share, f"{100 * share:.0f} %")


def _step(least: float, angular: bool) -> float:
    """The smallest round step that is not below `least`."""
    if angular:
        return next((angle for angle in ANGLES if angle >= least - 1e-9), RIGHT_ANGLE)
    power = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in STEPS if step * power >= least * (1 - 1e-9))


def _angular(low: float, high: float) -> bool:
    return low == -RIGHT_ANGLE and high == RIGHT_ANGLE
