"""A ring that grows from the middle and begins again, plain or as a piece of a dartboard.

Source: S. A. Engel et al., "fMRI of human visual cortex", Nature 369 (1994).
"""

from __future__ import annotations

import functools
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from models.text import Text
from pipelines.parameters import Parameters, choice, number
from pipelines.stimulus import GREY, Family, Motion, Stimulus, tones
from pipelines.visual_field.edge import passed_round
from pipelines.visual_field.knobs import Contrast, Polarity, Reversals, X, Y
from pipelines.visual_field.plane import Size
from pipelines.visual_field.polar import directions, distances


class RingParameters(Parameters, frozen=True):
    speed: Annotated[
        float,
        number(
            -1.0,
            1.0,
            step=0.01,
            unit="/s",
            title=Text("Speed", "速さ"),
            help=Text(
                "Picture heights a second by which its radius grows; negative: it shrinks, 0: it stays. When "
                "it has left, it begins again.",
                "半径が 1 秒に広がる量（画像の高さを 1 とする）です。負の値では縮み、0 では止まります。"
                "消えると、また最初から始まります。",
            ),
        ),
    ] = 0.1
    width: Annotated[
        float,
        number(
            0.01,
            0.5,
            step=0.01,
            title=Text("Width", "幅"),
            help=Text("Of the ring, in picture heights.", "輪の幅（画像の高さを 1 とする）です。"),
        ),
    ] = 0.14
    size: Annotated[
        float,
        number(
            0.1,
            2.0,
            step=0.01,
            title=Text("Largest diameter", "最大の直径"),
            help=Text(
                "Up to where it is seen, in picture heights.", "見える範囲（画像の高さを 1 とする）です。"
            ),
        ),
    ] = 0.95
    pattern: Annotated[
        Literal["plain", "dartboard"],
        choice(
            title=Text("Pattern", "模様"),
            titles={"plain": Text("Plain", "一様"), "dartboard": Text("Dartboard", "放射状の市松模様")},
            help=Text(
                "A dartboard drives the visual cortex most; its light and dark change places.",
                "放射状の市松模様は視覚皮質を最も強く刺激します。明暗は入れ替わり続けます。",
            ),
        ),
    ] = "dartboard"
    wedges: Annotated[
        int,
        number(
            2,
            48,
            step=1,
            title=Text("Wedges", "扇形の数"),
            help=Text(
                "How many light ones there are around the middle, and as many dark ones.",
                "一周に並ぶ明るい扇形の数です。暗い扇形も同じ数だけあります。",
            ),
            when=("pattern", ("dartboard",)),
        ),
    ] = 12
    reversals: Reversals = 4.0
    contrast: Contrast = 1.0
    polarity: Polarity = "light"
    x: X = 0.0
    y: Y = 0.0


class Ring(Stimulus[RingParameters]):
    name = "ring"
    title = Text("Expanding ring", "広がる輪")
    explanation = Text(
        "A ring grows from where one looks outwards, and the activity that it causes wanders through the "
        "visual cortex. When a place answers tells how far from the middle its receptive fields lie: so the "
        "map on the cortex was measured.",
        "見つめる点から輪が広がるにつれて、視覚皮質の活動の場所も移っていきます。"
        "どの瞬間に応答したかで受容野の偏心度がわかり、皮質上の網膜部位地図はこうして測られました。",
    )
    citation = "S. A. Engel et al., “fMRI of human visual cortex”, Nature 369, 1994."
    parameters = RingParameters
    family, place = Family.MOTION, 2

    @classmethod
    def levels(cls, parameters: RingParameters, motion: Motion, size: Size) -> NDArray[np.float32]:
        cover = cls._cover(parameters, motion, size)
        if parameters.pattern == "plain":
            ring, ground = tones(parameters.contrast, parameters.polarity)
            cover *= ring - ground
            cover += ground
            return cover
        cover *= _dartboard(parameters.wedges, parameters.width, parameters.x, parameters.y, size)
        cover *= GREY * parameters.contrast * motion.sign * (1 if parameters.polarity == "light" else -1)
        cover += GREY
        return cover

    @classmethod
    def folded(cls, parameters: RingParameters, drifted: float, size: Size) -> float:
        """From where nothing is seen of it in the middle to the same outside, and again from there."""
        way = parameters.size / 2 + parameters.width
        return (drifted + way / 2) % way - way / 2

    @classmethod
    def _cover(cls, parameters: RingParameters, motion: Motion, size: Size) -> NDArray[np.float32]:
        """(h, w): how much of each pixel the ring covers; it begins in the middle of its way."""
        end = parameters.size / 2
        outer = cls.folded(parameters, motion.drifted, size) + (end + parameters.width) / 2
        distance = distances(parameters.x, parameters.y, size)
        cover = passed_round(np.float32(min(outer, end) * size[1]) - distance)
        if outer > parameters.width:
            cover -= passed_round(np.float32(min(outer - parameters.width, end) * size[1]) - distance)
        return cover


@functools.lru_cache(maxsize=2)
def _dartboard(wedges: int, width: float, x: float, y: float, size: Size) -> NDArray[np.float32]:
    """(h, w), -1 to 1: rings half as wide as the one that is seen, cut into wedges."""
    distance, turns = distances(x, y, size), directions(x, y, size)
    cycle = np.float32(width * size[1])
    outwards = cycle * _inside(distance / cycle - np.float32(0.25))
    around = np.float32(2 * np.pi / wedges) * distance * _inside(turns * np.float32(wedges))
    checks = (2 * passed_round(outwards) - 1) * (2 * passed_round(around) - 1)
    return checks.astype(np.float32)


def _inside(phase: NDArray[np.float32]) -> NDArray[np.float32]:
    """How many cycles inside the light half of a cycle; negative in the dark one."""
    return np.float32(0.25) - np.abs(phase - np.rint(phase))
