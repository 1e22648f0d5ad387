"""`pipeline/NAME-SIZE`: each pipeline against the bare calls that it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import cv2
import numpy as np

from desktop.bench.case import Case, CaseError, Effort, Goal, Row
from desktop.bench.interleave import median_times
from desktop.bench.references import REFERENCES
from desktop.language import _, say
from pipelines.frame import Frame
from pipelines.registry import AnyPipeline, discover
from pipelines.sources import demo_reel

SIZES = ((640, 480), (1280, 720))
PICTURES = 12
GOAL = Goal("ratio", "<=", 1.15)


def cases() -> Iterator[Case]:
    for pipeline in discover().values():
        for size in SIZES:
            name = f"pipeline/{pipeline.name}-{size[0]}x{size[1]}"
            yield Case(name, partial(_measure, name, pipeline, size))


def pictures(size: tuple[int, int], count: int) -> list[Frame]:
    """Frames of the demo, evenly over the whole reel, cut and scaled to `size` (width, height)."""
    step = demo_reel.LENGTH // count
    return [Frame.of(_fitted(demo_reel.frame(i * step)[0], size), i, 0.0) for i in range(count)]


def _measure(name: str, pipeline: type[AnyPipeline], size: tuple[int, int], effort: Effort) -> Iterator[Row]:
    if reason := pipeline.reason_unavailable():
        raise CaseError(say(reason))
    if pipeline.name not in REFERENCES:
        raise CaseError(_("No bare calls are written down that this pipeline stands for."))
    reference = REFERENCES[pipeline.name]()
    parameters = pipeline.parameters()
    opened = pipeline()
    opened.open(cv2.getNumThreads())
    try:
        value, bare = median_times(
            lambda frame: opened.process(frame, parameters),
            lambda frame: reference(frame.image),
            pictures(size, PICTURES),
            effort.turns,
        )
    finally:
        opened.close()
    yield Row(name, "ms", GOAL, value * 1000, bare * 1000)


def _fitted(image: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """The middle of the image in the proportions of `size`."""
    height, width = image.shape[:2]
    share = min(width / size[0], height / size[1])
    w, h = round(size[0] * share), round(size[1] * share)
    x, y = (width - w) // 2, (height - h) // 2
    return cv2.resize(image[y : y + h, x : x + w], size, interpolation=cv2.INTER_AREA)
