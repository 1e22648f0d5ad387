"""One number a pixel, and how often each number comes.

Source: ITU-R Recommendation BT.601 (1982, now BT.601-7, 2011), section 2.5.1; R. C. Gonzalez and R. E. Woods,
"Digital Image Processing", 4th ed., Pearson (2018), section 3.3.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Annotated, Literal, NamedTuple, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from models.text import Text
from pipelines.frame import Frame, Image
from pipelines.parameters import Parameters, choice, number, switch
from pipelines.pipeline import Pipeline
from pipelines.result import Curve, Plot, Reading, Result

Counts = NDArray[np.float64]
LEVELS = np.arange(256, dtype=np.float64)
THIRDS = np.full((1, 3), 1 / 3, np.float32)
AMOUNT, BEFORE = Text("% of the pixels", "画素の割合（%）"), Text("before", "変換前")


class GreyParameters(Parameters, frozen=True):
    """Grey as OpenCV makes it, and the lecture's 30 bins."""

    grey: Annotated[
        Literal["luma", "lightness", "mean"],
        choice(
            title=Text("Grey is", "灰色の決め方"),
            titles={
                "luma": Text("weighted sum (BT.601)", "重みつき和（BT.601）"),
                "lightness": Text("lightness L*", "明度 L*"),
                "mean": Text("plain mean", "単純な平均"),
            },
            help=Text(
                "Green looks brighter than red, and red than blue: BT.601 weighs them 0.587, 0.299 and "
                "0.114. L* is made so that equal steps look equal.",
                "緑は赤より、赤は青より明るく見えるため、BT.601 は 0.587、0.299、0.114 の重みで足します。"
                "L* は同じ差が同じ差に見えるように作られています。",
            ),
        ),
    ] = "luma"
    bins: Annotated[
        int,
        number(
            2,
            256,
            step=1,
            title=Text("Bins", "階級の数"),
            help=Text(
                "Into so many equal parts the levels 0 to 255 are divided for the histogram.",
                "ヒストグラムで 0〜255 の値をいくつの階級に等分するかを決めます。",
            ),
        ),
    ] = 30
    equalise: Annotated[
        bool,
        switch(
            title=Text("Equalise", "平坦化"),
            help=Text(
                "Spreads the levels so that each is about as frequent as any other: contrast rises where "
                "many pixels are alike.",
                "どの明るさも同じくらいの頻度になるように値を広げます。"
                "似た明るさの画素が多い所でコントラストが上がります。",
            ),
        ),
    ] = False


class Grey(Pipeline[GreyParameters]):
    """All 256 levels are counted once; the bins, the mean and the contrast come from these counts."""

    name = "grey"
    title = Text("Grey and histogram", "グレースケールとヒストグラム")
    explanation = Text(
        "The three numbers of a pixel become one, its brightness, and the histogram counts how many pixels "
        "have each. A dark picture leans to the left, one without contrast is a narrow hill, and where "
        "things are no longer plays a part.",
        "画素の 3 つの数を明るさという 1 つの数にまとめ、どの明るさの画素がいくつあるかを"
        "ヒストグラムで数えます。"
        "暗い画像は左に寄り、コントラストのない画像は細い山になりますが、どこに何があるかは残りません。",
    )
    citation = (
        "ITU-R Recommendation BT.601-7 (2011), section 2.5.1; "
        "R. C. Gonzalez and R. E. Woods, Digital Image Processing, 4th ed., Pearson (2018), section 3.3."
    )
    kind = "classic"
    parameters = GreyParameters

    def process(self, frame: Frame, parameters: GreyParameters) -> Result:
        grey = WAYS[parameters.grey](frame.image)
        counts = counted(grey)
        if not parameters.equalise:
            return Result(grey, readings=_readings(counts), plot=_plot(counts, None, parameters.bins))
        spread = cast(Image, cv2.equalizeHist(grey))
        after = counted(spread)
        return Result(spread, readings=_readings(after), plot=_plot(after, counts, parameters.bins))


def counted(grey: Image) -> Counts:
    """(256,): how many pixels have each level."""
    return cv2.calcHist([grey], [0], None, [256], [0, 256])[:, 0].astype(np.float64)


class Bins(NamedTuple):
    first: NDArray[np.int64]
    """(bins,): the first level of each."""
    corners: NDArray[np.float64]
    """(2 × bins,): where the steps of the curve begin and end."""


@functools.lru_cache(maxsize=8)
def bins_of(count: int) -> Bins:
    """Levels 0 to 255 in equal parts of the range from 0 to 256, as NumPy's histogram divides it."""
    edges = np.linspace(0, 256, count + 1)
    return Bins(np.ceil(edges[:-1]).astype(np.int64), np.repeat(edges, 2)[1:-1])


def _lightness(image: Image) -> Image:
    return cast(Image, cv2.extractChannel(cv2.cvtColor(image, cv2.COLOR_BGR2Lab), 0))


def _luma(image: Image) -> Image:
    return cast(Image, cv2.cvtColor(image, cv2.COLOR_BGR2GRAY))


def _mean(image: Image) -> Image:
    return cast(Image, cv2.transform(image, THIRDS))


WAYS: dict[str, Callable[[Image], Image]] = {"luma": _luma, "lightness": _lightness, "mean": _mean}


def _plot(counts: Counts, before: Counts | None, bins: int) -> Plot:
    x = bins_of(bins).corners
    curves = [Curve(AMOUNT, x, _steps(counts, bins))]
    if before is not None:
        curves.append(Curve(BEFORE, x, _steps(before, bins), "soft"))
    return Plot(
        Text("How often each brightness comes (% of the pixels)", "明るさの分布（画素の %）"),
        Text("brightness", "明るさ"),
        tuple(curves),
        (0.0, 256.0),
    )


def _steps(counts: Counts, bins: int) -> Counts:
    share: Counts = np.add.reduceat(counts, bins_of(bins).first) * (100 / counts.sum())
    return np.repeat(share, 2)


def _readings(counts: Counts) -> tuple[Reading, ...]:
    share = counts / counts.sum()
    mean = float(share @ LEVELS)
    contrast = float(np.sqrt(share @ (LEVELS - mean) ** 2))
    present = counts > 0
    return (
        Reading("mean", Text("Mean brightness", "平均の明るさ"), mean, "", 1),
        Reading(
            "contrast", Text("Contrast (standard deviation)", "コントラスト（標準偏差）"), contrast, "", 1
        ),
        Reading("levels", Text("Levels in use", "使われている明るさの数"), int(present.sum())),
    )
