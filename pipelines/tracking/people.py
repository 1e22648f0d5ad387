"""Where people are who shall not be recognised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from pipelines.result import Box
from pipelines.tracking.tracks import Tracks

Place: TypeAlias = tuple[float, float, float, float]
"""x, y, width, height in pixels."""


def places(found: Sequence[Box], tracks: Tracks, labels: frozenset[str] | None = None) -> Iterator[Place]:
    """Where somebody was found, or is expected while lost; `labels` are of people, `None`: everything is."""
    lost = zip(tracks.things, tracks.motion.widened().tolist(), strict=True)
    for box in found:
        if labels is None or box.label in labels:
            yield box.box
    for thing, place in lost:
        if thing.at is None and (labels is None or thing.box.label in labels):
            yield tuple(place)
