"""What is drawn on a canvas: strokes of a round brush, in the order in which they were begun."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

MOST_MARKS = 100
"""Strokes, and times that it was cleared, that can be taken back; older ones are there to stay."""
MOST_POINTS = 2000
"""Of a stroke; a longer one goes on as another."""
Point: TypeAlias = tuple[float, float]
Ink: TypeAlias = NDArray[np.uint8]
"""(h, w): how much of each pixel is covered, 0 to 255."""


class Stroke:
    """The way of a brush `width` pixels wide. A pixel's middle lies half a pixel from its corner."""

    def __init__(self, width: float, begin: Point) -> None:
        self.width = width
        self.points = [begin]

    def pieces(self) -> Iterator[tuple[Point, Point]]:
        """Its straight pieces; of one that is only a dot, the dot."""
        yield self.points[0], self.points[0]
        yield from pairwise(self.points)


class Sheet:
    """Used by one thread at a time. Taking something back draws the rest anew."""

    def __init__(self, size: tuple[int, int]) -> None:
        """`size` is (width, height)."""
        self._ink: Ink = np.zeros((size[1], size[0]), np.uint8)
        self._beneath: Ink = self._ink.copy()
        """What cannot be taken back any more."""
        self._marks: list[Stroke | None] = []
        """`None`: everything before it was cleared."""
        self._held: dict[object, Stroke] = {}

    @property
    def ink(self) -> Ink:
        """What is seen now; changes as it is drawn on."""
        return self._ink

    @property
    def undoable(self) -> bool:
        return bool(self._marks)

    @property
    def blank(self) -> bool:
        return not self._ink.any()

    def begin(self, pen: object, at: Point, width: float) -> None:
        """A stroke of `width` pixels begins. A pen that draws already leaves its former stroke."""
        stroke = self._held[pen] = Stroke(width, at)
        self._add(stroke)
        press(self._ink, at, at, width)

    def go_on(self, pen: object, at: Point) -> bool:
        """The stroke of this pen comes here; False where it has none, or has not moved."""
        stroke = self._held.get(pen)
        if stroke is None or stroke.points[-1] == at:
            return False
        if len(stroke.points) == MOST_POINTS:
            self.begin(pen, stroke.points[-1], stroke.width)
            return self.go_on(pen, at)
        press(self._ink, stroke.points[-1], at, stroke.width)
        stroke.points.append(at)
        return True

    def end(self, pen: object) -> None:
        self._held.pop(pen, None)

    def undo(self) -> None:
        """Take back the last stroke, also one that is still being drawn, or the last clearing."""
        if self._marks:
            self._leave(self._marks.pop())
            self._draw_again()

    def clear(self) -> None:
        self._held.clear()
        if not self.blank:
            self._add(None)
            self._ink.fill(0)

    def _add(self, mark: Stroke | None) -> None:
        self._marks.append(mark)
        if len(self._marks) > MOST_MARKS:
            oldest = self._marks.pop(0)
            self._leave(oldest)
            _put(self._beneath, oldest)

    def _leave(self, mark: Stroke | None) -> None:
        self._held = {pen: stroke for pen, stroke in self._held.items() if stroke is not mark}

    def _draw_again(self) -> None:
        cleared = [place for place, mark in enumerate(self._marks) if mark is None]
        self._ink[:] = 0 if cleared else self._beneath
        for mark in self._marks[cleared[-1] if cleared else 0 :]:
            _put(self._ink, mark)


def press(ink: Ink, one: Point, other: Point, width: float) -> None:
    """Draw one straight piece with round ends into `ink`: each pixel as far as the brush covers it.

    A pixel that several pieces touch takes the most of them, so that a stroke of many short pieces is as
    smooth as a long one.
    """
    reach = width / 2 + 1
    columns = _between(one[0], other[0], reach, ink.shape[1])
    rows = _between(one[1], other[1], reach, ink.shape[0])
    x = np.arange(columns.start, columns.stop)[None, :] + (0.5 - one[0])
    y = np.arange(rows.start, rows.stop)[:, None] + (0.5 - one[1])
    covered = np.clip(width / 2 + 0.5 - _distance(x, y, (other[0] - one[0], other[1] - one[1])), 0, 1)
    part = ink[rows, columns]
    np.maximum(part, np.rint(covered * 255).astype(np.uint8), out=part)


def _put(ink: Ink, mark: Stroke | None) -> None:
    if mark is None:
        ink.fill(0)
        return
    for one, other in mark.pieces():
        press(ink, one, other, mark.width)


def _between(one: float, other: float, reach: float, length: int) -> slice:
    """The pixels that come into question, none where it lies outside."""
    first, last = min(one, other) - reach, max(one, other) + reach
    begin = int(min(max(first, 0), length))
    return slice(begin, max(begin, int(min(max(last + 1, 0), length))))


def _distance(x: NDArray[np.float64], y: NDArray[np.float64], way: Point) -> NDArray[np.float64]:
    """From places to the nearest point between (0, 0) and `way`."""
    squared = way[0] ** 2 + way[1] ** 2
    share = np.clip((x * way[0] + y * way[1]) / squared, 0, 1) if squared else np.zeros(())
    distance: NDArray[np.float64] = np.hypot(x - share * way[0], y - share * way[1])
    return distance
