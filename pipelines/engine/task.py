"""What a lane is given to do."""

from __future__ import annotations

from msgspec import Struct

from pipelines.frame import Frame


class Task(Struct, frozen=True, eq=False):
    """A frame, and the number of the take that it is of.

    A take begins whenever a source is opened: what a slow lane makes of a frame of a former take comes
    too late to be shown.
    """

    frame: Frame
    take: int

    def same(self, other: Task) -> bool:
        """Whether they are about the same picture of the source."""
        return self.take == other.take and self.frame.same(other.frame)
