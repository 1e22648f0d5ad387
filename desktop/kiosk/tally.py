"""Numbers of a day."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Tally(Struct, frozen=True):
    visits: int = 0
    seconds: float = 0.0
    faces: int = 0
    """The most that were in view at once."""
    stations: Mapping[str, int] = {}
    """How often each was chosen, by its name."""

    def plus(self, other: Tally) -> Tally:
        names = (*self.stations, *(name for name in other.stations if name not in self.stations))
        return Tally(
            self.visits + other.visits,
            self.seconds + other.seconds,
            max(self.faces, other.faces),
            {name: self.stations.get(name, 0) + other.stations.get(name, 0) for name in names},
        )

    def minus(self, part: Tally) -> Tally:
        """What is left once a part was written; of the faces, the most where there were more since."""
        return Tally(
            self.visits - part.visits,
            self.seconds - part.seconds,
            self.faces if self.faces > part.faces else 0,
            {name: number - part.stations.get(name, 0) for name, number in self.stations.items()},
        )
