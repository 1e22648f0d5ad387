"""Things that are followed from frame to frame.

Source: A. Bewley et al., "Simple online and realtime tracking", ICIP 2016. It gives a thing up as soon as it
is not found; here it is kept for a moment, because what is lost is what shall be seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest
from math import inf

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from pipelines.result import Box
from pipelines.tracking.matching import overlaps, pairs
from pipelines.tracking.motion import Floats, Motion

PATIENCE = 20
"""Frames for which a thing is expected where nothing is found."""
LEAST = 0.2
"""Overlap of what is expected and what is found, from which on both are one thing."""
PROVEN = 3
"""Sightings from which on a thing has a number, so that a false alarm of one frame takes none."""
MOST = 100
"""A person cannot tell more of them apart: the surest are followed."""


class Track(Struct, frozen=True):
    """One thing: `box` as it was found last, and how often it was looked for and seen.

    `at` is its place among the finds of this frame, `None` while it is lost. `lost` counts the frames
    since it was seen, `looks` and `sightings` from its first one on, `losses` how often it was lost.
    """

    box: Box
    at: int | None
    number: int | None = None
    lost: int = 0
    looks: int = 1
    sightings: int = 1
    losses: int = 0

    def seen(self, box: Box, at: int) -> Track:
        sightings = self.sightings + 1
        return replace(self, box=box, at=at, lost=0, looks=self.looks + 1, sightings=sightings)

    def missed(self, frames: int) -> Track:
        lost, losses = self.lost + frames, self.losses + (self.at is not None)
        return replace(self, at=None, lost=lost, looks=self.looks + 1, losses=losses)


class Tracks(Struct, frozen=True, eq=False):
    """Everything that is followed, and how each of it moves; never changed, so that a look can be repeated.

    `given` is the last number that a thing was given.
    """

    things: tuple[Track, ...] = ()
    motion: Motion = Motion.begun(np.zeros((0, 4)))
    looks: int = 0
    given: int = 0

    def look(self, found: Sequence[Box], frames: int, size: tuple[int, int]) -> Tracks:
        """`found` is there, `frames` after the last look, in a picture of `size` (width, height)."""
        chosen = _surest(found)
        boxes = np.array([found[at].box for at in chosen], float).reshape(-1, 4)
        expected = self.motion.after(min(frames, PATIENCE))
        alike = overlaps(expected.boxes, boxes) * _same_label(self.things, [found[at] for at in chosen])
        rows, columns = pairs(alike, LEAST)
        lost = [
            row
            for row in sorted({*range(len(self.things))} - {*rows.tolist()})
            if _is_waited_for(self.things[row].missed(frames), frames, expected.centres[row], size)
        ]
        fresh = sorted({*range(len(chosen))} - {*columns.tolist()})
        things = (
            *(self.things[row].seen(found[at], at) for row, at in zip(rows, chosen[columns], strict=True)),
            *(self.things[row].missed(frames) for row in lost),
            *(Track(found[at], at) for at in chosen[fresh].tolist()),
        )
        motion = expected.only(rows).corrected(boxes[columns])
        motion = motion.joined(expected.only(np.array(lost, int))).joined(Motion.begun(boxes[fresh]))
        return Tracks(things, motion, self.looks + 1, self.given)._numbered()

    def numbers(self) -> dict[int, int]:
        """The numbers of what was found in this frame, by its place among the finds."""
        return {
            thing.at: thing.number
            for thing in self.things
            if thing.at is not None and thing.number is not None
        }

    def ghosts(self) -> tuple[Box, ...]:
        """Where a thing that has a number is expected while it is lost."""
        return tuple(
            replace(thing.box, box=tuple(place), score=None, role="soft", identity=thing.number, found=False)
            for thing, place in zip(self.things, self.motion.boxes.tolist(), strict=True)
            if thing.at is None and thing.number is not None
        )

    def _numbered(self) -> Tracks:
        """From the left to the right; at the beginning everything has its number at once."""
        proven = 1 if self.looks < PROVEN else PROVEN
        waiting = [
            place
            for place, thing in enumerate(self.things)
            if thing.number is None and thing.at is not None and thing.sightings >= proven
        ]
        waiting.sort(key=lambda place: float(self.motion.centres[place, 0]))
        numbers = {place: self.given + turn for turn, place in enumerate(waiting, 1)}
        things = (
            replace(thing, number=numbers.get(place, thing.number)) for place, thing in enumerate(self.things)
        )
        return replace(self, things=tuple(things), given=self.given + len(numbers))


def _surest(found: Sequence[Box]) -> NDArray[np.intp]:
    """Places of those that are followed, in their order."""

    def sureness(at: int) -> float:
        score = found[at].score
        return inf if score is None else score

    return np.array(sorted(nlargest(MOST, range(len(found)), key=sureness)), int)


def _same_label(things: Sequence[Track], found: Sequence[Box]) -> NDArray[np.bool_]:
    """(n, m): nothing becomes another thing."""
    known = np.array([thing.box.label for thing in things], object)
    same: NDArray[np.bool_] = known[:, None] == np.array([box.label for box in found], object)[None]
    return same


def _is_waited_for(thing: Track, frames: int, centre: Floats, size: tuple[int, int]) -> bool:
    """A short while, at least one look, and only inside the picture."""
    inside = bool(((centre >= 0) & (centre <= size)).all())
    return inside and (thing.lost <= PATIENCE or thing.lost == frames)
