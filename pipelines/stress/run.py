"""The test itself: for each strength, each picture and each of two detectors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from models.errors import SourceError
from pipelines.frame import Frame, Truth
from pipelines.result import Box, Role
from pipelines.stress.contender import Contender, Finder
from pipelines.stress.curve import StressCurve, StressPoint, Tally
from pipelines.stress.matching import ENOUGH, Matched, matched, overlaps
from pipelines.stress.sweeps import Sweep

Finders: TypeAlias = tuple[Finder, Finder]
ROLES: tuple[Role, Role] = ("first", "second")


class Stopped(Exception):  # noqa: N818 - nothing is wrong
    """Somebody asked the test to end."""


class Stress(Struct, frozen=True):
    """What is tested: two detectors on pictures whose faces are known."""

    sweep: Sweep
    contenders: tuple[Contender, Contender]
    frames: Sequence[Frame]
    """Asked for one after the other, again for each strength: it may read them from a disk."""

    @property
    def steps(self) -> int:
        """How often `tick` is called in a whole run."""
        return len(self.sweep.strengths) * len(self.frames)

    def run(self, finders: Finders, tick: Callable[[], None] = lambda: None) -> Iterator[StressCurve]:
        """The growing curve, given whenever a strength is done: the undistorted pictures first.

        `tick` is called after each picture; raising `Stopped` there ends the run at once and quietly.

        Raises:
            FusiformError: a detector failed, or a picture cannot be read.
        """
        curve = StressCurve(
            self.sweep.name, self.sweep.neutral, (self.contenders[0].title, self.contenders[1].title)
        )
        try:
            for strength in self.sweep.outward:
                curve = curve.joined(self._point(strength, finders, tick))
                yield curve
        except Stopped:
            return

    def _point(self, strength: float, finders: Finders, tick: Callable[[], None]) -> StressPoint:
        seen: tuple[Box, ...] | None = None
        marks: list[tuple[Matched, Matched]] = []
        for frame in self.frames:
            changed = self.sweep.change(frame, strength)
            found = [finder.find(changed) for finder in finders]
            marks.append((matched(found[0], changed.truth), matched(found[1], changed.truth)))
            seen = seen if seen is not None else _in_two_colours(found)
            tick()
        tallies = (_tally([mark[0] for mark in marks]), _tally([mark[1] for mark in marks]))
        return StressPoint(strength, len(marks), tallies, seen or ())


@contextmanager
def opened(contenders: tuple[Contender, Contender], threads: int) -> Iterator[Finders]:
    """Both detectors, loaded in this thread and let go in the end.

    Raises:
        FusiformError: one cannot run here.
    """
    first = contenders[0].open(threads)
    try:
        second = contenders[1].open(threads)
        try:
            yield first, second
        finally:
            second.close()
    finally:
        first.close()


def with_faces(frame: Frame, finders: Finders) -> Frame:
    """The frame with faces to look for: those its source knows, or those the detectors find as it is.

    What both find is taken for a face, drawn in the middle between their boxes. Where they agree on
    nothing it is what either finds.

    Raises:
        SourceError: there is no face.
    """
    if any(not face.ignore for face in frame.truth):
        return frame
    first, second = (finder.find(frame) for finder in finders)
    truth = _agreed(first, second) or [*map(_truth, first), *map(_truth, second)]
    if not truth:
        raise SourceError(
            "Neither detector finds a face in this picture, so there is nothing to lose. "
            "Choose another picture.",
            "どちらの検出器もこの画像で顔を見つけられないため、テストできません。別の画像を選んでください。",
        )
    return replace(frame, truth=tuple(truth))


def _agreed(first: Sequence[Box], second: Sequence[Box]) -> list[Truth]:
    """Each of the first detector's boxes with the nearest of the second's, where that is near enough."""
    shared = overlaps([box.box for box in first], [box.box for box in second])
    agreed = []
    for box, row in zip(first, shared, strict=True):
        twins = [i for i in range(len(second)) if second[i].label == box.label and row[i] >= ENOUGH]
        if twins:
            twin = second[max(twins, key=lambda i: row[i])]
            middle = [(a + b) / 2 for a, b in zip(box.box, twin.box, strict=True)]
            agreed.append(Truth(box.label, (middle[0], middle[1], middle[2], middle[3])))
    return agreed


def _truth(box: Box) -> Truth:
    return Truth(box.label, box.box)


def _in_two_colours(found: Sequence[Sequence[Box]]) -> tuple[Box, ...]:
    return tuple(replace(box, role=role) for boxes, role in zip(found, ROLES, strict=True) for box in boxes)


def _tally(marks: Sequence[Matched]) -> Tally:
    scores = [score for mark in marks for score in mark.scores]
    mean = sum(score or 0.0 for score in scores) / len(scores) if scores else 0.0
    hits = sum(mark.hits for mark in marks)
    return Tally(len(scores), hits, mean, sum(mark.false_alarms for mark in marks))
