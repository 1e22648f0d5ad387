"""Detectors that anybody can check by head: they find the one bright patch of a picture."""

from __future__ import annotations

from typing import Annotated, Literal

import cv2
import numpy as np

from models.text import Text
from pipelines.frame import Frame, Truth
from pipelines.parameters import Parameters, choice, number, switch
from pipelines.pipeline import Pipeline
from pipelines.result import Box, Result
from pipelines.stress.contender import Contender

BOX = (20.0, 10.0, 24.0, 16.0)
BRIGHT, DARK = 200, 30
SIZE = (64, 48)


class PatchParameters(Parameters, frozen=True):
    threshold: Annotated[int, number(1, 255, title=Text("Threshold", "しきい値"), unit="px")] = 100
    anonymise: Annotated[
        Literal["off", "blur"],
        choice(
            title=Text("Hide", "隠す"), titles={"off": Text("Off", "なし"), "blur": Text("Blur", "ぼかし")}
        ),
    ] = "off"
    track: Annotated[bool, switch(title=Text("Track", "追跡"))] = False


class Patch(Pipeline[PatchParameters]):
    """Its score is how bright the patch is; it reports the patch's middle too, as a part of it.

    Its picture is half as large. It is set to follow things only by mistake, and says so.
    """

    name = "patch"
    title = Text("Patch", "明るい領域")
    explanation = Text("It finds. What is bright.", "明るい所を。見つけます。")
    citation = "none"
    kind = "classic"
    parameters = PatchParameters
    detects = True
    opened = closed = 0

    def open(self, threads: int) -> None:
        type(self).opened += 1

    def close(self) -> None:
        type(self).closed += 1

    def process(self, frame: Frame, parameters: PatchParameters) -> Result:
        assert not parameters.track
        assert parameters.anonymise == "off"
        half = np.ascontiguousarray(frame.image[::2, ::2])
        x, y, width, height = cv2.boundingRect((half.max(2) >= parameters.threshold).astype(np.uint8))
        if not width:
            return Result(half)
        score = float(half[y : y + height, x : x + width].mean()) / 255
        middle = Box((x + width / 4, y + height / 4, width / 2, height / 2), "part", 1.0, "second")
        return Result(half, (Box((x, y, width, height), "patch", score), middle))


class Broken(Patch):
    name = "broken"

    def process(self, frame: Frame, parameters: PatchParameters) -> Result:
        raise ZeroDivisionError("no patch")


def patch_frame(number: int = 0, *, labelled: bool = True, truth: tuple[Truth, ...] | None = None) -> Frame:
    """Dark, with a bright patch at `BOX`, labelled as that."""
    width, height = SIZE
    image = np.full((height, width, 3), DARK, np.uint8)
    x, y, w, h = map(int, BOX)
    image[y : y + h, x : x + w] = BRIGHT
    known = (Truth("patch", BOX),) if truth is None else truth
    return Frame.of(image, number, 0.0, known if labelled else (), labelled)


def patches(first: int = 100, second: int = 150) -> tuple[Contender, Contender]:
    """The same detector with two thresholds."""
    return Contender(Patch, PatchParameters(threshold=first)), Contender(
        Patch, PatchParameters(threshold=second)
    )
