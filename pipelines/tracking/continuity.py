"""How often a detector loses what is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from models.text import Text
from pipelines.result import Reading
from pipelines.tracking.tracks import Tracks

WINDOW = 300
"""Looks that are counted: ten seconds of a fast lane, so that one sees what a tilted head does."""

CONTINUITY = Text("Continuity", "継続率")
LOSSES = Text("Times lost", "見失った回数")


class Count(NamedTuple):
    """Over all numbered things: the looks in which one was there, those in which it was found, and losses."""

    there: int = 0
    found: int = 0
    losses: int = 0

    @property
    def continuity(self) -> float | None:
        """The share of the looks in which what was there was found; `None` before anything was followed."""
        return self.found / self.there if self.there else None

    def plus(self, other: Count) -> Count:
        return Count(self.there + other.there, self.found + other.found, self.losses + other.losses)


def counted(before: Tracks, now: Tracks) -> Count:
    """What one look adds. A thing brings in what came before its number."""
    known = {thing.number: Count(thing.looks, thing.sightings, thing.losses) for thing in before.things}
    count = Count()
    for thing in now.things:
        if thing.number is not None:
            former = known.get(thing.number, Count())
            count = count.plus(
                Count(
                    thing.looks - former.there,
                    thing.sightings - former.found,
                    thing.losses - former.losses,
                )
            )
    return count


def total(counts: Sequence[Count]) -> Count:
    """Over the last looks."""
    return Count(*map(sum, zip(*counts, strict=True))) if counts else Count()


def readings(count: Count) -> tuple[Reading, ...]:
    """None before anything was followed."""
    if count.continuity is None:
        return ()
    return (
        Reading("continuity", CONTINUITY, 100 * count.continuity, "%", 1),
        Reading("losses", LOSSES, count.losses),
    )
