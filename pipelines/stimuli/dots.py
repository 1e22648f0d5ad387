"""Dots of which a share moves together while the others move at random.

Source: W. T. Newsome and E. B. Paré, "A selective impairment of motion perception following lesions of the
middle temporal visual area (MT)", J. Neurosci. 8 (1988); the two kinds of noise: M. O. Scase, O. J. Braddick
and J. E. Raymond, "What is noise for the motion system?", Vision Res. 36 (1996).
"""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from models.text import Text
from pipelines.parameters import Parameters, choice, number
from pipelines.stimulus import GREY, Family, Motion, Stimulus, tones
from pipelines.visual_field.aperture import through
from pipelines.visual_field.chance import chance
from pipelines.visual_field.edge import passed_round
from pipelines.visual_field.knobs import Contrast, Window, WindowSize, WindowX, WindowY
from pipelines.visual_field.plane import Size, along, blank
from pipelines.visual_field.stamps import Offsets, Places, stamp

REPLACED = 0.045
"""Seconds after which a dot of the noise appears elsewhere, as in 1988."""
OFFSET, RIGHT, UP, SIGNAL, WAY = range(5)
"""What a random number is for."""


class DotsParameters(Parameters, frozen=True):
    coherence: Annotated[
        float,
        number(
            0.0,
            1.0,
            step=0.01,
            title=Text("Coherence", "コヒーレンス"),
            help=Text(
                "The share of the dots that moves together. A person tells the direction from some 0.05 on.",
                "一緒に動くドットの割合です。人は 0.05 ほどから方向を見分けられます。",
            ),
        ),
    ] = 0.5
    direction: Annotated[
        float,
        number(
            0.0,
            360.0,
            step=1.0,
            unit="°",
            title=Text("Direction", "方向"),
            help=Text(
                "Where these go: 0° to the right, 90° up.",
                "一緒に動く方向です。0° は右、90° は上です。",
            ),
        ),
    ] = 0.0
    speed: Annotated[
        float,
        number(
            0.0,
            1.0,
            step=0.01,
            unit="/s",
            title=Text("Speed", "速さ"),
            help=Text("Picture heights a second.", "1 秒で進む距離（画像の高さを 1 とする）です。"),
        ),
    ] = 0.2
    noise: Annotated[
        Literal["directions", "places"],
        choice(
            title=Text("The others", "ほかのドット"),
            titles={
                "directions": Text("Each in its own direction", "それぞれ別の方向へ動く"),
                "places": Text("Each soon at another place", "次々と別の場所に現れる"),
            },
            help=Text(
                "What dots do that do not move together. Places are what Newsome and Paré showed.",
                "一緒に動かないドットの動き方です。ニューサムとパレは「別の場所に現れる」を用いました。",
            ),
        ),
    ] = "directions"
    lifetime: Annotated[
        float,
        number(
            0.05,
            2.0,
            step=0.05,
            unit="s",
            title=Text("Lifetime", "寿命"),
            help=Text(
                "After that a dot appears elsewhere and its part is drawn anew, so that nobody can follow a "
                "single one.",
                "この時間がたつと別の場所に現れ、役割も引き直されます。"
                "1 つのドットを目で追って答えることはできません。",
            ),
        ),
    ] = 0.4
    density: Annotated[
        int,
        number(
            1,
            600,
            step=1,
            title=Text("Dots", "ドットの数"),
            help=Text("In a square as high as the picture.", "画像の高さを一辺とする正方形あたりの数です。"),
        ),
    ] = 200
    diameter: Annotated[
        float,
        number(
            0.004,
            0.04,
            step=0.001,
            title=Text("Diameter", "ドットの直径"),
            help=Text("In picture heights.", "画像の高さを 1 とする長さです。"),
        ),
    ] = 0.012
    contrast: Contrast = 1.0
    polarity: Annotated[
        Literal["light", "dark", "both"],
        choice(
            title=Text("Polarity", "極性"),
            titles={
                "light": Text("Light on dark", "暗い背景に明るいドット"),
                "dark": Text("Dark on light", "明るい背景に暗いドット"),
                "both": Text("Both on grey", "灰色の背景に明暗両方"),
            },
            help=Text(
                "Both: as many light dots as dark ones, so that their mean is that of the ground.",
                "「明暗両方」では明るいドットと暗いドットが半々になり、平均の明るさは背景と同じです。",
            ),
        ),
    ] = "light"
    aperture: Window = "disc"
    size: WindowSize = 0.9
    x: WindowX = 0.0
    y: WindowY = 0.0


