"""A sinusoidal grating that drifts, in the whole field or through a window (a Gabor patch).

Source: F. W. Campbell and J. G. Robson, "Application of Fourier analysis to the visibility of gratings",
J. Physiol. 197 (1968).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.text import Text
from pipelines.parameters import Parameters
from pipelines.stimulus import GREY, Family, Motion, Stimulus
from pipelines.visual_field.aperture import middle_of, through
from pipelines.visual_field.knobs import (
    Contrast,
    CyclesPerSecond,
    Frequency,
    Orientation,
    Phase,
    Turn,
    Window,
    WindowSize,
    WindowX,
    WindowY,
)
from pipelines.visual_field.plane import Size
from pipelines.visual_field.wave import Wave, summed


class GratingParameters(Parameters, frozen=True):
    orientation: Orientation = 90.0
    frequency: Frequency = 8.0
    speed: CyclesPerSecond = 1.0
    turn: Turn = 0.0
    contrast: Contrast = 1.0
    phase: Phase = 0.0
    aperture: Window = "full"
    size: WindowSize = 0.6
    x: WindowX = 0.0
    y: WindowY = 0.0


class Grating(Stimulus[GratingParameters]):
    name = "grating"
    title = Text("Grating", "正弦波グレーティング")
    explanation = Text(
        "Light and dark stripes whose level is a sine: a single frequency at a single orientation. "
        "A cell, or a filter, that prefers both answers most; turn it and change its frequency to find out.",
        "明るさが正弦波で変わる縞模様で、周波数も方位も 1 つだけです。"
        "細胞やフィルターは、好みの方位と周波数のときに最も強く応答します。変えながら確かめられます。",
    )
    citation = (
        "F. W. Campbell, J. G. Robson, “Application of Fourier analysis to the visibility of gratings”, "
        "J. Physiol. 197, 1968."
    )
    parameters = GratingParameters
    family, place = Family.ORIENTATION, 1

    @classmethod
    def levels(cls, parameters: GratingParameters, motion: Motion, size: Size) -> NDArray[np.float32]:
        wave = Wave(
            parameters.frequency,
            parameters.orientation + motion.turned,
            parameters.phase / 360 - motion.drifted % 1.0,
            GREY * parameters.contrast,
        )
        levels = summed((wave,), middle_of(parameters), size)
        levels += GREY
        return through(levels, GREY, parameters, size)

    @classmethod
    def folded(cls, parameters: GratingParameters, drifted: float, size: Size) -> float:
        return drifted % 1.0
