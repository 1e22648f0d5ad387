"""Where the frame is seen in a result's picture: what places of two results have in common."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

Shown: TypeAlias = Literal["frame", "other"] | tuple[int, int, int, int]
"""`frame`: the whole picture, pixel for pixel. `other`: nowhere, for its places are no places of the frame.
Otherwise x, y, width and height, in pixels of the picture, of the part that shows the whole frame."""


class Area(NamedTuple):
    """The part of a picture that shows a whole frame of `frame` (width, height), perhaps scaled."""

    x: int
    y: int
    width: int
    height: int
    frame: tuple[int, int]

    def to_picture(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the frame is in the picture."""
        width, height = self.frame
        return self.x + x * self.width / width, self.y + y * self.height / height

    def to_frame(self, x: float, y: float) -> tuple[float, float]:
        """Which point of the frame is at a point of the picture, perhaps outside of both."""
        width, height = self.frame
        return (x - self.x) * width / self.width, (y - self.y) * height / self.height

    def covers(self, x: float, y: float) -> bool:
        """Whether a point of the picture lies in it."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height
