"""Outcomes as a lane makes them, for the tests of what shows them."""

from __future__ import annotations

import time

import numpy as np

from models.text import Text
from pipelines.engine.outcome import Done, Failed
from pipelines.engine.view import Viewport, prepare
from pipelines.frame import Frame, Image
from pipelines.pipeline import Nothing
from pipelines.result import Mark, Result

WHY = Text("It broke and will be tried again.", "壊れました。再試行します。")


def frame(image: Image, number: int = 0) -> Frame:
    return Frame.of(image, number, time.perf_counter())


def gradient(width: int = 320, height: int = 180) -> Image:
    """Every column another grey, so that places can be told by their colour."""
    return np.tile(np.linspace(0, 255, width).astype(np.uint8), (height, 1))[..., None].repeat(3, axis=2)


def done(image: Image, viewport: Viewport, *marks: Mark) -> Done:
    return Done(frame(image), Nothing(), Result(image, marks), prepare(image, viewport), 1.5)


def failed(image: Image) -> Failed:
    return Failed(frame(image), WHY)
