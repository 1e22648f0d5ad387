"""What one window process took while it lived, and whether it grew."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence

from msgspec import Struct

WARM = 600.0
"""Seconds of a process that do not count for the growth of its memory: its caches still fill."""
MEASURED = 540.0
"""Seconds after that which tell how it grows."""
SETTLED = 60.0
"""Seconds of a process that do not count for its handles and threads."""
LONG_ENOUGH = 300.0
"""Seconds after that which tell whether they grow."""
FEWEST = 3
"""Samples of a station that make a median."""


class Sample(Struct, frozen=True):
    """At one moment without a fault."""

    seconds: float
    """Since the process began."""
    station: int
    """What is shown decides how many lanes there are, and threads with them."""
    megabytes: float
    handles: int
    threads: int


Life = Sequence[Sample]
"""Of one process, in order."""


class Span(Struct, frozen=True):
    """Of handles or threads, once settled."""

    fewest: int
    most: int
    growth: float | None
    """From the first third to the last, of the station where it is most; `None` where that cannot be told."""


def growth(life: Life) -> float | None:
    """Megabytes an hour, by a line through the samples after the warm-up; `None` where those are too few."""
    late = [(one.seconds, one.megabytes) for one in life if one.seconds >= WARM]
    if len(late) < 2 or late[-1][0] - late[0][0] < MEASURED:
        return None
    slope, _start = statistics.linear_regression(*zip(*late, strict=True))
    return slope * 3600


def span(life: Life, number: Callable[[Sample], int]) -> Span:
    settled = [one for one in life if one.seconds >= SETTLED] or list(life)
    numbers = [number(one) for one in settled]
    return Span(min(numbers, default=0), max(numbers, default=0), _risen(settled, number))


def _risen(life: Life, number: Callable[[Sample], int]) -> float | None:
    """Between medians: a single number may be that of a moment."""
    if not life or (length := life[-1].seconds - life[0].seconds) < LONG_ENOUGH:
        return None
    first, last = life[0].seconds + length / 3, life[-1].seconds - length / 3
    before = _medians([one for one in life if one.seconds <= first], number)
    after = _medians([one for one in life if one.seconds >= last], number)
    return max((after[station] - before[station] for station in before.keys() & after.keys()), default=None)


def _medians(life: Life, number: Callable[[Sample], int]) -> dict[int, float]:
    """Of each station that was shown often enough."""
    numbers: dict[int, list[int]] = {}
    for one in life:
        numbers.setdefault(one.station, []).append(number(one))
    return {station: statistics.median(some) for station, some in numbers.items() if len(some) >= FEWEST}
