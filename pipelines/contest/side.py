"""One of two detectors: what it finds in a frame and how long that takes, or why it does not."""

from __future__ import annotations

import statistics
from collections import deque
from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from models.errors import PipelineError
from models.text import Text, plain
from pipelines.clock import Clock
from pipelines.detector import Detector
from pipelines.engine.check import checked, told
from pipelines.engine.failure_log import FailureLog
from pipelines.engine.outcome import failure
from pipelines.frame import Frame
from pipelines.parameters import Parameters, Spec
from pipelines.registry import AnyPipeline, discover, find
from pipelines.result import Box, Result
from pipelines.status import Status

CONTEST = "versus"
REST = 2.0
"""Seconds of the stream after which a detector that failed is tried again, as in a lane of its own."""
TIMED = 15
"""Frames over which its time is the median: a single one leaps too much to be read."""


class Settings(Struct, frozen=True):
    """Which detector, and how it is set: `strictness` as in `strictened`, `long_side` in pixels, `network`
    where it runs one of several (empty: its own default)."""

    detector: str
    strictness: float
    long_side: int
    network: str = ""


class Found(Struct, frozen=True):
    """`boxes` in pixels of the frame; `milliseconds` for this frame, `usual` the median of the last ones;
    `threshold` is in the detector's own measure; `people` are the labels of whom it finds, `None`: of all."""

    boxes: tuple[Box, ...]
    threshold: float
    milliseconds: float
    usual: float
    people: frozenset[str] | None = None


def detectors() -> Mapping[str, Text]:
    """Every pipeline that detects, by name."""
    known = discover().values()
    return {each.name: each.title for each in known if each.detects and each.name != CONTEST}


def name_of(settings: Settings) -> str:
    """Of the detector, or of the network where it runs another one than usual."""
    return settings.network if _other_network(settings) else settings.detector


def title_of(settings: Settings) -> Text:
    """What it is called, likewise; one that is not here goes by its name."""
    if spec := _other_network(settings):
        return spec.title_of(settings.network)
    try:
        return find(settings.detector).title
    except PipelineError:
        return plain(settings.detector)


def settled(pipeline: type[AnyPipeline], settings: Settings) -> Parameters:
    """The detector's own defaults but for its threshold and, where it has them, working size and network."""
    values: dict[str, Any] = {}
    for spec in pipeline.parameters.specs():
        if spec.name == "threshold":
            values[spec.name] = strictened(spec, settings.strictness)
        elif spec.name == "long_side":
            values[spec.name] = spec.type(min(max(settings.long_side, _least(spec)), _most(spec)))
        elif spec.name == "network" and settings.network:
            values[spec.name] = settings.network
    return pipeline.parameters(**values)


def strictened(spec: Spec, percent: float) -> float:
    """A threshold between the least (-100), the detector's own (0) and the greatest (100): every detector
    measures in another way, and so there is one scale for all."""
    end = _least(spec) if percent < 0 else _most(spec)
    moved: float = spec.type(spec.default + (end - spec.default) * abs(percent) / 100)
    return moved


