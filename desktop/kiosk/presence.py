"""Whether somebody stands before the exhibit, from how many faces are in the picture. Who it is nobody knows."""

from __future__ import annotations

GAP = 1.0
"""Seconds without a face that are forgiven: a detector misses one that turns away."""


class InView:
    """Faces come with the time at which they were seen, in seconds of a clock that never goes back."""

    def __init__(self, seconds: float) -> None:
        """`seconds` a face must stay in view before somebody is there."""
        self._seconds = seconds
        self._since: float | None = None
        self._last = 0.0
        self.most = 0
        """The most faces at once since `forget`."""

    def see(self, faces: int, now: float) -> None:
        if faces <= 0:
            return
        if self._since is None or now - self._last > GAP:
            self._since = now
        self._last = now
        self.most = max(self.most, faces)

    def is_there(self, now: float) -> bool:
        """Whether a face is in view, and has been for long enough."""
        since = self._since
        return since is not None and now - self._last <= GAP and self._last - since >= self._seconds

    def forget(self) -> None:
        self._since, self.most = None, 0
