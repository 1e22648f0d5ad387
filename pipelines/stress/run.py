"""The test itself: for each strength, each picture and each of two detectors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from models.errors import SourceError
from pipelines.contest.matching import boxes_of, judged, pairs
from pipelines.frame import Frame, Truth
from pipelines.result import Box, Role
from pipelines.stress.contender import Contender, Finder
from pipelines.stress.curve import StressCurve, StressPoint, Tally
from pipelines.stress.sweeps import Sweep

Finders: TypeAlias = tuple[Finder, Finder]
ROLES: tuple[Role, Role] = ("first", "second")
ENOUGH = 0.3
"""Intersection over union from which a box counts as on a face: detectors and people draw boxes in
different styles, and half would measure the style."""


class Stopped(Exception):  # noqa: N818 - nothing is wrong
    """Somebody asked the test to end."""


class _Look(Struct, frozen=True):
    """One detector on one picture: `faces` to be found, the `scores` of the boxes on those it found."""

    faces: int
    scores: tuple[float, ...]
    false_alarms: int


class Stress(Struct, frozen=True):
    """What is tested: two detectors on pictures whose faces are known."""

    sweep: Sweep
    contenders: tuple[Contender, Contender]
    frames: Sequence[Frame]
    """Asked for one after the other, again for each strength: it may read them from a disk."""

    @property
    def steps(self) -> int:
        """How often `tick` is called in a whole run."""
        return len(self.sweep.strengths) * len(self.frames) * len(self.contenders)

    def run(self, finders: Finders, tick: Callable[[], None] = lambda: None) -> Iterator[StressCurve]:
        """The growing curve, given whenever a strength is done: the undistorted pictures first.

        `tick` is called after each detector's look at a picture; raising `Stopped` there ends the run at
        once and quietly.

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
        looks: tuple[list[_Look], list[_Look]] = ([], [])
        for frame in self.frames:
            changed = self.sweep.change(frame, strength)
            found = []
            for finder, of_this in zip(finders, looks, strict=True):
                found.append(finder.find(changed))
                of_this.append(_look(found[-1], changed.truth))
                tick()
            seen = seen if seen is not None else _in_two_colours(found)
        return StressPoint(strength, len(self.frames), (_tally(looks[0]), _tally(looks[1])), seen or ())


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
    if frame.labelled:
        raise _nothing(
            "This picture is labelled as one without a face", "この画像には顔がないとラベルにあります"
        )
    first, second = (finder.find(frame) for finder in finders)
    truth = _agreed(first, second) or [*map(_truth, first), *map(_truth, second)]
    if not truth:
        raise _nothing(
            "Neither detector finds a face in this picture", "どちらの検出器もこの画像で顔を見つけられません"
        )
    return replace(frame, truth=tuple(truth))


def _nothing(en: str, ja: str) -> SourceError:
    return SourceError(
        f"{en}, so there is nothing to lose. Choose another picture.",
        f"{ja}。テストする対象がないため、別の画像を選んでください。",
    )


def _agreed(first: Sequence[Box], second: Sequence[Box]) -> list[Truth]:
    """What both found, each in the middle between the two boxes."""
    both = pairs(boxes_of(first), boxes_of(second), ENOUGH)
    middles = [(boxes_of([first[one]]) + boxes_of([second[other]]))[0] / 2 for one, other in both]
    return [
        Truth(first[one].label, (x, y, width, height))
        for (one, _other), (x, y, width, height) in zip(both, (m.tolist() for m in middles), strict=True)
    ]


def _truth(box: Box) -> Truth:
    return Truth(box.label, box.box)


def _in_two_colours(found: Sequence[Sequence[Box]]) -> tuple[Box, ...]:
    return tuple(replace(box, role=role) for boxes, role in zip(found, ROLES, strict=True) for box in boxes)


def _tally(looks: Sequence[_Look]) -> Tally:
    faces = sum(look.faces for look in looks)
    scores = [score for look in looks for score in look.scores]
    mean = sum(scores) / faces if faces else 0.0
    return Tally(faces, len(scores), mean, sum(look.false_alarms for look in looks))


def _look(found: Sequence[Box], truth: Sequence[Truth]) -> _Look:
    verdict = judged(found, truth, ENOUGH)
    scores = tuple(_score(box) for box, right in zip(found, verdict.right, strict=True) if right)
    return _Look(len(scores) + verdict.missed, scores, int(verdict.alarms.sum()))


def _score(box: Box) -> float:
    """1 where the detector gives none: found is found."""
    return 1.0 if box.score is None else float(box.score)
