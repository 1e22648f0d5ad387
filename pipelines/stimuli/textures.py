"""Two textures of small figures, side by side: some separate at a glance, others must be searched.

Source: B. Julesz, "Textons, the elements of texture perception, and their interactions", Nature 290 (1981).
"""

from __future__ import annotations

import functools
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from models.text import Text
from pipelines.parameters import Parameters, choice, number
from pipelines.stimulus import Family, Motion, Stimulus, tones
from pipelines.visual_field.chance import chance
from pipelines.visual_field.knobs import Contrast, Polarity, X, Y
from pipelines.visual_field.plane import Size, blank
from pipelines.visual_field.stamps import Places
from pipelines.visual_field.strokes import ELL, LINE, PLUS, TEE, Figure, draw

RIGHT, UP, QUARTER = range(3)
"""What a random number is for."""
PAIRS: dict[str, tuple[Figure, Figure]] = {
    "lines": (LINE, LINE),
    "plus-ell": (ELL, PLUS),
    "tee-ell": (ELL, TEE),
}
"""The figures outside and inside."""


class TexturesParameters(Parameters, frozen=True):
    pair: Annotated[
        Literal["lines", "plus-ell", "tee-ell"],
        choice(
            title=Text("Pair", "組み合わせ"),
            titles={
                "lines": Text("Lines of two orientations", "方位の違う線分"),
                "plus-ell": Text("+ among L", "L の中の +"),
                "tee-ell": Text("T among L", "L の中の T"),
            },
            help=Text(
                "Two orientations, and crossings among corners, are seen at a glance. A T among L, of the "
                "same strokes, must be searched figure by figure.",
                "方位の違いや、L の中の + の交差は一目でわかります。T は L と同じ線分でできているので、"
                "一つずつ探さなければなりません。",
            ),
        ),
    ] = "lines"
    orientation: Annotated[
        float,
        number(
            0.0,
            180.0,
            step=1.0,
            unit="°",
            title=Text("Orientation outside", "外側の方位"),
            help=Text(
                "Angle of the lines to the horizontal, counter-clockwise.",
                "線分の水平からの角度（反時計回り）です。",
            ),
            when=("pair", ("lines",)),
        ),
    ] = 135.0
    difference: Annotated[
        float,
        number(
            0.0,
            90.0,
            step=1.0,
            unit="°",
            title=Text("Difference inside", "内側との差"),
            help=Text(
                "By how much the lines inside are turned. From some 15° on they stand out.",
                "内側の線分をさらに回した角度です。15° ほどから浮かび上がって見えます。",
            ),
            when=("pair", ("lines",)),
        ),
    ] = 90.0
    frequency: Annotated[
        int,
        number(
            4,
            30,
            step=1,
            unit="cycles",
            title=Text("Spatial frequency", "空間周波数"),
            help=Text(
                "Cycles per image: how many figures lie one above the other in its height.",
                "画像の高さあたりの周期数です。図形が縦にいくつ並ぶかを表します。",
            ),
        ),
    ] = 16
    length: Annotated[
        float,
        number(
            0.2,
            1.0,
            step=0.05,
            title=Text("Length", "線分の長さ"),
            help=Text(
                "Of each stroke, as a share of the distance from figure to figure.",
                "図形どうしの間隔を 1 とする長さです。",
            ),
        ),
    ] = 0.65
    width: Annotated[
        float,
        number(
            0.05,
            0.3,
            step=0.01,
            title=Text("Width", "線分の太さ"),
            help=Text(
                "Of each stroke, as a share of the distance from figure to figure.",
                "図形どうしの間隔を 1 とする太さです。",
            ),
        ),
    ] = 0.13
    jitter: Annotated[
        float,
        number(
            0.0,
            1.0,
            step=0.05,
            title=Text("Jitter", "位置のばらつき"),
            help=Text(
                "How far figures may lie from an even grid, in the distance from one to the next; it hides "
                "the grid.",
                "等間隔の格子からのずれ（間隔を 1 とする）です。格子そのものを手がかりにさせません。",
            ),
        ),
    ] = 0.3
    layout: Annotated[
        Literal["patch", "halves"],
        choice(
            title=Text("Layout", "配置"),
            titles={
                "patch": Text("A patch in a ground", "背景の中の一部分"),
                "halves": Text("Two halves", "左右に半分ずつ"),
            },
            help=Text(
                "Where the second texture lies: in a square, or to the right of a place.",
                "二つ目のテクスチャの場所です。正方形の中か、ある位置より右側になります。",
            ),
        ),
    ] = "patch"
    size: Annotated[
        float,
        number(
            0.1,
            1.0,
            step=0.01,
            title=Text("Size", "大きさ"),
            help=Text("Side of the patch in picture heights.", "正方形の一辺（画像の高さを 1 とする）です。"),
            when=("layout", ("patch",)),
        ),
    ] = 0.4
    x: X = 0.15
    y: Y = 0.1
    sample: Annotated[
        int,
        number(
            0,
            99,
            step=1,
            title=Text("Sample", "標本"),
            help=Text(
                "Each number is another draw of places and rotations.",
                "番号ごとに、位置と回転が引き直されます。",
            ),
        ),
    ] = 0
    contrast: Contrast = 1.0
    polarity: Polarity = "light"


