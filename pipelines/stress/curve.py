"""What a sweep measures, point by point."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from models.text import Text
from pipelines.result import Box

Two = tuple["Tally", "Tally"]
HALF = 0.5


class Tally(Struct, frozen=True):
    """What one detector did at one strength, over all pictures.

    `score` is the mean over the `faces` of the best score on each, where a lost face counts 0.
    """

    faces: int
    hits: int
    score: float
    false_alarms: int

    @property
    def share(self) -> float:
        """Of the faces that were found, 0 to 1; not a number where there was none to find."""
        return self.hits / self.faces if self.faces else float("nan")


class StressPoint(Struct, frozen=True):
    """One strength. `boxes` is what both found in the first picture, in its pixels, by their roles."""

    strength: float
    pictures: int
    tallies: Two
    boxes: tuple[Box, ...] = ()


class StressCurve(Struct, frozen=True):
    """The points so far, by rising strength; `neutral` is the strength at which nothing is changed."""

    sweep: str
    neutral: float
    detectors: tuple[Text, Text]
    points: tuple[StressPoint, ...] = ()

    def joined(self, point: StressPoint) -> StressCurve:
        """The same with one more point."""
        return replace(self, points=tuple(sorted((*self.points, point), key=lambda one: one.strength)))

    def at(self, strength: float) -> StressPoint | None:
        """The point of this very strength."""
        return next((point for point in self.points if point.strength == strength), None)

    def nearest(self, strength: float) -> StressPoint | None:
        """The point that was measured nearest to `strength`."""
        return min(self.points, key=lambda point: abs(point.strength - strength), default=None)

    def stands(self, detector: int) -> tuple[float, float] | None:
        """The weakest and the strongest of the strengths around the neutral one up to which the detector
        finds at least half of what it finds without distortion; `None` where that is nothing.
        """
        start = self.at(self.neutral)
        if start is None or not start.tallies[detector].hits:
            return None
        least = start.tallies[detector].share * HALF
        holds = [point.tallies[detector].share >= least for point in self.points]
        low = high = self.points.index(start)
        while low > 0 and holds[low - 1]:
            low -= 1
        while high + 1 < len(holds) and holds[high + 1]:
            high += 1
        return self.points[low].strength, self.points[high].strength

    def shares(self, detector: int) -> list[float]:
        """The share of faces found at each point by the first (0) or the second (1) detector."""
        return [point.tallies[detector].share for point in self.points]

    def kept(self, detector: int) -> list[float]:
        """The score at each point divided by the same detector's own score without distortion.

        Scores of two detectors are different quantities, but how much of each is left can be compared.
        Not a number where the detector found nothing without distortion, or that is not measured yet.
        """
        start = self.at(self.neutral)
        whole = start.tallies[detector].score if start else 0.0
        return [point.tallies[detector].score / whole if whole > 0 else float("nan") for point in self.points]
