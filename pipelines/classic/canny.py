"""Thin, connected edges after Canny.

Source: J. Canny, "A computational approach to edge detection", IEEE Trans. PAMI 8(6), 679-698 (1986).
"""

from __future__ import annotations

from typing import Annotated, cast

import cv2

from models.text import Text
from pipelines.frame import Frame, Image
from pipelines.parameters import Parameters, number, switch
from pipelines.pipeline import Pipeline
from pipelines.result import Reading, Result


class CannyParameters(Parameters, frozen=True):
    """σ as in the lecture; thresholds and gradient are scikit-image's defaults on the scale of 0 to 255."""

    sigma: Annotated[
        float,
        number(
            0.3,
            10.0,
            step=0.1,
            unit="px",
            title=Text("Blur σ", "ぼかし σ"),
            help=Text(
                "Standard deviation of the Gaussian blur that comes first. "
                "The greater it is, the fewer and the smoother the edges.",
                "最初にかけるガウスぼかしの標準偏差です。大きいほど輪郭は少なく、滑らかになります。",
            ),
        ),
    ] = 3.0
    low: Annotated[
        float,
        number(
            0.0,
            500.0,
            step=1.0,
            title=Text("Low threshold", "低いしきい値"),
            help=Text(
                "A weaker edge down to this slope is kept where it continues a strong one. "
                "The smaller of the two thresholds counts as the low one.",
                "強い輪郭につながる弱い輪郭を、この傾きまで残します。"
                "2 つのしきい値のうち小さいほうが「低いしきい値」として働きます。",
            ),
        ),
    ] = 25.0
    high: Annotated[
        float,
        number(
            0.0,
            500.0,
            step=1.0,
            title=Text("High threshold", "高いしきい値"),
            help=Text(
                "A slope of the brightness above this starts an edge. "
                "The greater of the two thresholds counts as the high one.",
                "明るさの傾きがこれを超えた所から輪郭が始まります。"
                "2 つのしきい値のうち大きいほうが「高いしきい値」として働きます。",
            ),
        ),
    ] = 50.0
    exact: Annotated[
        bool,
        switch(
            title=Text("Exact slope", "正確な傾き"),
            help=Text(
                "On: the slope is the root of the squares of its two parts (L2). "
                "Off: their plain sum (L1), quicker, and greater on diagonals.",
                "オン：縦横の成分の二乗和の平方根（L2）を傾きとします。"
                "オフ：絶対値の和（L1）で、速いかわりに斜めの輪郭が強めに出ます。",
            ),
        ),
    ] = True


class Canny(Pipeline[CannyParameters]):
    """Blur, slope, thinning to one pixel, two thresholds: white edges on black."""

    name = "canny"
    title = Text("Canny edges", "Canny エッジ")
    explanation = Text(
        "White lines mark where the brightness changes most steeply, each thinned to the width of one pixel. "
        "A weak edge survives only where it is connected to a strong one, so contours stay whole while noise "
        "disappears.",
        "明るさが最も急に変わる所を、1 画素の細さの白い線で示します。"
        "弱い輪郭は強い輪郭につながるときだけ残るので、輪郭は途切れにくく、ノイズは消えます。",
    )
    citation = (
        "J. Canny, A computational approach to edge detection, "
        "IEEE Transactions on Pattern Analysis and Machine Intelligence 8(6), 679-698 (1986)."
    )
    kind = "classic"
    parameters = CannyParameters

    def process(self, frame: Frame, parameters: CannyParameters) -> Result:
        grey = cv2.cvtColor(frame.image, cv2.COLOR_BGR2GRAY)
        smooth = cv2.GaussianBlur(grey, (0, 0), parameters.sigma)
        # OpenCV itself exchanges thresholds that are the wrong way round.
        edges = cast(Image, cv2.Canny(smooth, parameters.low, parameters.high, L2gradient=parameters.exact))
        share = 100 * cv2.countNonZero(edges) / edges.size
        return Result(
            edges, readings=(Reading("edges", Text("Edge pixels", "輪郭の画素"), share, "%", digits=1),)
        )
