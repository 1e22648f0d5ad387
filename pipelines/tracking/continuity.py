"""How often a detector loses what is there."""

from __future__ import annotations

from typing import NamedTuple

from models.text import Text
from pipelines.result import Reading
from pipelines.tracking.tracks import Tracks

WINDOW = 300
"""Looks that are counted: ten seconds of a fast lane, so that one sees what a tilted head does."""


class Count(NamedTuple):
    """Over all numbered things: the looks in which one was there, those in which it was found, and losses."""

    there: int = 0
    found: int = 0
    losses: int = 0

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


def readings(counts: tuple[Count, ...]) -> tuple[Reading, ...]:
    """Over the last looks; none before anything was followed."""
    there, found, losses = map(sum, zip(*counts, strict=True)) if counts else (0, 0, 0)
    if there == 0:
        return ()
    return (
        Reading("continuity", Text("Continuity", "継続率"), 100 * found / there, "%", 1),
        Reading("losses", Text("Times lost", "見失った回数"), losses),
    )
