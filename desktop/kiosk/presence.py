"""Whether somebody stands before the exhibit, from how many faces are in the picture. Who, nobody knows."""

from __future__ import annotations

GAP = 1.5
"""Seconds without a face that are forgiven: it is looked twice a second, and a detector misses one that turns
away."""


class InView:
    """Faces come with the time at which they were seen, in seconds of a clock that never goes back."""

    def __init__(self, seconds: float) -> None:
        """`seconds` a face must stay in view before somebody is there."""
        self._seconds = seconds
        self._since: float | None = None
        self._last = 0.0
        self._most = 0

    def see(self, faces: int, now: float) -> None:
        """So many are in the picture. Nobody's absence is noted: it shows as time without a face."""
        if faces <= 0:
            return
        if not self._is_in_view(now):
            self._since, self._most = now, 0
        self._last = now
        self._most = max(self._most, faces)

    def is_there(self, now: float) -> bool:
        """Whether a face is in view, and has been for long enough."""
        since = self._since
        return since is not None and self._is_in_view(now) and self._last - since >= self._seconds

    def faces(self, now: float) -> int:
        """How many are in view, at most, since one came into it; 0 where there is none."""
        return self._most if self._is_in_view(now) else 0

    def forget(self) -> None:
        self._since = None

    def _is_in_view(self, now: float) -> bool:
        return self._since is not None and now - self._last <= GAP
