"""Lanes that look at other lanes: who waits for whom, and which results of one frame belong together.

No thread and no lock of its own: the studio and its flow call it under the studio's lock.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias, cast

from msgspec.structs import replace

from models.errors import PipelineError
from models.text import Text
from pipelines.engine.lane import Lane
from pipelines.engine.outcome import Done, Outcome
from pipelines.engine.task import Task
from pipelines.frame import Frame
from pipelines.onlooker import Onlooker, Seen

LONGEST = 600
"""Frames that an onlooker waits for at once, at most: so many may come while one of its lanes does one."""
Watched: TypeAlias = tuple[Lane | None, ...]
"""`None` is the camera's picture."""


class Given(NamedTuple):
    """A frame, and what an onlooker was shown of it."""

    task: Task
    seen: tuple[Seen, ...]


class Onlooking:
    """Where somebody looks on, it keeps the newest result of each lane, and those of frames that another one
    is still at work on: two or three, however slow that one is."""

    def __init__(self) -> None:
        self._lanes: tuple[Lane, ...] = ()
        self._kept: dict[Lane, list[tuple[Frame, Seen]]] = {}
        self._wanted: dict[Lane, deque[Task]] = {}
        """Frames that came and that an onlooker has not been given."""
        self._given: dict[Lane, Given] = {}
        """What an onlooker was given last."""

    @property
    def onlookers(self) -> tuple[Lane, ...]:
        return tuple(self._wanted)

    def arrange(self, lanes: Sequence[Lane]) -> None:
        """Other lanes, or others in their places, from which they are named."""
        self._lanes = tuple(lanes)
        looking = [lane for lane in lanes if issubclass(lane.pipeline, Onlooker)]
        self._wanted = {lane: self._wanted.get(lane) or deque() for lane in looking}
        self._given = {lane: self._given[lane] for lane in looking if lane in self._given}
        self._kept = {
            lane: [(frame, replace(seen, place=place)) for frame, seen in self._kept[lane]]
            for place, lane in enumerate(lanes)
            if looking and lane in self._kept
        }

    def unknown(self) -> list[Lane]:
        """Lanes that somebody may look at, and of which nothing is kept yet."""
        return [lane for lane in self._lanes if self._wanted and lane not in {**self._wanted, **self._kept}]

    def those_looking_at(self, lane: Lane) -> list[Lane]:
        """The onlookers of this lane."""
        found = ((onlooker, self._watched(onlooker)) for onlooker in self._wanted)
        return [onlooker for onlooker, seen in found if not isinstance(seen, Text) and lane in seen]

    def defer(self, onlooker: Lane, task: Task) -> None:
        """A frame that the onlooker is to do, or to do again, when the others have done it."""
        if onlooker not in self._wanted:
            return
        watched, wanted = self._watched(onlooker), self._wanted[onlooker]
        if isinstance(watched, Text):
            onlooker.inbox.put(replace(task, seen=watched))
            return
        if not wanted or wanted[-1].frame is not task.frame:
            wanted.append(task)
        if len(wanted) > LONGEST:
            wanted.popleft()
            onlooker.missed += 1
        self._offer(onlooker, watched)

    def finished(self, lane: Lane, frame: Frame, outcome: Outcome) -> None:
        """One of the others has done a frame; one that was taken away meanwhile does not count."""
        if not self._wanted or lane in self._wanted or lane not in self._lanes:
            return
        self._keep(lane, frame, outcome)
        for onlooker in self.those_looking_at(lane):
            self._offer(onlooker, cast(Watched, self._watched(onlooker)))

    def forget(self) -> None:
        """Another source begins."""
        self._kept.clear()
        self._given.clear()
        for wanted in self._wanted.values():
            wanted.clear()

    # --- inside

    def _watched(self, onlooker: Lane) -> Watched | Text:
        """Whom it looks at, or why it cannot."""
        pipeline = cast(type[Onlooker[Any]], onlooker.pipeline)
        kinds, own = [lane.pipeline for lane in self._lanes], self._lanes.index(onlooker)
        try:
            places = pipeline.looks_at(onlooker.parameters, kinds, own)
        except PipelineError as error:
            return error.text
        return tuple(None if place is None else self._lanes[place] for place in places)

    def _keep(self, lane: Lane, frame: Frame, outcome: Outcome) -> None:
        result = outcome.result if isinstance(outcome, Done) else outcome.text
        kept = [
            (former, seen)
            for former, seen in self._kept.get(lane, ())
            if former is not frame and any(other.is_at(former) for other in self._lanes)
        ]
        self._kept[lane] = [*kept, (frame, Seen(self._lanes.index(lane), lane.pipeline.title, result))]

    def _offer(self, onlooker: Lane, watched: Watched) -> None:
        """The newest frame that all have done, unless the onlooker has just that already."""
        given, wanted = self._given.get(onlooker), self._wanted[onlooker]
        for task in reversed(wanted):
            if (seen := self._seen(watched, task.frame)) is not None:
                while wanted.popleft() is not task:
                    onlooker.missed += 1
                self._give(onlooker, task, seen)
                return
        if given is None:
            return
        seen = self._seen(watched, given.task.frame)
        if seen is not None and not _are_the_same(seen, given.seen):
            self._give(onlooker, given.task, seen)

    def _give(self, onlooker: Lane, task: Task, seen: tuple[Seen, ...]) -> None:
        self._given[onlooker] = Given(task, seen)
        onlooker.inbox.put(replace(task, seen=seen))

    def _seen(self, watched: Watched, frame: Frame) -> tuple[Seen, ...] | None:
        """What all of them have made of this frame; `None` where one has not done it."""
        found = []
        for lane in watched:
            kept = self._kept.get(lane, []) if lane else [(frame, Seen.camera(frame))]
            seen = next((seen for former, seen in kept if former is frame), None)
            if seen is None:
                return None
            found.append(seen)
        return tuple(found)


def waits_for(title: Text) -> Text:
    """What an onlooker says while a lane that it looks at loads, or hangs."""
    return Text(
        f"This view waits for the lane “{title.en}”.", f"「{title.ja}」のレーンの結果を待っています。"
    )


def _are_the_same(seen: tuple[Seen, ...], former: tuple[Seen, ...]) -> bool:
    """Whether nobody has done anything again since; the camera's picture of one frame is always the same."""
    return [_work(one) for one in seen] == [_work(one) for one in former]


def _work(seen: Seen) -> int:
    return 0 if seen.place is None else id(seen.result)
