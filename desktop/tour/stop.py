"""One view of the tour."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from desktop.tour.guide import Guide
from models.text import Text
from pipelines.registry import find
from pipelines.scene import LaneScene


class Stop(Struct, frozen=True):
    """One view: how to get there from a fresh window with four lanes, and what is seen."""

    name: str
    words: Text
    go: Callable[[Guide], object]


def lane(name: str, **values: object) -> LaneScene:
    pipeline = find(name)
    return LaneScene(pipeline, pipeline.parameters().changed(**values))
