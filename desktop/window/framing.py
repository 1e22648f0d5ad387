"""How a picture lies in a viewport, and how a person moves it there."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QRectF

from pipelines.engine.view import View, Viewport

LARGEST_PIXEL = 48.0
"""Device pixels for each pixel of the picture beyond which nothing more is to be seen."""
FILLED = 0.75
"""Share of the viewport, where one part of the picture is to fill it."""
Area: TypeAlias = tuple[float, float, float, float]
"""x, y, width and height in pixels of the picture."""


class Framing(Struct, frozen=True):
    """Where the points of a picture of `size` (width, height) are in `viewport`.

    A lane's `View` was prepared for the viewport of a moment ago; this is where things belong now.
    """

    viewport: Viewport
    size: tuple[int, int]
    upright: bool = False
    """Whether the whole is never mirrored: what it is made of is, each in its place."""

    @property
    def scale(self) -> float:
        """Device pixels for each pixel of the picture."""
        return self._fit * self.viewport.zoom

    @property
    def mirror(self) -> bool:
        """Whether the whole is mirrored."""
        return self.viewport.mirror and not self.upright

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the picture is in the viewport."""
        first = self._first
        across = (x - first[0]) * self.scale
        return self._mirrored(across), (y - first[1]) * self.scale

    def pick(self, across: float, down: float) -> tuple[float, float]:
        """Which point of the picture is at a place of the viewport: the inverse of `place`."""
        first = self._first
        return self._mirrored(across) / self.scale + first[0], down / self.scale + first[1]

    def area(self) -> QRectF:
        """What the picture takes of the viewport."""
        return self._between((0, 0), self.size).intersected(
            QRectF(0, 0, self.viewport.width, self.viewport.height)
        )

    def area_of(self, view: View) -> QRectF:
        """Where a view belongs that was prepared for another viewport."""
        height, width = view.pixels.shape[:2]
        x, y = view.origin
        return self._between((x, y), (x + width / view.scale, y + height / view.scale))

    def is_met_by(self, view: View) -> bool:
        """Whether `view` was prepared for this viewport, so that it needs no scaling."""
        area = self.area_of(view)
        return (
            view.mirror == self.mirror
            and abs(view.scale / self.scale - 1) < 1e-6
            and abs(area.left() - view.left) < 1
            and abs(area.top() - view.top) < 1
        )

    def zoomed(self, factor: float, at: tuple[float, float]) -> Viewport:
        """The viewport in which the picture is larger by `factor`, and its point at `at` stays there."""
        zoom = self._within(self.viewport.zoom * factor)
        x, y = self.pick(*at)
        closer = replace(self, viewport=replace(self.viewport, zoom=zoom, centre=(0.5, 0.5)))
        across, down = self._mirrored(at[0]), at[1]
        return closer._from_corner(x - across / closer.scale, y - down / closer.scale)

    def moved(self, across: float, down: float) -> Viewport:
        """The viewport in which the picture lies this much further right and down, as far as it goes."""
        first = self._first
        sense = -1 if self.mirror else 1
        return self._from_corner(first[0] - sense * across / self.scale, first[1] - down / self.scale)

    def shows(self, part: Area) -> bool:
        """Whether all of this part of the picture is in view."""
        x, y, width, height = part
        first, room = self._first, self._room
        across = first[0] <= x and x + width <= first[0] + room[0]
        return across and first[1] <= y and y + height <= first[1] + room[1]

    def around(self, part: Area, zoom: float) -> Viewport:
        """The viewport with this enlargement in which this part of the picture is in the middle, as far as
        the picture goes."""
        x, y, width, height = part
        closer = replace(self, viewport=replace(self.viewport, zoom=zoom))
        room = closer._room
        return closer._from_corner(x + (width - room[0]) / 2, y + (height - room[1]) / 2)

    def filling(self, part: Area) -> Viewport:
        """The viewport that this part of the picture fills, with a little of what is beside it."""
        room = min(self.viewport.width / part[2], self.viewport.height / part[3])
        return self.around(part, self._within(FILLED * room / self._fit))

    def _within(self, zoom: float) -> float:
        return min(max(zoom, 1.0), max(1.0, LARGEST_PIXEL / self._fit))

    @property
    def _fit(self) -> float:
        return min(self.viewport.width / self.size[0], self.viewport.height / self.size[1])

    @property
    def _room(self) -> tuple[float, float]:
        """Width and height of the viewport in pixels of the picture."""
        return self.viewport.width / self.scale, self.viewport.height / self.scale

    @property
    def _first(self) -> tuple[float, float]:
        """The point of the picture in the viewport's upper left corner (before mirroring)."""
        centre, room = self.viewport.centre, self._room
        return (_first(self.size[0], room[0], centre[0]), _first(self.size[1], room[1], centre[1]))

    def _from_corner(self, x: float, y: float) -> Viewport:
        room = self._room
        centre = (_centre(self.size[0], room[0], x), _centre(self.size[1], room[1], y))
        return replace(self.viewport, centre=centre)

    def _mirrored(self, across: float) -> float:
        return self.viewport.width - across if self.mirror else across

    def _between(self, one: tuple[float, float], other: tuple[float, float]) -> QRectF:
        (x0, y0), (x1, y1) = self.place(*one), self.place(*other)
        return QRectF(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))


def _first(length: int, room: float, centre: float) -> float:
    if room >= length:
        return (length - room) / 2
    return min(max(0.0, centre * length - room / 2), length - room)


def _centre(length: int, room: float, first: float) -> float:
    """The centre that `_first` turns into `first`, or into the nearest that is inside the picture."""
    if room >= length:
        return 0.5
    return (min(max(0.0, first), length - room) + room / 2) / length
