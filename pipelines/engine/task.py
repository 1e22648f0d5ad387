"""What a lane is given to do."""

from __future__ import annotations

from msgspec import Struct

from models.text import Text
from pipelines.frame import Frame
from pipelines.onlooker import Seen


class Task(Struct, frozen=True, eq=False):
    """A frame, and the number of the take that it is of.

    A take begins whenever a source is opened: what a slow lane makes of a frame of a former take comes
    too late to be shown. For a lane that looks at others `seen` is what they have made of the frame, or why
    there is nothing to look at.
    """

    frame: Frame
    take: int
    seen: tuple[Seen, ...] | Text | None = None

    def same(self, other: Task) -> bool:
        """Whether they are about the same picture of the source."""
        return self.take == other.take and self.frame.same(other.frame)
