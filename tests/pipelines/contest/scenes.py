"""Boxes and detectors by which the contest is tested."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, ClassVar

import numpy as np

from models.errors import PipelineError
from models.text import Text
from pipelines.frame import Frame, Truth
from pipelines.parameters import Parameters, number
from pipelines.pipeline import Pipeline
from pipelines.registry import AnyPipeline, find
from pipelines.result import Box, Result
from pipelines.status import Status

Place = tuple[float, float, float, float]


def blank(
    number: int = 0,
    truth: tuple[Truth, ...] | None = None,
    *,
    captured: float | None = None,
    name: str = "",
    size: tuple[int, int] = (200, 100),
) -> Frame:
    """An empty frame; labelled where `truth` is given."""
    image = np.zeros((size[1], size[0], 3), np.uint8)
    when = number / 10 if captured is None else captured
    return Frame.of(image, number, when, truth or (), truth is not None, name)


class ThresholdParameters(Parameters, frozen=True):
    threshold: Annotated[float, number(0.0, 10.0, title=Text("Least", "下限"))] = 2.0
    long_side: Annotated[int, number(32, 320, title=Text("Size", "大きさ"))] = 64


class Told(Pipeline[ThresholdParameters]):
    """A detector that finds what it is told, and notes how it is treated."""

    title = Text("Told", "指示")
    explanation = Text("It finds. It is told.", "見つけます。言われたとおりに。")
    citation = "2020"
    kind = "classic"
    parameters = ThresholdParameters
    detects = True
    boxes: ClassVar[tuple[Box, ...]] = ()
    raises: ClassVar[Exception | None] = None
    unavailable: ClassVar[Text | None] = None
    used_with: ClassVar[list[ThresholdParameters]] = []
    opened: ClassVar[list[int]] = []
    prepared: ClassVar[int] = 0
    closed: ClassVar[int] = 0
    state: ClassVar[Status | None] = None
    shrinks: ClassVar[int] = 1

    @classmethod
    def reason_unavailable(cls) -> Text | None:
        return cls.unavailable

    def open(self, threads: int) -> None:
        type(self).opened.append(threads)

    def prepare(self, parameters: ThresholdParameters) -> None:
        type(self).prepared += 1

    def status(self) -> Status | None:
        return self.state

    def close(self) -> None:
        type(self).closed += 1

    def process(self, frame: Frame, parameters: ThresholdParameters) -> Result:
        type(self).used_with.append(parameters)
        if self.raises:
            raise self.raises
        kept = tuple(box for box in self.boxes if box.score is None or box.score >= parameters.threshold)
        return Result(np.ascontiguousarray(frame.image[:: self.shrinks, :: self.shrinks]), kept)


def told(name: str, *places: Place, score: float = 5.0) -> type[Told]:
    """A fresh detector class of this name."""
    boxes = tuple(Box(place, "face", score) for place in places)
    return type(
        "Detector",
        (Told,),
        {
            "name": name,
            "title": Text(name.title(), f"{name}検出"),
            "boxes": boxes,
            "used_with": [],
            "opened": [],
        },
    )


def finder(*kinds: type[AnyPipeline]) -> Callable[[str], type[AnyPipeline]]:
    """What the registry's `find` is, where these detectors are in the places of those of the same names."""
    known = {kind.name: kind for kind in kinds}
    return lambda name: known[name] if name in known else find(name)


BROKEN = PipelineError("The network is gone.", "ネットワークがありません。")
