"""A triangle or a square that nobody has drawn.

Source: G. Kanizsa, "Margini quasi-percettivi in campi con stimolazione omogenea", Riv. Psicol. 49 (1955); how
much of a side is drawn: T. F. Shipley and P. J. Kellman, "Strength of visual interpolation depends on the
ratio of physically specified to total edge length", Percept. Psychophys. 52 (1992).
"""

from __future__ import annotations

import math
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from models.text import Text
from pipelines.parameters import Parameters, choice, number, switch
from pipelines.stimulus import Family, Motion, Stimulus, tones
from pipelines.visual_field.box import cover_box
from pipelines.visual_field.knobs import Contrast, Polarity, Rotation, Turn, X, Y
from pipelines.visual_field.plane import Size, along, blank
from pipelines.visual_field.sector import Mouth, cover_disc

CORNERS = {"triangle": 3, "square": 4}
LINE = 0.012
"""How wide the lines of the second triangle are, in picture heights."""


class KanizsaParameters(Parameters, frozen=True):
    figure: Annotated[
        Literal["triangle", "square"],
        choice(
            title=Text("Figure", "図形"),
            titles={"triangle": Text("Triangle", "三角形"), "square": Text("Square", "正方形")},
            help=Text("What is seen and not drawn.", "描かれていないのに見える図形です。"),
        ),
    ] = "triangle"
    mouths: Annotated[
        Literal["inward", "outward", "closed"],
        choice(
            title=Text("Mouths", "切り欠き"),
            titles={
                "inward": Text("To the middle", "内向き"),
                "outward": Text("Outwards", "外向き"),
                "closed": Text("None", "なし"),
            },
            help=Text(
                "Outwards, or without any, the same discs make no figure: what an experiment compares with.",
                "外向きにしたり切り欠きをなくしたりすると図形は見えません。実験の比較条件です。",
            ),
        ),
    ] = "inward"
    size: Annotated[
        float,
        number(
            0.1,
            1.0,
            step=0.01,
            title=Text("Side", "一辺の長さ"),
            help=Text("In picture heights.", "画像の高さを 1 とする長さです。"),
        ),
    ] = 0.56
    support: Annotated[
        float,
        number(
            0.05,
            0.95,
            step=0.01,
            title=Text("Support ratio", "支持比"),
            help=Text(
                "The share of each side that the discs show; the larger, the clearer the figure.",
                "一辺のうち、円の切り欠きで示される割合です。大きいほど図形がはっきり見えます。",
            ),
        ),
    ] = 0.5
    lines: Annotated[
        bool,
        switch(
            title=Text("Second triangle", "二つ目の三角形"),
            help=Text(
                "The corners of an outlined triangle, which seems to lie behind, as in 1955.",
                "背後にあるように見える、輪郭線の三角形の角を描きます（1955 年の図と同じ）。",
            ),
            when=("figure", ("triangle",)),
        ),
    ] = True
    orientation: Rotation = 0.0
    turn: Turn = 0.0
    contrast: Contrast = 1.0
    polarity: Polarity = "dark"
    x: X = 0.0
    y: Y = 0.0


class Kanizsa(Stimulus[KanizsaParameters]):
    name = "kanizsa"
    title = Text("Kanizsa figure", "カニッツァ図形")
    explanation = Text(
        "A triangle is seen, lighter than its ground and with sharp sides, where there are only discs with "
        "mouths. An edge detector finds the mouths and no side; some cells of area V2 answer as if there "
        "were one.",
        "切り欠きのある円だけなのに、背景より明るく、輪郭のはっきりした三角形が見えます。"
        "輪郭検出器が見つけるのは切り欠きだけですが、V2 野には辺があるかのように応答する細胞があります。",
    )
    citation = (
        "G. Kanizsa, “Margini quasi-percettivi in campi con stimolazione omogenea”, Riv. Psicol. 49, 1955."
    )
    parameters = KanizsaParameters
    family, place = Family.FORM, 1

    @classmethod
    def levels(cls, parameters: KanizsaParameters, motion: Motion, size: Size) -> NDArray[np.float32]:
        rotation = parameters.orientation + motion.turned
        inducer, ground = tones(parameters.contrast, parameters.polarity)
        cover = blank(size)
        if parameters.figure == "triangle" and parameters.lines:
            for middle, angle in _lines(parameters, rotation):
                cover_box(cover, middle, parameters.size / 3, LINE, angle)
        for corner, outwards in _corners(parameters, rotation):
            radius = parameters.support * parameters.size / 2
            cover_disc(cover, corner, radius, _mouth(parameters, outwards))
        cover *= np.float32(inducer - ground)
        cover += np.float32(ground)
        return cover


def _corners(parameters: KanizsaParameters, rotation: float) -> list[tuple[tuple[float, float], float]]:
    """Each corner of the figure, and the direction in degrees in which it lies from the middle."""
    count = CORNERS[parameters.figure]
    far = parameters.size / (2 * math.sin(math.pi / count))
    first = rotation + (90 if count == 3 else 45)
    found = []
    for angle in (first + 360 * corner / count for corner in range(count)):
        way = along(angle)
        found.append(((parameters.x + far * way.right, parameters.y + far * way.up), angle))
    return found


def _mouth(parameters: KanizsaParameters, outwards: float) -> Mouth | None:
    if parameters.mouths == "closed":
        return None
    angle = 180 - 360 / CORNERS[parameters.figure]
    return Mouth(outwards + (180 if parameters.mouths == "inward" else 0), angle)


def _lines(parameters: KanizsaParameters, rotation: float) -> list[tuple[tuple[float, float], float]]:
    """The middle of each line of the second triangle and its angle in degrees.

    It is as large as the first and stands on its head; of each side the first hides the third in the middle.
    """
    found = []
    for corner, outwards in _corners(parameters, rotation + 180):
        for side in (150, 210):
            way = along(outwards + side)
            half = parameters.size / 6
            found.append(((corner[0] + half * way.right, corner[1] + half * way.up), outwards + side))
    return found
