"""The frame before the newest one."""

from __future__ import annotations

from typing import NamedTuple

from pipelines.frame import Frame, Image
from pipelines.tracking.story import Glance


class Pair(NamedTuple):
    """Two grey pictures of one size, and how many frames of the source lie between them, from 1."""

    before: Image
    now: Image
    frames: int


class Former:
    """Remembers two looks, so that a frame that comes again is compared with the same one as before."""

    def __init__(self) -> None:
        self._before: _Look | None = None
        self._now: _Look | None = None

    def followed(self, frame: Frame, grey: Image) -> Pair | None:
        """`grey` (h, w) is of this frame. `None` where it goes on from nothing: it is the first one, of
        another size, from before the last one, or of another scene."""
        look = _Look(Glance.at(frame, frame.size), grey)
        if self._now is None or look.glance.number != self._now.glance.number:
            self._before = self._now
        self._now = look
        before = self._before
        if before is None or not look.glance.goes_on(before.glance):
            return None
        return Pair(before.grey, grey, look.glance.number - before.glance.number)


class _Look(NamedTuple):
    glance: Glance
    grey: Image