class Side:
    """Runs the detector that is asked for; changing or losing it costs nobody else anything."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._threads = 1
        self._pipeline: AnyPipeline | None = None
        self._log = FailureLog(CONTEST)
        self._times: deque[float] = deque(maxlen=TIMED)
        self._settings: Settings | None = None
        self._trouble: tuple[Text, float | None] | None = None
        """What went wrong, and the second of the stream in which it is tried again, once that is known."""

    def open(self, threads: int) -> None:
        self._threads = threads

    def close(self) -> None:
        pipeline, self._pipeline = self._pipeline, None
        self._settings = self._trouble = None
        self._times.clear()
        if pipeline is not None:
            self._let_go(pipeline)

    def prepare(self, settings: Settings) -> None:
        """Load what these settings ask for. What goes wrong is said when it shall look."""
        self._turn_to(settings)
        try:
            if not isinstance(ready := self._ready(settings), Text):
                ready.prepare(settled(type(ready), settings))
        except Exception as error:  # noqa: BLE001 - the other detector goes on, whatever this one does
            self._rest(self._failed(error, settings), None)

    def look(self, frame: Frame, settings: Settings) -> Found | Text:
        """What it finds, or one sentence about why it cannot; then it rests for a while."""
        self._turn_to(settings)
        if (trouble := self._still_rests(frame)) is not None:
            return trouble
        try:
            found = self._found(frame, settings)
        except Exception as error:  # noqa: BLE001 - as above
            return self._rest(self._failed(error, settings), frame)
        if isinstance(found, Text):
            return self._rest(found, frame)
        self._trouble = None
        self._log.succeeded()
        return found

    def status(self) -> Status | None:
        """How the detector did the last frame."""
        try:
            return told(self._pipeline.status()) if self._pipeline else None
        except Exception as error:  # noqa: BLE001 - as above
            self._log.failed(error)
            return None

    def _found(self, frame: Frame, settings: Settings) -> Found | Text:
        ready = self._ready(settings)
        if isinstance(ready, Text):
            return ready
        parameters = settled(type(ready), settings)
        began = self._clock.now()
        result = ready.process(frame, parameters)
        milliseconds = (self._clock.now() - began) * 1000
        status = self.status()
        if status and status.refused:  # another network than the one that is named would be counted
            return status.refused.text
        boxes = _boxes(checked(result), frame)
        self._times.append(milliseconds)
        threshold = float(getattr(parameters, "threshold", 0.0))
        people = ready.shows_people if isinstance(ready, Detector) else None
        return Found(boxes, threshold, milliseconds, statistics.median(self._times), people)

    def _ready(self, settings: Settings) -> AnyPipeline | Text:
        """The detector, opened, or why it cannot run here."""
        kind = find(settings.detector)
        if (reason := kind.reason_unavailable()) is not None:
            return reason
        if self._pipeline is None:
            fresh = kind()
            fresh.open(self._threads)
            self._pipeline = fresh
        return self._pipeline

    def _failed(self, error: Exception, settings: Settings) -> Text:
        self._log.failed(error)
        return failure(title_of(settings), error)

    def _still_rests(self, frame: Frame) -> Text | None:
        """The trouble that it rests after; what went wrong before any frame counts from this one."""
        if self._trouble is None:
            return None
        text, until = self._trouble
        if until is None:
            until = frame.captured + REST
            self._trouble = text, until
        return text if 0 <= until - frame.captured <= REST else None

    def _turn_to(self, settings: Settings) -> None:
        """What is kept of a detector is good for that detector only."""
        if settings == self._settings:
            return
        if self._settings is None or settings.detector != self._settings.detector:
            self.close()
        self._settings, self._trouble = settings, None
        self._times.clear()

    def _rest(self, why: Text, frame: Frame | None) -> Text:
        """A fresh detector next time, for this one's state cannot be trusted."""
        pipeline, self._pipeline = self._pipeline, None
        if pipeline is not None:
            self._let_go(pipeline)
        self._trouble = why, frame.captured + REST if frame else None
        return why

    def _let_go(self, pipeline: AnyPipeline) -> None:
        try:
            pipeline.close()
        except Exception as error:  # noqa: BLE001 - as above
            self._log.failed(error)


def _other_network(settings: Settings) -> Spec | None:
    """The parameter that names the network, where that is not the detector's own default."""
    try:
        specs = find(settings.detector).parameters.specs()
    except PipelineError:
        return None
    for spec in specs:
        if spec.name == "network" and settings.network not in ("", spec.default):
            return spec
    return None


def _boxes(result: Result, frame: Frame) -> tuple[Box, ...]:
    """Only boxes with an area; in pixels of the frame, of whatever size the result's picture is."""
    found = [mark for mark in result.marks if isinstance(mark, Box) and min(mark.box[2:]) > 0]
    height, width = result.picture.shape[:2]
    if frame.size == (width, height):
        return tuple(found)
    across, down = frame.size[0] / width, frame.size[1] / height
    return tuple(replace(mark, box=_scaled(mark.box, across, down)) for mark in found)


def _scaled(
    box: tuple[float, float, float, float], across: float, down: float
) -> tuple[float, float, float, float]:
    x, y, width, height = box
    return x * across, y * down, width * across, height * down


def _least(spec: Spec) -> float:
    return spec.default if spec.knob.minimum is None else spec.knob.minimum


def _most(spec: Spec) -> float:
    return spec.default if spec.knob.maximum is None else spec.knob.maximum
