"""What the tests of the commands share: one way to run a line, made-up pipelines, small files."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, NamedTuple, TypeAlias

import cv2
import numpy as np
import pytest

from desktop import log
from desktop.commands import choice
from desktop.main import status
from models.text import Text
from pipelines import registry
from pipelines.detector import Detector, DetectorParameters
from pipelines.frame import Frame, Image
from pipelines.parameters import number
from pipelines.pipeline import Nothing, Pipeline
from pipelines.result import Box, Result
from pipelines.video_writer import VideoWriter


class Ended(NamedTuple):
    """How a command ended."""

    status: int
    out: str
    err: str


Run: TypeAlias = Callable[..., Ended]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Runs a command line in this process, in English unless it says otherwise."""

    def run(*words: object) -> Ended:
        ended = status(["--lang", "en", *map(str, words)])
        return Ended(ended, *capsys.readouterr())

    yield run
    _forget_log()


def _forget_log() -> None:
    """A command keeps a log until its process ends; here others come after it."""
    root = logging.getLogger()
    for handler in [one for one in root.handlers if type(one).__module__ == log.__name__]:
        root.removeHandler(handler)
        handler.close()


class BrightParameters(DetectorParameters, frozen=True):
    threshold: Annotated[int, number(1, 255, title=Text("Threshold", "しきい値"))] = 200


class Bright(Detector[BrightParameters]):
    """Finds the one bright patch, in a picture of half the size."""

    name = "bright"
    title = Text("Bright patch", "明るい領域")
    explanation = Text("It finds what is bright.", "明るい所を見つけます。")
    citation = "none"
    kind = "classic"
    parameters = BrightParameters

    def find(self, frame: Frame, parameters: BrightParameters) -> Result:
        if frame.image.shape[1] == 13:
            raise ZeroDivisionError("thirteen")
        half = np.ascontiguousarray(frame.image[::2, ::2])
        x, y, width, height = cv2.boundingRect((half.max(2) >= parameters.threshold).astype(np.uint8))
        marks = (Box((x, y, width, height), "patch", 0.123456),) if width else ()
        return Result(half, marks)


class Count(Pipeline[Nothing]):
    """Its picture is as bright as the number of frames since it was opened; it remembers, so to speak."""

    name = "count"
    title = Text("Count", "計数")
    explanation = Text("It counts.", "数えます。")
    citation = "none"
    kind = "classic"

    def open(self, threads: int) -> None:
        self.seen = 0

    def process(self, frame: Frame, parameters: Nothing) -> Result:
        self.seen += 1
        if self.seen > 90:
            raise OverflowError("cannot count that far")
        return Result(np.full(frame.image.shape[:2], min(10 * self.seen, 255), np.uint8))


class Absent(Count):
    name = "absent"

    @classmethod
    def reason_unavailable(cls) -> Text:
        return Text("It has no network here.", "ここにはネットワークがありません。")


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The made-up pipelines instead of the real ones."""
    known = MappingProxyType({pipeline.name: pipeline for pipeline in (Bright, Count, Absent)})
    for module in (registry, choice):
        monkeypatch.setattr(module, "discover", lambda: known)


def patch_picture(
    width: int = 64, height: int = 48, box: tuple[int, int, int, int] = (10, 6, 20, 12)
) -> Image:
    """Dark, with a bright patch at `box`."""
    image = np.full((height, width, 3), 20, np.uint8)
    x, y, w, h = box
    image[y : y + h, x : x + w] = 255
    return image


def write_picture(path: Path, image: Image | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(path.suffix, patch_picture() if image is None else image)[1].tobytes())
    return path


def write_video(path: Path, seconds: list[float], *images: Image, rate: int = 25) -> Path:
    """`images` in turn, or the patch."""
    shown = images or (patch_picture(),)
    with VideoWriter(path, Fraction(rate)) as video:
        for number, moment in enumerate(seconds):
            video.write(shown[number % len(shown)], moment)
    return path
