"""Where one is in all lessons, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from pipelines.lessons import Lesson


class Place(Struct, frozen=True):
    """A scene of a lesson. `number` counts from 1."""

    lesson: Lesson
    number: int

    @property
    def path(self) -> Path:
        return self.lesson.scenes[self.number - 1]

    @property
    def count(self) -> int:
        """How many scenes its lesson has."""
        return len(self.lesson.scenes)


def places(lessons: Sequence[Lesson]) -> list[Place]:
    """Every scene, in the order in which one goes through them."""
    return [Place(lesson, number) for lesson in lessons for number in range(1, len(lesson.scenes) + 1)]


def place_of(lessons: Sequence[Lesson], path: Path) -> Place | None:
    """Where the scene in this file is; `None` where it is in no lesson."""
    return next((place for place in places(lessons) if place.path == path), None)


def onward(lessons: Sequence[Lesson], path: Path | None, way: int) -> Iterator[Place]:
    """What comes after the scene in this file (`way` 1) or before it (-1), over the borders of lessons.

    From a file that is in no lesson, or from nowhere, it goes forth to the first of all.
    """
    every = places(lessons)
    at = next((number for number, place in enumerate(every) if place.path == path), -1)
    if way > 0:
        yield from every[at + 1 :]
    else:
        yield from reversed(every[: max(at, 0)])
