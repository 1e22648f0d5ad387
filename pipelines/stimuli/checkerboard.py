"""A checkerboard whose light and dark change places.

Source: K. K. De Valois, R. L. De Valois and E. W. Yund, "Responses of striate cortex cells to grating and
checkerboard patterns", J. Physiol. 291 (1979).
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
    Reversals,
    Turn,
    Window,
    WindowSize,
    WindowX,
    WindowY,
)
from pipelines.visual_field.plane import Size
from pipelines.visual_field.wave import Stripes, Wave, crossed


class CheckerboardParameters(Parameters, frozen=True):
    orientation: Orientation = 90.0
    frequency: Frequency = 4.0
    reversals: Reversals = 2.0
    speed: CyclesPerSecond = 0.0
    turn: Turn = 0.0
    contrast: Contrast = 1.0
    phase: Phase = 90.0
    aperture: Window = "full"
    size: WindowSize = 0.6
    x: WindowX = 0.0
    y: WindowY = 0.0


class Checkerboard(Stimulus[CheckerboardParameters]):
    name = "checkerboard"
    title = Text("Checkerboard", "市松模様")
    explanation = Text(
        "Light and dark squares that change places, as clinics show them to measure how the visual cortex "
        "answers. Its edges are upright and level, and yet its spectrum lies on the diagonals.",
        "明暗が入れ替わる市松模様で、臨床では視覚皮質の応答（視覚誘発電位）を測るのに使われます。"
        "輪郭は縦と横なのに、スペクトルの主成分は斜め方向にあります。",
    )
    citation = (
        "K. K. De Valois, R. L. De Valois, E. W. Yund, “Responses of striate cortex cells to grating and "
        "checkerboard patterns”, J. Physiol. 291, 1979."
    )
    parameters = CheckerboardParameters
    family, place = Family.ORIENTATION, 2

    @classmethod
    def levels(cls, parameters: CheckerboardParameters, motion: Motion, size: Size) -> NDArray[np.float32]:
        orientation, middle = parameters.orientation + motion.turned, middle_of(parameters)
        phase = parameters.phase / 360
        one = Wave(parameters.frequency, orientation, phase - motion.drifted % 1.0)
        other = Wave(parameters.frequency, orientation + 90, phase)
        levels = crossed(
            Stripes(one, inside=1, outside=-1),
            Stripes(other, inside=1, outside=-1),
            middle,
            GREY * parameters.contrast * motion.sign,
            size,
        )
        levels += GREY
        return through(levels, GREY, parameters, size)

    @classmethod
    def folded(cls, parameters: CheckerboardParameters, drifted: float, size: Size) -> float:
        return drifted % 1.0
