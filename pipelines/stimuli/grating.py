"""A sinusoidal grating that drifts, in the whole field or through a window (a Gabor patch).

Source: F. W. Campbell and J. G. Robson, "Application of Fourier analysis to the visibility of gratings",
J. Physiol. 197 (1968).
"""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from models.text import Text
from pipelines.parameters import Parameters, number
from pipelines.stimulus import GREY, Motion, Stimulus
from pipelines.visual_field.aperture import through
from pipelines.visual_field.knobs import (
    Contrast,
    Orientation,
    Turn,
    Window,
    WindowSize,
    WindowX,
    WindowY,
)
from pipelines.visual_field.plane import Size, across, axes


class GratingParameters(Parameters, frozen=True):
    orientation: Orientation = 90.0
    frequency: Annotated[
        float,
        number(
            0.5,
            40.0,
            step=0.5,
            unit="cycles",
            title=Text("Spatial frequency", "空間周波数"),
            help=Text(
                "Cycles per image: how many light and dark stripes lie one after the other in its height.",
                "画像の高さあたりの周期数です。明暗の縞が何組並ぶかを表します。",
            ),
        ),
    ] = 8.0
    speed: Annotated[
        float,
        number(
            -10.0,
            10.0,
            step=0.1,
            unit="Hz",
            title=Text("Speed", "速さ"),
            help=Text(
                "Cycles a second that pass a point; negative in the other direction, 0 stands still.",
                "1 点を 1 秒間に通過する周期数です。負の値は逆向き、0 は静止です。",
            ),
        ),
    ] = 1.0
    turn: Turn = 0.0
    contrast: Contrast = 1.0
    phase: Annotated[
        float,
        number(
            0.0,
            360.0,
            step=5.0,
            unit="°",
            title=Text("Phase", "位相"),
            help=Text(
                "Where it begins: at 0° a light stripe lies in the middle, at 180° a dark one.",
                "始まりの位置です。0° では明るい縞、180° では暗い縞が中心に来ます。",
            ),
        ),
    ] = 0.0
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

    @classmethod
    def levels(cls, parameters: GratingParameters, motion: Motion, size: Size) -> NDArray[np.float32]:
        bounded = parameters.aperture != "full"
        x, y = (parameters.x, parameters.y) if bounded else (0.0, 0.0)
        way = across(parameters.orientation + motion.turned)
        right, up = axes(size)
        begin = parameters.phase / 360 - cls.folded(parameters, motion.drifted, size)
        columns = 2 * math.pi * parameters.frequency * way.right * (right - x)
        rows = 2 * math.pi * (parameters.frequency * way.up * (up - y) + begin)
        # the cosine of a sum as a product: a cosine for each row and column, not for each pixel
        down = GREY * parameters.contrast * np.stack([np.cos(rows), -np.sin(rows)], 1)
        level = np.stack([np.cos(columns), np.sin(columns)])
        levels = down.astype(np.float32) @ level.astype(np.float32)
        levels += GREY
        return through(levels, GREY, parameters, size)

    @classmethod
    def folded(cls, parameters: GratingParameters, drifted: float, size: Size) -> float:
        return drifted % 1.0
