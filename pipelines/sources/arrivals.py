"""How fast pictures really come, which need not be what a driver claims."""

from __future__ import annotations

from collections import deque
from itertools import pairwise
from statistics import median

from models.text import Text, plain

SPAN = 2.0
"""Seconds that are looked back on."""
ENOUGH = 1.0
"""Seconds between the oldest and the newest picture from which on the rate counts as measured."""
FEWEST = 5
"""Pictures that are looked at in any case: a median of fewer gaps is moved by a single hitch."""
SLOWEST, FASTEST = 0.1, 1000.0
"""Frames a second that are believed."""


class Arrivals:
    """The moments of the last pictures, in seconds of a clock. For one thread at a time."""

    def __init__(self) -> None:
        self._moments: deque[float] = deque()

    def note(self, moment: float) -> None:
        """A picture came."""
        self._moments.append(moment)
        while len(self._moments) > FEWEST and self._moments[1] <= moment - SPAN:
            self._moments.popleft()

    def forget(self) -> None:
        """What comes next comes from another connection."""
        self._moments.clear()

    @property
    def rate(self) -> float:
        """Frames a second by the median of the gaps, which one hitch does not move; 0 while unknown."""
        moments = self._moments
        if len(moments) < FEWEST or moments[-1] - moments[0] < ENOUGH:
            return 0.0
        gap = median(later - earlier for earlier, later in pairwise(moments))
        return 1 / gap if gap > 0 else 0.0


def described(size: tuple[int, int], rate: float) -> Text:
    """Width and height, and the rate, rounded, where it is known: "1280 × 720 · 30 fps"."""
    if not SLOWEST <= rate <= FASTEST:
        return plain(f"{size[0]} × {size[1]}")
    return plain(f"{size[0]} × {size[1]} · {round(rate, 0 if rate >= 10 else 1):g} fps")
