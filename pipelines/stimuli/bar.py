"""A bar of light, or of dark, that moves at a right angle to its length.

Source: D. H. Hubel and T. N. Wiesel, "Receptive fields of single neurones in the cat's striate cortex",
J. Physiol. 148 (1959).
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from models.text import Text
from pipelines.parameters import Parameters, number
from pipelines.stimulus import Family, Motion, Stimulus, tones
from pipelines.visual_field.aperture import reach, through
from pipelines.visual_field.box import cover_box
from pipelines.visual_field.knobs import Contrast, Orientation, Polarity, Turn, Window, WindowSize, X, Y
from pipelines.visual_field.plane import Size, across, blank


class BarParameters(Parameters, frozen=True):
    orientation: Orientation = 90.0
    speed: Annotated[
        float,
        number(
            -2.0,
            2.0,
            step=0.05,
            unit="/s",
            title=Text("Speed", "速さ"),
            help=Text(
                "Picture heights a second at a right angle to its length; negative the other way, 0 stands "
                "still. At the end of its way it begins again at the other one.",
                "棒と直角の向きに 1 秒で進む距離（画像の高さを 1 とする）です。負の値は逆向き、0 は静止です。"
                "端まで行くと反対側から再び現れます。",
            ),
        ),
    ] = 0.3
    turn: Turn = 0.0
    contrast: Contrast = 1.0
    polarity: Polarity = "light"
    length: Annotated[
        float,
        number(
            0.02,
            1.5,
            step=0.01,
            title=Text("Length", "長さ"),
            help=Text("In picture heights.", "画像の高さを 1 とする長さです。"),
        ),
    ] = 0.5
    width: Annotated[
        float,
        number(
            0.005,
            0.4,
            step=0.005,
            title=Text("Width", "太さ"),
            help=Text("In picture heights.", "画像の高さを 1 とする太さです。"),
        ),
    ] = 0.05
    x: X = 0.0
    y: Y = 0.0
    aperture: Window = "full"
    size: WindowSize = 0.6


class Bar(Stimulus[BarParameters]):
    name = "bar"
    title = Text("Bar", "光の棒")
    explanation = Text(
        "A bar sweeps over the field, as Hubel and Wiesel moved one before their cats. "
        "A simple cell answers when the bar has its orientation and lies in its receptive field.",
        "ヒューベルとウィーゼルがネコに見せたような、視野を横切る棒です。"
        "単純細胞は、棒が好みの方位で受容野に入ったときに応答します。",
    )
    citation = (
        "D. H. Hubel, T. N. Wiesel, “Receptive fields of single neurones in the cat's striate cortex”, "
        "J. Physiol. 148, 1959."
    )
    parameters = BarParameters
    family, place = Family.ORIENTATION, 0

    @classmethod
    def levels(cls, parameters: BarParameters, motion: Motion, size: Size) -> NDArray[np.float32]:
        orientation = parameters.orientation + motion.turned
        way, gone = across(orientation), cls.folded(parameters, motion.drifted, size)
        middle = (parameters.x + gone * way.right, parameters.y + gone * way.up)
        cover = blank(size)
        cover_box(cover, middle, parameters.length, parameters.width, orientation)
        bar, ground = tones(parameters.contrast, parameters.polarity)
        cover *= bar - ground
        cover += ground
        return through(cover, ground, parameters, size)

    @classmethod
    def folded(cls, parameters: BarParameters, drifted: float, size: Size) -> float:
        """From where it is out of sight on one side to the same on the other, and again from there."""
        end = reach(parameters, size) + parameters.width / 2
        return (drifted + end) % (2 * end) - end