class Dots(Stimulus[DotsParameters]):
    name = "dots"
    title = Text("Random dots", "ランダムドット運動")
    explanation = Text(
        "A share of the dots moves in one direction, the others at random: how small may it become until "
        "nobody sees the direction? A monkey whose area MT is damaged needs a far larger one, and yet sees "
        "faint gratings as before.",
        "一部のドットだけが同じ方向へ、残りはでたらめに動きます。どこまで減らしても方向が見えるでしょうか。"
        "MT 野を損傷したサルは、コントラスト感度は変わらないのに、ずっと大きな割合を必要とします。",
    )
    citation = (
        "W. T. Newsome, E. B. Paré, “A selective impairment of motion perception following lesions of the "
        "middle temporal visual area (MT)”, J. Neurosci. 8, 1988."
    )
    parameters = DotsParameters
    family, place = Family.MOTION, 1

    @classmethod
    def levels(cls, parameters: DotsParameters, motion: Motion, size: Size) -> NDArray[np.float32]:
        right, up = placed(parameters, motion.seconds, size)
        if parameters.polarity == "both":
            dark, light = tones(parameters.contrast, "dark")
            levels = cls._drawn(parameters, right[::2], up[::2], light - GREY, size)
            levels += cls._drawn(parameters, right[1::2], up[1::2], dark - GREY, size)
            ground = GREY
        else:
            dot, ground = tones(parameters.contrast, parameters.polarity)
            levels = cls._drawn(parameters, right, up, dot - ground, size)
        levels += ground
        return through(levels, ground, parameters, size) if parameters.aperture == "gaussian" else levels

    @staticmethod
    def _drawn(
        parameters: DotsParameters, right: Places, up: Places, amplitude: float, size: Size
    ) -> NDArray[np.float32]:
        """(h, w): `amplitude` where a dot is. A disc shows only whole dots: a cut one would tell its edge."""
        if parameters.aperture == "disc":
            away = np.hypot(right - parameters.x, up - parameters.y)
            whole = away <= (parameters.size - parameters.diameter) / 2
            right, up = right[whole], up[whole]
        radius = parameters.diameter / 2 * size[1]

        def disc(x: Offsets, y: Offsets) -> Offsets:
            return passed_round(np.float32(radius) - np.hypot(x, y))

        cover = blank(size)
        stamp(cover, right, up, disc, radius)
        cover *= np.float32(amplitude)
        return cover


def placed(parameters: DotsParameters, seconds: float, size: Size) -> tuple[Places, Places]:
    """How far right and up of the middle each dot is, (n,) each, in picture heights.

    The field is a dot's diameter larger than the picture, and what leaves it comes in on the other side.
    """
    width, height = size[0] / size[1] + parameters.diameter, 1 + parameters.diameter
    dots = np.arange(max(1, round(parameters.density * width * height)))
    lives = seconds / parameters.lifetime + chance(OFFSET, dots)
    life = np.floor(lives).astype(np.int64)
    gone = parameters.speed * (lives - life) * parameters.lifetime
    signal = chance(SIGNAL, dots, life) < parameters.coherence
    way = along(parameters.direction)
    if parameters.noise == "directions":
        angle = 2 * np.pi * chance(WAY, dots, life)
        moved = (
            gone * np.where(signal, way.right, np.cos(angle)),
            gone * np.where(signal, way.up, np.sin(angle)),
        )
        place = life
    else:
        moved = (gone * way.right * signal, gone * way.up * signal)
        shown = np.floor(seconds / REPLACED + chance(OFFSET, dots)).astype(np.int64)
        place = np.where(signal, life, shown)
    right = (chance(RIGHT, dots, place) * width + moved[0]) % width - width / 2
    up = (chance(UP, dots, place) * height + moved[1]) % height - height / 2
    return right, up
