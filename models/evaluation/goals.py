"""What the face detector has to reach on the validation pictures, against the reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from models.evaluation.report import Figures
from models.evaluation.tilt import Tilt

LEAST = {(640, "ap50"): 0.88, (320, "ap50"): 0.80, (640, "ap30"): 0.975, (320, "ap30"): 0.925}
MOST_ALARMS = 1 / 20
"""False alarms to a picture without faces."""
LEAST_TILTED = 0.9
"""Of the faces that a cascade finds upright, at every angle."""


class Goal(Struct, frozen=True):
    """One figure and what it is held to."""

    name: str
    value: float
    sense: Literal["<=", ">="]
    limit: float

    @property
    def holds(self) -> bool:
        return self.value >= self.limit if self.sense == ">=" else self.value <= self.limit


def goals(
    ours: Mapping[int, Figures], reference: Mapping[int, Figures] | None, tilts: Sequence[Tilt]
) -> Iterator[Goal]:
    """`ours` and `reference` by the long side; the bare faces are compared where there is a reference."""
    for (side, name), limit in LEAST.items():
        if side in ours:
            yield Goal(f"{name}@{side}", getattr(ours[side], name), ">=", limit)
    for side, theirs in (reference or {}).items():
        bare = ours[side].by_class.get("bare"), theirs.by_class.get("bare")
        if bare[0] and bare[1]:
            yield Goal(f"bare-ap30@{side}", bare[0].ap30, ">=", bare[1].ap30)
            yield Goal(f"bare-ap50@{side}", bare[0].ap50, ">=", bare[1].ap50)
    for side, figures in ours.items():
        if figures.empty_pictures:
            alarms = figures.false_alarms / figures.empty_pictures
            yield Goal(f"false-alarms@{side}", alarms, "<=", MOST_ALARMS)
    if tilts:
        yield Goal("tilted", min(tilt.share for tilt in tilts), ">=", LEAST_TILTED)
