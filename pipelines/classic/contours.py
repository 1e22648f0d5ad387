"""Shapes by a threshold: what is bright enough, its outline, and what can be measured on it.

Source: N. Otsu, "A threshold selection method from gray-level histograms", IEEE Trans. SMC 9(1), 62-66
(1979); S. Suzuki and K. Abe, "Topological structural analysis of digitized binary images by border
following", Computer Vision, Graphics, and Image Processing 30, 32-46 (1985).
"""

from __future__ import annotations

from typing import Annotated, Literal, cast

import cv2
import numpy as np

from models.text import Text
from pipelines.classic.grey import counted
from pipelines.filter_knobs import blur_knob
from pipelines.frame import Frame, Image
from pipelines.parameters import Parameters, choice, number, switch
from pipelines.pipeline import Pipeline
from pipelines.result import Caption, Curve, Lines, Mark, Plot, Reading, Result
from pipelines.shapes import Shape, lines_of, measured

SPREAD, BAR = Text("how often", "頻度"), Text("threshold", "しきい値")
LEVELS = np.arange(256, dtype=np.float64)


class ContoursParameters(Parameters, frozen=True):
    """Otsu's threshold on a slightly blurred picture, without specks."""

    method: Annotated[
        Literal["otsu", "hand", "local"],
        choice(
            title=Text("Threshold", "しきい値の決め方"),
            titles={
                "otsu": Text("Otsu's", "大津の方法"),
                "hand": Text("by hand", "手動"),
                "local": Text("local mean", "局所平均"),
            },
            help=Text(
                "Otsu's parts the levels into two groups that are each as even as can be; the local mean "
                "copes with shadows.",
                "大津の方法は、明るさを最もまとまりのよい 2 "
                "群に分けます。局所平均は影のある画像にも使えます。",
            ),
        ),
    ] = "otsu"
    threshold: Annotated[
        int,
        number(
            0,
            255,
            step=1,
            title=Text("Level", "しきい値"),
            help=Text("Pixels brighter than this belong to a shape.", "これより明るい画素を図形とします。"),
            when=("method", ("hand",)),
        ),
    ] = 127
    window: Annotated[
        int,
        number(
            3,
            301,
            step=2,
            unit="px",
            title=Text("Window", "窓の大きさ"),
            help=Text(
                "Side of the square whose mean a pixel must exceed.",
                "この大きさの正方形の平均より明るい画素を図形とします。",
            ),
            when=("method", ("local",)),
        ),
    ] = 51
    dark: Annotated[
        bool,
        switch(
            title=Text("Dark shapes", "暗い図形"),
            help=Text(
                "What is darker than the threshold is taken for the shapes: ink on paper.",
                "しきい値より暗い所を図形とします。紙に書いた文字などに使います。",
            ),
        ),
    ] = False
    sigma: Annotated[
        float,
        blur_knob(
            Text(
                "Standard deviation of a Gaussian blur that comes first and smooths the outlines.",
                "最初にかけるガウスぼかしの標準偏差です。輪郭が滑らかになります。",
            )
        ),
    ] = 1.5
    smallest: Annotated[
        float,
        number(
            0.0,
            5.0,
            step=0.01,
            unit="%",
            title=Text("Least area", "最小の面積"),
            help=Text(
                "Smaller shapes are left out, in per cent of the picture.",
                "画像の面積に対する割合で、これより小さい図形を除きます。",
            ),
        ),
    ] = 0.05
    named: Annotated[
        int,
        number(
            0,
            20,
            step=1,
            title=Text("Numbered", "番号をつける数"),
            help=Text(
                "So many of the largest shapes have their area and roundness written on them.",
                "大きいほうからこの数の図形に、面積と円形度を書き添えます。",
            ),
        ),
    ] = 5
    view: Annotated[
        Literal["picture", "binary"],
        choice(
            title=Text("Under the outlines", "輪郭の下"),
            titles={
                "picture": Text("the picture", "元の画像"),
                "binary": Text("black and white", "二値画像"),
            },
            help=Text("Black and white: what the threshold left.", "二値画像はしきい値で分けた結果です。"),
        ),
    ] = "picture"


