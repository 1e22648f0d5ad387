"""What one of the two finds, followed from frame to frame."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from pipelines.contest.side import Found
from pipelines.frame import Frame
from pipelines.result import Box
from pipelines.tracking.continuity import Count, total
from pipelines.tracking.people import Place, places
from pipelines.tracking.story import Story


class Followed(Struct, frozen=True, eq=False):
    """`boxes` were found in the newest frame, `labels` are those of people, `story` tells the rest."""

    story: Story = Story()
    boxes: tuple[Box, ...] = ()
    labels: frozenset[str] | None = None

    def told(self, frame: Frame, found: Found | None) -> Followed:
        """With one more frame; what could not look has nothing to tell any more."""
        if found is None:
            return Followed()
        return Followed(self.story.told(frame, found.boxes, frame.size), found.boxes, found.people)

    @property
    def continuity(self) -> Count | None:
        """Over the last looks; `None` where no frame went before, as with pictures that do not move."""
        return total(self.story.now.counts) if self.story.glance_before is not None else None

    def people(self) -> Iterator[Place]:
        """Where somebody was found, or is expected while lost."""
        return places(self.boxes, self.story.now.tracks, self.labels)
