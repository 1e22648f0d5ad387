"""A grid at whose crossings spots are seen that are not there.

Source: L. Hermann, "Eine Erscheinung simultanen Contrastes", Pflügers Arch. 3 (1870); the streets that sway:
J. Geier, L. Bernáth, M. Hudák and L. Séra, "Straightness as the main factor of the Hermann grid illusion",
Perception 37 (2008); the discs: M. Schrauf, B. Lingelbach and E. R. Wist, "The scintillating grid illusion",
Vision Res. 37 (1997).
"""

from __future__ import annotations

import math
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from models.text import Text
from pipelines.parameters import Parameters, choice, number
from pipelines.stimulus import GREY, Family, Motion, Stimulus, tones
from pipelines.visual_field.edge import passed_round
from pipelines.visual_field.knobs import Contrast, Polarity, Rotation, Turn, X, Y
from pipelines.visual_field.plane import Size, across, blank, farthest
from pipelines.visual_field.stamps import Offsets, stamp
from pipelines.visual_field.wave import Stripes, Wave, crossed

DISC = 1.4
"""How many streets wide a disc on a crossing is, as in 1997."""


class HermannParameters(Parameters, frozen=True):
    frequency: Annotated[
        float,
        number(
            1.0,
            16.0,
            step=0.5,
            unit="cycles",
            title=Text("Spatial frequency", "空間周波数"),
            help=Text(
                "Cycles per image: how many squares and streets lie one above the other in its height.",
                "画像の高さあたりの周期数です。正方形と通りの組がいくつ並ぶかを表します。",
            ),
        ),
    ] = 5.0
    street: Annotated[
        float,
        number(
            0.05,
            0.6,
            step=0.01,
            title=Text("Street", "通りの幅"),
            help=Text("Its share of a cycle.", "1 周期に占める割合です。"),
        ),
    ] = 0.2
    sway: Annotated[
        float,
        number(
            0.0,
            0.15,
            step=0.01,
            title=Text("Sway", "通りの曲がり"),
            help=Text(
                "How far the streets swing to either side, in cycles. The spots go away when they are bent a "
                "little, although a difference of Gaussians hardly answers in another way.",
                "通りが左右に振れる幅（周期を 1 とする）です。わずかに曲げるだけで、DoG の応答はほとんど"
                "変わらないのに、斑点は見えなくなります。",
            ),
        ),
    ] = 0.0
    crossings: Annotated[
        Literal["plain", "discs"],
        choice(
            title=Text("Crossings", "交差点"),
            titles={
                "plain": Text("Plain (Hermann)", "そのまま（ヘルマン格子）"),
                "discs": Text("Discs (scintillating)", "円を置く（きらめき格子）"),
            },
            help=Text(
                "With grey streets and a disc on each crossing, spots flash wherever one does not look.",
                "通りを灰色にして交差点に円を置くと、見ていない交差点で斑点がきらめきます。",
            ),
        ),
    ] = "plain"
    orientation: Rotation = 0.0
    turn: Turn = 0.0
    contrast: Contrast = 1.0
    polarity: Polarity = "dark"
    x: X = 0.0
    y: Y = 0.0


class Hermann(Stimulus[HermannParameters]):
    name = "hermann"
    title = Text("Hermann grid", "ヘルマン格子")
    explanation = Text(
        "Grey spots are seen at the crossings, but not at the one that is looked at. A crossing has more "
        "light around it than a street, so that a cell with a surround answers less; bend the streets, and "
        "see what this leaves open.",
        "見つめている場所を除いて、交差点に灰色の斑点が見えます。交差点は通りより周囲が明るく、"
        "周辺抑制をもつ細胞の応答が弱まるためとされますが、通りを曲げると、"
        "この説明だけでは足りないことがわかります。",
    )
    citation = "L. Hermann, “Eine Erscheinung simultanen Contrastes”, Pflügers Arch. 3, 1870."
    parameters = HermannParameters
    family, place = Family.BRIGHTNESS, 1

    @classmethod
    def levels(cls, parameters: HermannParameters, motion: Motion, size: Size) -> NDArray[np.float32]:
        orientation = parameters.orientation + motion.turned
        square, street = tones(parameters.contrast, parameters.polarity)
        disc = street
        if parameters.crossings == "discs":
            street = (street + GREY) / 2
        one, other = (
            Stripes(
                Wave(parameters.frequency, turned),
                inside=0,
                outside=1,
                duty=parameters.street,
                sway=parameters.sway,
            )
            for turned in (orientation, orientation + 90)
        )
        levels = crossed(one, other, (parameters.x, parameters.y), square - street, size)
        levels += np.float32(street)
        if parameters.crossings == "discs":
            cover = _discs(parameters, orientation, size)
            levels += cover * (disc - levels)
        return levels


def _discs(parameters: HermannParameters, orientation: float, size: Size) -> NDArray[np.float32]:
    """(h, w): how much of each pixel lies in a disc on a crossing."""
    cycle = 1 / parameters.frequency
    radius = np.float32(DISC * parameters.street * cycle * size[1] / 2)

    def disc(x: Offsets, y: Offsets) -> Offsets:
        return passed_round(radius - np.hypot(x, y))

    half = math.ceil(farthest(parameters.x, parameters.y, size) / cycle)
    one, other = (steps.ravel() * cycle for steps in np.mgrid[-half : half + 1, -half : half + 1])
    way, side = across(orientation), across(orientation + 90)
    right = parameters.x + one * way.right + other * side.right
    up = parameters.y + one * way.up + other * side.up
    beyond = cycle + 0.5
    seen = (np.abs(right) < size[0] / size[1] / 2 + cycle) & (np.abs(up) < beyond)
    cover = blank(size)
    stamp(cover, right[seen], up[seen], disc, float(radius))
    return cover
