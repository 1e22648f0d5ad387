"""Running counts over frames, in which a still picture counts once however long it is shown."""

from __future__ import annotations

from typing import Self

from msgspec import Struct

from pipelines.frame import Frame


class Score(Struct, frozen=True):
    """How right one detector was in labelled pictures."""

    right: int = 0
    alarms: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """Share of the finds that are right; `None` where nothing was found."""
        return _share(self.right, self.right + self.alarms)

    @property
    def recall(self) -> float | None:
        """Share of the labelled things that were found; `None` where there are none."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of the two; `None` where there is nothing to find and nothing was found."""
        return _share(2 * self.right, 2 * self.right + self.alarms + self.missed)

    def changed(self, more: Self, less: Self) -> Self:
        return type(self)(
            self.right + more.right - less.right,
            self.alarms + more.alarms - less.alarms,
            self.missed + more.missed - less.missed,
        )


class Count(Struct, frozen=True):
    """What one frame, or many, gave: finds of both detectors and of one alone; and, of the `labelled` among
    the frames, how many things were `wanted` and how right both were."""

    frames: int = 0
    both: int = 0
    first_alone: int = 0
    second_alone: int = 0
    labelled: int = 0
    wanted: int = 0
    first: Score = Score()
    second: Score = Score()

    @property
    def agreement(self) -> float | None:
        """Share of all things found by anyone that both found; `None` where nothing was found."""
        return _share(self.both, self.both + self.first_alone + self.second_alone)

    def changed(self, more: Count, less: Count) -> Count:
        return Count(
            self.frames + more.frames - less.frames,
            self.both + more.both - less.both,
            self.first_alone + more.first_alone - less.first_alone,
            self.second_alone + more.second_alone - less.second_alone,
            self.labelled + more.labelled - less.labelled,
            self.wanted + more.wanted - less.wanted,
            self.first.changed(more.first, less.first),
            self.second.changed(more.second, less.second),
        )


NOTHING = Count()


class Tally:
    """The sum over all frames since it began, with the newest count of each.

    A picture that comes again takes the place of what was counted for it. When the first one comes again
    after others, the folder has begun again, and so does the tally; so it does with a new source.
    """

    def __init__(self) -> None:
        self.total = NOTHING
        self._pictures: dict[str, Count] = {}
        self._last: tuple[Frame, Count] | None = None

    def add(self, frame: Frame, count: Count) -> Count:
        """The sum with this frame in it."""
        if self._begins_again(frame):
            self.total = NOTHING
            self._pictures.clear()
            self._last = None
        self.total = self.total.changed(count, self._counted(frame))
        self._last = frame, count
        if frame.name:
            self._pictures[frame.name] = count
        return self.total

    def _begins_again(self, frame: Frame) -> bool:
        if self._last is None:
            return False
        last = self._last[0]
        if frame.number < last.number:
            return True
        first = next(iter(self._pictures), "")
        return bool(frame.name) and frame.name == first and frame.name != last.name

    def _counted(self, frame: Frame) -> Count:
        """What is in the sum for this picture already."""
        if frame.name:
            return self._pictures.get(frame.name, NOTHING)
        if self._last is not None and self._last[0].number == frame.number:
            return self._last[1]
        return NOTHING


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
