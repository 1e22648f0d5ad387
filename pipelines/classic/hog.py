"""Histograms of oriented gradients: which way the edges of each cell run.

Source: N. Dalal and B. Triggs, "Histograms of oriented gradients for human detection", CVPR 2005.
"""

from __future__ import annotations

from typing import Annotated, Literal, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from models.text import Text
from pipelines.frame import Frame, Image
from pipelines.hog.cells import averaged, features, histograms
from pipelines.hog.stars import stars
from pipelines.parameters import Parameters, choice, number
from pipelines.pipeline import Pipeline
from pipelines.result import Curve, Plot, Reading, Result
from pipelines.status import Status

TOO_SMALL = Text(
    "The picture is smaller than one cell: make the cells smaller.",
    "画像が 1 つのセルより小さいため表示できません。セルを小さくしてください。",
)


class HogParameters(Parameters, frozen=True):
    """The lecture's: 8 orientations, cells of 8 pixels, blocks of 3 cells, white at 0.04."""

    orientations: Annotated[
        int,
        number(
            2,
            18,
            step=1,
            title=Text("Orientations", "方位の数"),
            help=Text(
                "Into so many bins the directions of half a turn are counted.",
                "180° をこの数の階級に分けて方位を数えます。",
            ),
        ),
    ] = 8
    cell: Annotated[
        int,
        number(
            4,
            64,
            step=1,
            unit="px",
            title=Text("Cell", "セル"),
            help=Text(
                "Side of a cell. Within it, it does not matter where an edge lies.",
                "セルの一辺の長さです。セルの中では輪郭の位置は区別されません。",
            ),
        ),
    ] = 8
    view: Annotated[
        Literal["cells", "blocks"],
        choice(
            title=Text("Show", "表示"),
            titles={
                "cells": Text("the histograms", "ヒストグラム"),
                "blocks": Text("normalised in blocks", "ブロックで正規化"),
            },
            help=Text(
                "Normalised, as a classifier gets them: faint edges count like strong ones beside them.",
                "正規化すると、分類器に渡す値になります。弱い輪郭も、"
                "まわりの強さに応じて同じように数えます。",
            ),
        ),
    ] = "cells"
    block: Annotated[
        int,
        number(
            1,
            5,
            step=1,
            title=Text("Block", "ブロック"),
            help=Text(
                "Cells to each side of a block; blocks overlap.",
                "ブロックの一辺のセル数です。ブロックは重なり合います。",
            ),
        ),
    ] = 3
    brightest: Annotated[
        float,
        number(
            0.005,
            0.5,
            step=0.005,
            title=Text("White at", "白にする値"),
            help=Text(
                "A direction of this strength is drawn in white, where 1 is a step from black to white at "
                "every pixel of the cell.",
                "方位の強さがこの値のとき白で描きます。1 はセルのすべての画素が黒から白に変わる強さです。",
            ),
            when=("view", ("cells",)),
        ),
    ] = 0.04


class Hog(Pipeline[HogParameters]):
    """Stars of edge directions, as scikit-image draws them, in the place and the size of the picture."""

    name = "hog"
    title = Text("Oriented gradients (HOG)", "勾配方向ヒストグラム（HOG）")
    explanation = Text(
        "In every small cell the directions of the edges are counted, and a star shows how many there are of "
        "each. Colours, shadows and the exact place are lost on purpose: what stays is the outline by which "
        "a classifier can find people in the street.",
        "小さなセルごとに輪郭の方位を数え、それぞれの量を星形の線で示します。"
        "色や影や正確な位置はわざと捨て、残った輪郭の形から分類器が街なかの歩行者を見つけられます。",
    )
    citation = (
        "N. Dalal and B. Triggs, Histograms of oriented gradients for human detection, CVPR 2005, 886-893."
    )
    kind = "classic"
    parameters = HogParameters

    def __init__(self) -> None:
        self._notice: Text | None = None

    def process(self, frame: Frame, parameters: HogParameters) -> Result:
        grey = cast(Image, cv2.cvtColor(frame.image, cv2.COLOR_BGR2GRAY))
        cells = histograms(grey, parameters.cell, parameters.orientations) / 255
        rows, columns = cells.shape[:2]
        self._notice = None if rows and columns else TOO_SMALL
        shown, white = cells, parameters.brightest
        if parameters.view == "blocks":
            shown = averaged(features(cells, parameters.block), cells.shape)
            white = max(float(shown.max(initial=0)), 1e-9)
        blocks = max(0, rows - parameters.block + 1) * max(0, columns - parameters.block + 1)
        return Result(
            stars(shown, parameters.cell, white, frame.size),
            readings=(
                Reading("cells", Text("Cells", "セルの数"), rows * columns),
                Reading("blocks", Text("Blocks", "ブロックの数"), blocks),
                Reading(
                    "features",
                    Text("Numbers in all", "特徴量の数"),
                    blocks * parameters.block**2 * parameters.orientations,
                ),
            ),
            plot=_plot(cells),
        )

    def status(self) -> Status | None:
        return Status(notice=self._notice)


def _plot(cells: NDArray[np.float64]) -> Plot:
    """All cells together, each direction a step, by the direction of the edge."""
    total = cells.sum(axis=(0, 1))
    share = 100 * total / max(float(total.sum()), 1e-9)
    edges = np.linspace(0, 180, len(total) + 1)
    # a gradient at x° downwards from the right is an edge at 90° - x upwards from it
    turned = np.roll(share[::-1], len(total) // 2) if len(total) % 2 == 0 else share[::-1]
    return Plot(
        Text("Directions of edges in the whole picture (%)", "画像全体の輪郭の方位（%）"),
        Text("orientation (°)", "方位（°）"),
        (Curve(Text("%", "%"), np.repeat(edges, 2)[1:-1], np.repeat(turned, 2)),),
        (0.0, 180.0),
    )