class Textures(Stimulus[TexturesParameters]):
    name = "textures"
    title = Text("Texture pair", "テクスチャの対")
    explanation = Text(
        "A patch of one texture lies in another: lines of two orientations separate at a glance, T among L "
        "does not. What separates, Julesz said, differs in its textons; a bank of oriented filters tells the "
        "same pairs apart.",
        "あるテクスチャの中に、別のテクスチャの領域があります。方位の違う線分は一目で分かれて見え、"
        "L の中の T は見分けられません。ユレシュは、分かれて見えるのはテクストンが違うからだと考えました。"
        "方位フィルターの応答も同じ対を分けます。",
    )
    citation = (
        "B. Julesz, “Textons, the elements of texture perception, and their interactions”, Nature 290, 1981."
    )
    parameters = TexturesParameters
    family, place = Family.FORM, 0

    @classmethod
    def levels(cls, parameters: TexturesParameters, motion: Motion, size: Size) -> NDArray[np.float32]:
        figure, ground = tones(parameters.contrast, parameters.polarity)
        levels: NDArray[np.float32] = _cover(parameters, size) * np.float32(figure - ground)
        levels += np.float32(ground)
        return levels


def grid(parameters: TexturesParameters, size: Size) -> tuple[Places, Places]:
    """How far right and up of the middle the figures lie before they are jittered, (n,) each: an even grid.

    It is one figure larger than the picture on every side, because they may be jittered into it.
    """
    step = 1 / parameters.frequency
    columns = round(size[0] / size[1] / step) + 2
    right = (np.arange(columns) - (columns - 1) / 2) * step
    up = (np.arange(parameters.frequency + 2) - (parameters.frequency + 1) / 2) * step
    one, other = np.meshgrid(right, up)
    return one.ravel(), other.ravel()


def inside(parameters: TexturesParameters, right: Places, up: Places) -> NDArray[np.bool_]:
    """Which places belong to the second texture."""
    if parameters.layout == "halves":
        return right > parameters.x
    half = parameters.size / 2
    return (np.abs(right - parameters.x) < half) & (np.abs(up - parameters.y) < half)


@functools.lru_cache(maxsize=2)
def _cover(parameters: TexturesParameters, size: Size) -> NDArray[np.float32]:
    """(h, w), 0 to 1: how much of each pixel the figures cover."""
    right, up = grid(parameters, size)
    second = inside(parameters, right, up)
    numbers, step = np.arange(len(right)), 1 / parameters.frequency
    right = right + (chance(parameters.sample, RIGHT, numbers) - 0.5) * parameters.jitter * step
    up = up + (chance(parameters.sample, UP, numbers) - 0.5) * parameters.jitter * step
    angles = _angles(parameters, second, numbers)
    cover = blank(size)
    length, width = parameters.length * step * size[1], parameters.width * step * size[1]
    for chosen, figure in zip((~second, second), PAIRS[parameters.pair], strict=True):
        for angle in np.unique(angles[chosen]):
            these = chosen & (angles == angle)
            draw(cover, right[these], up[these], figure, float(angle), (length, width))
    return cover


def _angles(
    parameters: TexturesParameters, second: NDArray[np.bool_], numbers: NDArray[np.int64]
) -> NDArray[np.float64]:
    """By how many degrees each figure is turned: lines as they are set, the others by quarters at random."""
    if parameters.pair == "lines":
        return parameters.orientation + np.where(second, parameters.difference, 0.0)
    return 90 * np.floor(4 * chance(parameters.sample, QUARTER, numbers))
