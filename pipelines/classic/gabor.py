"""Oriented edges by a bank of Gabor filters, and what simple and complex cells make of them.

Source: D. H. Hubel and T. N. Wiesel, "Receptive fields, binocular interaction and functional architecture
in the cat's visual cortex", J. Physiology 160, 106-154 (1962); E. H. Adelson and J. R. Bergen,
"Spatiotemporal energy models for the perception of motion", J. Opt. Soc. Am. A 2, 284-299 (1985); M.
Riesenhuber and T. Poggio, "Hierarchical models of object recognition in cortex", Nature Neuroscience 2,
1019-1025 (1999).
"""

from __future__ import annotations

import functools
from typing import Annotated, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from models.text import Text
from pipelines import colour_wheel
from pipelines.filter_knobs import gain_knob
from pipelines.frame import Frame
from pipelines.gabor.cells import Cells, Kind, Tuning
from pipelines.parameters import Parameters, choice, number
from pipelines.pipeline import Pipeline
from pipelines.result import Curve, Plot, Reading, Result, Role, Wheel

LINES: tuple[Role, ...] = ("first", "second", "soft")
WAVE = Text("{pixels} px", "{pixels} px")


class GaborParameters(Parameters, frozen=True):
    """Eight orientations and two octaves, each filter an octave wide as cells of the visual cortex are."""

    view: Annotated[
        Literal["orientation", "strength"],
        choice(
            title=Text("Show", "表示"),
            titles={
                "orientation": Text("preferred orientation", "最も強い方位"),
                "strength": Text("how strong", "応答の強さ"),
            },
            help=Text(
                "The colour is the orientation of the filter that answers most, its brightness how strongly.",
                "最も強く応答したフィルタの方位を色で、応答の強さを明るさで示します。",
            ),
        ),
    ] = "orientation"
    cell: Annotated[
        Kind,
        choice(
            title=Text("Cell", "細胞"),
            titles={
                "energy": Text("complex: energy", "複雑細胞：エネルギー"),
                "max": Text("complex: MAX", "複雑細胞：MAX"),
                "simple": Text("simple: one phase", "単純細胞：1 つの位相"),
            },
            help=Text(
                "A simple cell answers to a bar or an edge at its very place. A complex cell does not mind "
                "where: it squares and adds two phases, or takes the most of many simple cells.",
                "単純細胞は決まった位置の線や縁に応答します。複雑細胞は位置が少しずれても応答します。"
                "2 つの位相を二乗して足すか、近くの単純細胞の最大値をとる、という 2 つの説明があります。",
            ),
        ),
    ] = "energy"
    phase: Annotated[
        float,
        number(
            0.0,
            360.0,
            step=45.0,
            unit="°",
            title=Text("Phase", "位相"),
            help=Text(
                "0° answers to a bright line, 180° to a dark one, 90° and 270° to edges.",
                "0° は明るい線、180° は暗い線、90° と 270° は縁に応答します。",
            ),
            when=("cell", ("simple",)),
        ),
    ] = 0.0
    neighbourhood: Annotated[
        int,
        number(
            1,
            16,
            step=1,
            unit="px",
            title=Text("Neighbourhood", "近傍"),
            help=Text(
                "How far to each side the strongest simple cell may lie.",
                "最大値を探す範囲（上下左右それぞれの画素数）です。",
            ),
            when=("cell", ("max",)),
        ),
    ] = 4
    orientations: Annotated[
        int,
        number(
            2,
            16,
            step=1,
            title=Text("Orientations", "方位の数"),
            help=Text(
                "So many directions, evenly over half a turn.", "180° をこの数に等分した方位を使います。"
            ),
        ),
    ] = 8
    frequencies: Annotated[
        int,
        number(
            1,
            3,
            step=1,
            title=Text("Frequencies", "空間周波数の数"),
            help=Text("Each an octave below the one before.", "次の周波数は前の半分です。"),
        ),
    ] = 2
    wavelength: Annotated[
        float,
        number(
            4.0,
            32.0,
            step=0.5,
            unit="px",
            title=Text("Shortest wave", "最も短い波長"),
            help=Text(
                "Pixels from one light stripe to the next; a line of half that width fits best.",
                "明るい縞から次の縞までの画素数です。その半分の太さの線によく応答します。",
            ),
        ),
    ] = 8.0
    bandwidth: Annotated[
        float,
        number(
            0.6,
            2.0,
            step=0.1,
            title=Text("Bandwidth", "帯域幅"),
            help=Text(
                "In octaves, at half of the strength: narrow ones are choosy about width and orientation.",
                "半分の強さになる幅（オクターブ）です。狭いほど太さと方位の選択性が高くなります。",
            ),
        ),
    ] = 1.0
    gain: Annotated[float, gain_knob()] = 8.0


