"""Which frames follow each other, and what was followed over them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import cv2
import numpy as np
from msgspec import Struct

from pipelines.frame import Frame
from pipelines.result import Box
from pipelines.tracking.continuity import WINDOW, Count, counted
from pipelines.tracking.motion import Floats
from pipelines.tracking.tracks import Tracks

GAP = 150
"""Frames that may be left out between two looks of a slow detector."""
FEW, SMALL = (128, 72), (16, 9)
"""(width, height): pixels that are looked at, and of the picture in small that is made of them."""
CUT = 0.4
"""Correlation of two pictures in small below which the second one shows something else: so it is for 9 of 10
pairs of photographs, and for one in four where a camera swings by a tenth of the picture from look to look.
"""


class Glance(Struct, frozen=True, eq=False):
    """What tells whether a frame goes on where another one was; `size` is that of the result's picture."""

    number: int
    size: tuple[int, int]
    small: Floats

    @staticmethod
    def at(frame: Frame, size: tuple[int, int]) -> Glance:
        few = cv2.resize(frame.image, FEW, interpolation=cv2.INTER_NEAREST)
        small = cv2.resize(few, SMALL, interpolation=cv2.INTER_AREA).mean(2)
        return Glance(frame.number, size, cast(Floats, small - small.mean()))

    def goes_on(self, earlier: Glance) -> bool:
        """Not where a source was changed, began again or was sought, and not over a cut in a film."""
        frames = self.number - earlier.number
        return 0 < frames <= GAP and self.size == earlier.size and not self._is_cut_from(earlier)

    def _is_cut_from(self, earlier: Glance) -> bool:
        """Whatever the light does, a picture that goes on is like the one before, or like its negative."""
        energy = float(np.sqrt((self.small**2).sum() * (earlier.small**2).sum()))
        return energy > 0 and abs(float((self.small * earlier.small).sum())) < CUT * energy


class Chapter(Struct, frozen=True, eq=False):
    """All that is known after one look."""

    tracks: Tracks = Tracks()
    counts: tuple[Count, ...] = ()


class Story(Struct, frozen=True, eq=False):
    """What was known before the newest frame and with it, so that a frame that comes again (a still picture,
    another threshold) is looked at as if it were the first time.
    """

    glance_before: Glance | None = None
    before: Chapter = Chapter()
    glance: Glance | None = None
    now: Chapter = Chapter()

    def told(self, frame: Frame, found: Sequence[Box], size: tuple[int, int]) -> Story:
        """With one more look: `found` are places in a picture of `size` (width, height) made of `frame`."""
        glance = Glance.at(frame, size)
        earlier, before = self.glance, self.now
        if earlier is not None and glance.number == earlier.number:
            earlier, before = self.glance_before, self.before
        if earlier is None or not glance.goes_on(earlier):
            earlier, before = None, Chapter()
        frames = 1 if earlier is None else glance.number - earlier.number
        tracks = before.tracks.look(found, frames, size)
        counts = (*before.counts, counted(before.tracks, tracks))[-WINDOW:]
        return Story(earlier, before, glance, Chapter(tracks, counts))