class Contours(Pipeline[ContoursParameters]):
    """Outer outlines and those of holes; a shape's measures are of its outer outline."""

    name = "contours"
    title = Text("Contours and shapes", "輪郭線と形")
    explanation = Text(
        "A threshold parts figure from ground, and each connected figure is outlined and measured: its area, "
        "how round and how long it is. It works where figure and ground differ in brightness alone, which is "
        "rare outside of a factory, and that is why seeing needs more.",
        "しきい値で図と地を分け、つながった図形ごとに輪郭をたどって面積、円形度、細長さを測ります。"
        "図と地が明るさだけで分かれることは工場の外ではまれで、"
        "見るにはもっと多くのことが必要だとわかります。",
    )
    citation = (
        "N. Otsu, A threshold selection method from gray-level histograms, IEEE Transactions on Systems, "
        "Man, and Cybernetics 9(1), 62-66 (1979); S. Suzuki and K. Abe, Topological structural analysis of "
        "digitized binary images by border following, CVGIP 30, 32-46 (1985)."
    )
    kind = "classic"
    parameters = ContoursParameters

    def process(self, frame: Frame, parameters: ContoursParameters) -> Result:
        grey = cast(Image, cv2.cvtColor(frame.image, cv2.COLOR_BGR2GRAY))
        if parameters.sigma > 0:
            grey = cast(Image, cv2.GaussianBlur(grey, (0, 0), parameters.sigma))
        level, binary = _parted(grey, parameters)
        shapes = measured(binary, parameters.smallest / 100 * grey.size)
        return Result(
            frame.image if parameters.view == "picture" else binary,
            _marks(shapes, parameters.named),
            _readings(shapes, level, grey.size),
            plot=_plot(grey, level),
        )


def _parted(grey: Image, parameters: ContoursParameters) -> tuple[float | None, Image]:
    """The threshold, where it is one for all, and the picture in 0 and 255."""
    kind = cv2.THRESH_BINARY_INV if parameters.dark else cv2.THRESH_BINARY
    if parameters.method == "local":
        side = parameters.window | 1
        mean = cv2.ADAPTIVE_THRESH_MEAN_C
        return None, cast(Image, cv2.adaptiveThreshold(grey, 255, mean, kind, side, 0))
    if parameters.method == "otsu":
        kind |= cv2.THRESH_OTSU
    level, binary = cv2.threshold(grey, parameters.threshold, 255, kind)
    return level, cast(Image, binary)


def _marks(shapes: list[Shape], named: int) -> tuple[Mark, ...]:
    """All outlines, the largest shape's in the second colour."""
    if not shapes:
        return ()
    largest = shapes[0].outlines
    others = [outline for shape in shapes[1:] for outline in shape.outlines]
    lines, first = lines_of([*largest, *others]), sum(map(len, largest))
    marks: list[Mark] = [Lines(lines[first:], "first")] if others else []
    marks.append(Lines(lines[:first], "second"))
    for place, shape in enumerate(shapes[:named], start=1):
        words = f"#{place}  {shape.area:,.0f} px²  ○ {shape.roundness:.2f}"
        marks.append(Caption(shape.middle, Text(words, words), "second" if place == 1 else "first"))
    return tuple(marks)


def _readings(shapes: list[Shape], level: float | None, pixels: int) -> tuple[Reading, ...]:
    found = [Reading("shapes", Text("Shapes", "図形の数"), len(shapes))]
    if level is not None:
        found.insert(0, Reading("threshold", Text("Threshold", "しきい値"), level))
    if shapes:
        largest = shapes[0]
        found += [
            Reading("area", Text("Largest: area", "最大の図形：面積"), 100 * largest.area / pixels, "%", 1),
            Reading("perimeter", Text("Largest: perimeter", "最大の図形：周囲長"), largest.perimeter, "px"),
            Reading("roundness", Text("Largest: roundness", "最大の図形：円形度"), largest.roundness, "", 2),
            Reading("solidity", Text("Largest: solidity", "最大の図形：凸度"), largest.solidity, "", 2),
            Reading(
                "length", Text("Largest: length to width", "最大の図形：縦横比"), largest.elongation, "", 2
            ),
        ]
    return tuple(found)


def _plot(grey: Image, level: float | None) -> Plot:
    """The histogram, and the threshold in it."""
    counts = counted(grey)
    share = 100 * counts / counts.sum()
    curves = [Curve(SPREAD, LEVELS, share)]
    if level is not None:
        bar = np.array([level, level])
        curves.append(Curve(BAR, bar, np.array([0.0, float(share.max())]), "second"))
    return Plot(
        Text("Brightness (% of the pixels) and threshold", "明るさの分布（画素の %）としきい値"),
        Text("brightness", "明るさ"),
        tuple(curves),
        (0.0, 256.0),
    )