class Gabor(Pipeline[GaborParameters]):
    """Of all orientations and frequencies the strongest answer at every pixel."""

    name = "gabor"
    title = Text("Gabor bank", "ガボールフィルタ群")
    explanation = Text(
        "Every pixel is looked at by filters that each prefer stripes of one orientation and one width, and "
        "takes the colour of the one that answers most. Hubel and Wiesel found such cells in the visual "
        "cortex, and the first layer of a trained network comes to look much like them by itself.",
        "一つ一つが決まった方位と幅の縞を好むフィルタをすべての画素に当て、"
        "最も強く応答したものの方位を色で示します。"
        "ヒューベルとウィーゼルは視覚野でこのような細胞を見つけ、"
        "学習したネットワークの最初の層もひとりでによく似たものになります。",
    )
    citation = (
        "D. H. Hubel and T. N. Wiesel, Receptive fields, binocular interaction and functional architecture "
        "in the cat's visual cortex, J. Physiology 160, 106-154 (1962); J. G. Daugman, Uncertainty relation, "
        "J. Opt. Soc. Am. A 2, 1160-1169 (1985); M. Riesenhuber and T. Poggio, Hierarchical models of object "
        "recognition in cortex, Nature Neuroscience 2, 1019-1025 (1999)."
    )
    kind = "classic"
    parameters = GaborParameters

    def __init__(self) -> None:
        self._cells = Cells()

    def process(self, frame: Frame, parameters: GaborParameters) -> Result:
        tuning = Tuning(
            parameters.orientations,
            tuple(parameters.wavelength * 2**octave for octave in range(parameters.frequencies)),
            parameters.bandwidth,
            parameters.cell,
            parameters.phase,
            parameters.neighbourhood,
        )
        grey = cv2.cvtColor(frame.image, cv2.COLOR_BGR2GRAY)
        answer = self._cells.answer(grey.astype("float32"), tuning)
        strength = cv2.convertScaleAbs(answer.strength, alpha=parameters.gain).astype("uint8", copy=False)
        readings = _readings(answer.means)
        plot = _plot(answer.means, tuning.wavelengths)
        if parameters.view == "strength":
            return Result(strength, readings=readings, plot=plot)
        picture = colour_wheel.painted(answer.orientation, strength)
        return Result(picture, readings=readings, plot=plot, wheel=_wheel())


@functools.cache
def _wheel() -> Wheel:
    return colour_wheel.wheel(Text("Orientation of the line or edge", "線や縁の方位"), 180)


def _plot(means: NDArray[np.float64], wavelengths: tuple[float, ...]) -> Plot:
    """How strongly the picture answers at each orientation, once more at 180°, which is 0°."""
    degrees = np.linspace(0, 180, means.shape[1] + 1)
    curves = [
        Curve(WAVE.filled(pixels=f"{wavelength:g}"), degrees, np.append(line, line[0]), role)
        for wavelength, line, role in zip(wavelengths, means, LINES[: len(means)], strict=True)
    ]
    return Plot(
        Text("Mean answer at each orientation", "方位ごとの平均応答"),
        Text("orientation (°)", "方位（°）"),
        tuple(curves),
        (0.0, 180.0),
    )


def _readings(means: NDArray[np.float64]) -> tuple[Reading, ...]:
    """The orientation that the picture as a whole has most of, and how much more than all others."""
    total = means.sum(axis=0)
    turn = np.exp(2j * np.pi * np.arange(len(total)) / len(total))
    vector = complex(total @ turn)
    shown = [Reading("filters", Text("Filters", "フィルタの数"), 2 * means.size)]
    if total.sum() > 0:
        degrees = float(np.degrees(np.angle(vector)) / 2 % 180)
        share = 100 * abs(vector) / float(total.sum())
        shown += [
            Reading("orientation", Text("Main orientation", "主な方位"), degrees, "°"),
            Reading("oriented", Text("How one-sided", "方位の偏り"), share, "%", 1),
        ]
    return tuple(shown)
