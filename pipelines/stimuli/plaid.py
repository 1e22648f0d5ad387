"""Two gratings on one another, which are seen to move as one pattern.

Source: E. H. Adelson and J. A. Movshon, "Phenomenal coherence of moving visual patterns", Nature 300 (1982).
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from models.text import Text
from pipelines.parameters import Parameters, number
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


class PlaidParameters(Parameters, frozen=True):
    orientation: Orientation = 90.0
    angle: Annotated[
        float,
        number(
            0.0,
            180.0,
            step=1.0,
            unit="°",
            title=Text("Angle between them", "二つのなす角"),
            help=Text(
                "The two gratings are turned by half of it to either side. At 0° they are one grating; the "
                "wider the angle, the faster the pattern moves, and at 180° they run against one another.",
                "二つの縞は、この角度の半分ずつ左右に傾きます。0° では一つの縞に重なり、"
                "広げるほど模様は速く動き、180° では互いに逆へ動きます。",
            ),
        ),
    ] = 90.0
    frequency: Frequency = 6.0
    ratio: Annotated[
        float,
        number(
            0.25,
            4.0,
            step=0.05,
            title=Text("Second frequency / first", "周波数の比"),
            help=Text(
                "How much finer the second grating is. The more they differ, the sooner two transparent "
                "gratings are seen to slide over one another.",
                "二つ目の縞が何倍細かいかです。差が大きいほど、一つの模様ではなく、"
                "透けて滑り合う二つの縞に見えやすくなります。",
            ),
        ),
    ] = 1.0
    share: Annotated[
        float,
        number(
            0.0,
            1.0,
            step=0.05,
            title=Text("Second grating's share", "二つ目の割合"),
            help=Text(
                "Of the contrast: at 0 only the first grating is there, at 1 only the second.",
                "コントラストの配分です。0 では一つ目だけ、1 では二つ目だけになります。",
            ),
        ),
    ] = 0.5
    speed: CyclesPerSecond = 1.0
    turn: Turn = 0.0
    contrast: Contrast = 1.0
    phase: Phase = 0.0
    aperture: Window = "full"
    size: WindowSize = 0.6
    x: WindowX = 0.0
    y: WindowY = 0.0


class Plaid(Stimulus[PlaidParameters]):
    name = "plaid"
    title = Text("Plaid", "格子縞（プラッド）")
    explanation = Text(
        "Two gratings drift in two directions, and one pattern is seen to move in a third. A filter or a "
        "cell of V1 answers to each grating, some cells of area MT answer to the pattern.",
        "二つの縞が別々の方向へ動いているのに、一つの模様が第三の方向へ動いて見えます。"
        "フィルターや V1 の細胞はそれぞれの縞に、MT 野の一部の細胞は模様全体の動きに応答します。",
    )
    citation = (
        "E. H. Adelson, J. A. Movshon, “Phenomenal coherence of moving visual patterns”, Nature 300, 1982."
    )
    parameters = PlaidParameters
    family, place = Family.MOTION, 0

    @classmethod
    def levels(cls, parameters: PlaidParameters, motion: Motion, size: Size) -> NDArray[np.float32]:
        levels = summed(cls._waves(parameters, motion), middle_of(parameters), size)
        levels += GREY
        return through(levels, GREY, parameters, size)

    @classmethod
    def folded(cls, parameters: PlaidParameters, drifted: float, size: Size) -> float:
        return drifted % 1.0

    @staticmethod
    def _waves(parameters: PlaidParameters, motion: Motion) -> tuple[Wave, Wave]:
        """Both go on by as many cycles in a second, and with them the places where they cross."""
        orientation = parameters.orientation + motion.turned
        phase = parameters.phase / 360 - motion.drifted % 1.0
        amplitude = GREY * parameters.contrast
        return (
            Wave(
                parameters.frequency,
                orientation - parameters.angle / 2,
                phase,
                amplitude * (1 - parameters.share),
            ),
            Wave(
                parameters.frequency * parameters.ratio,
                orientation + parameters.angle / 2,
                phase,
                amplitude * parameters.share,
            ),
        )
