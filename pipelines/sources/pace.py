"""When a moment of a recording is due in real time."""

from __future__ import annotations

from pipelines.clock import Clock


class Pace:
    """Ties the time line of a recording to the clock: which moment is now, and how late another one is.

    Moments are seconds from the recording's beginning. Used by the reading thread only.
    """

    def __init__(self, clock: Clock, *, live: bool = True) -> None:
        """Without `live` nothing is ever early or late: every moment is due when it is asked for."""
        self._clock = clock
        self._live = live
        self._origin = clock.now()

    def anchor(self, moment: float) -> None:
        """Let `moment` be now."""
        self._origin = self._clock.now() - moment

    def shift(self, seconds: float) -> None:
        """Let every moment be due so much later: the recording begins again behind its own end."""
        self._origin += seconds

    def lag(self, moment: float) -> float:
        """Seconds since `moment` was due; negative while it is still to come."""
        return self._clock.now() - self._origin - moment if self._live else 0.0
