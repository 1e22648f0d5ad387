"""One kernel of a person's own, and the arithmetic of every pixel.

Source: R. C. Gonzalez and R. E. Woods, "Digital Image Processing", 4th ed., Pearson (2018), section 3.4.
"""

from __future__ import annotations

import functools
from typing import Annotated, Literal, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from models.text import Text
from pipelines.aim import Aim
from pipelines.arithmetic import Filtered
from pipelines.filter_knobs import gain_knob
from pipelines.frame import Frame, Image
from pipelines.number_grid import Rows
from pipelines.parameters import Parameters, choice, grid, number, switch
from pipelines.pipeline import Pipeline
from pipelines.result import Box, Curve, Key, Plot, Reading, Result
from pipelines.signs import BLUE, ORANGE, colours
from pipelines.status import Status

WHERE = Text(
    "Of the pixel, from 0; a click on the picture chooses it.",
    "画素の位置（0 から）です。画像をクリックして選びます。",
)
ALL_ZERO = Text(
    "This kernel is all zeros: every pixel becomes 0, so the picture is black. Set a weight.",
    "カーネルがすべて 0 なので、どの画素も 0 になり画像は黒くなります。重みを入れてください。",
)
KEYS = (
    Key(Text("above 0", "正の値"), ORANGE),
    Key(Text("below 0", "負の値"), BLUE),
)
FIELDS = ("column", "row")
PRESETS = {
    "vertical": ("0 1 0/0 1 0/0 1 0", Text("upright line", "縦線")),
    "horizontal": ("0 0 0/1 1 1/0 0 0", Text("level line", "横線")),
    "falling": ("1 0 0/0 1 0/0 0 1", Text("falling diagonal", "右下がりの斜線")),
    "rising": ("0 0 1/0 1 0/1 0 0", Text("rising diagonal", "右上がりの斜線")),
    "identity": ("0 0 0/0 1 0/0 0 0", Text("the pixel itself", "そのまま")),
    "mean": ("1 1 1/1 1 1/1 1 1", Text("mean", "平均")),
    "gaussian": (
        "1 4 6 4 1/4 16 24 16 4/6 24 36 24 6/4 16 24 16 4/1 4 6 4 1",
        Text("Gaussian blur", "ガウスぼかし"),
    ),
    "sharpen": ("0 -1 0/-1 5 -1/0 -1 0", Text("sharpen", "鮮鋭化")),
    "edge-across": ("-1 0 1/-2 0 2/-1 0 1", Text("upright edge", "縦の縁")),
    "edge-down": ("-1 -2 -1/0 0 0/1 2 1", Text("level edge", "横の縁")),
    "laplacian": ("0 -1 0/-1 4 -1/0 -1 0", Text("Laplacian", "ラプラシアン")),
    "upright-line": (
        "-1 2 -1/-1 2 -1/-1 2 -1",
        Text("thin line", "細い縦線だけ"),
    ),
    "upright-stroke": ("/".join(["-5 -5 4 4 4 -5 -5"] * 7), Text("upright stroke", "縦の線分")),
    "falling-stroke": (
        "0 0 0 -4 0 0 0/0 0 3 -4 -4 0 0/0 3 6 3 -4 -4 0/-4 -4 3 6 3 -4 -4/"
        "0 -4 -4 3 6 3 0/0 0 -4 -4 3 0 0/0 0 0 -4 0 0 0",
        Text("falling stroke", "右下がりの線分"),
    ),
    "rising-stroke": (
        "0 0 0 -4 0 0 0/0 0 -4 -4 3 0 0/0 -4 -4 3 6 3 0/-4 -4 3 6 3 -4 -4/"
        "0 3 6 3 -4 -4 0/0 0 3 -4 -4 0 0/0 0 0 -4 0 0 0",
        Text("rising stroke", "右上がりの線分"),
    ),
    "mexican-hat": (
        "0 0 -1 -1 -1 0 0/0 -1 -3 -3 -3 -1 0/-1 -3 0 7 0 -3 -1/-1 -3 7 24 7 -3 -1/"
        "-1 -3 0 7 0 -3 -1/0 -1 -3 -3 -3 -1 0/0 0 -1 -1 -1 0 0",
        Text("Mexican hat", "メキシカンハット"),
    ),
    "emboss": ("-2 -1 0/-1 1 1/0 1 2", Text("emboss", "浮き彫り")),
}

TITLES = {name: title for name, (_numbers, title) in PRESETS.items()}


class KernelParameters(Parameters, frozen=True):
    """The lecture's first line kernel, its three ones shared out."""

    weights: Annotated[
        str,
        grid(
            title=Text("Kernel", "カーネル"),
            titles=TITLES,
            grids={name: numbers for name, (numbers, _title) in PRESETS.items()},
            sides=(3, 5, 7),
            help=Text(
                "What the pixels around each pixel are multiplied with before they are added up.",
                "各画素のまわりの画素に掛ける重みです。掛けた結果をすべて足します。",
            ),
        ),
    ] = "vertical"
    normalise: Annotated[
        bool,
        switch(
            title=Text("Normalise", "正規化"),
            help=Text(
                "Divides by the sum of all weights without their signs, so that no answer leaves the range.",
                "重みの絶対値の合計で割り、結果が範囲を超えないようにします。",
            ),
        ),
    ] = True
    sign: Annotated[
        Literal["clipped", "absolute", "signed"],
        choice(
            title=Text("Below 0", "負の値"),
            titles={
                "clipped": Text("black", "黒にする"),
                "absolute": Text("as if above (absolute)", "絶対値"),
                "signed": Text("in blue (signed)", "青で示す（符号つき）"),
            },
            help=Text(
                "How negative answers are shown: kernels with negative weights have many.",
                "負の応答の示し方です。負の重みをもつカーネルでは多く現れます。",
            ),
        ),
    ] = "clipped"
    gain: Annotated[float, gain_knob()] = 1.0
    sums: Annotated[
        bool,
        switch(
            title=Text("Arithmetic of one pixel", "1 画素の計算"),
            help=Text(
                "How a pixel came about: the window, the kernel, their products and the sum. Point at any "
                "pixel, or click on one to keep it.",
                "画素の値がどう計算されたかを、窓、カーネル、積、和で示します。"
                "画素を指すと表示され、クリックすると表示したままになります。",
            ),
        ),
    ] = False
    row: Annotated[
        int,
        number(0, 8191, step=1, title=Text("Row", "行"), help=WHERE, when=("sums", (True,))),
    ] = 0
    column: Annotated[
        int,
        number(0, 8191, step=1, title=Text("Column", "列"), help=WHERE, when=("sums", (True,))),
    ] = 0


class Kernel(Pipeline[KernelParameters]):
    """The kernel lies on the picture as it is written and is not turned round, as in networks; the border is
    mirrored."""

    name = "kernel"
    title = Text("Kernel by hand", "手作りカーネル")
    explanation = Text(
        "A small square of weights slides over the picture; at each place the pixels under it are multiplied "
        "with the weights and added up, and the sum is the new pixel. Every filter here and every layer of a "
        "convolutional network is made of this one step, only there nobody writes the weights by hand.",
        "重みを並べた小さな四角を画像の上で動かし、重なった画素と重みを掛けて足した和を新しい画素にします"
        "（畳み込み）。"
        "ここにあるフィルタも畳み込みネットワークの層もすべてこの計算でできており、"
        "ネットワークでは結合荷重を人が書かずに学習で決める点だけが違います。",
    )
    citation = (
        "R. C. Gonzalez and R. E. Woods, Digital Image Processing, 4th ed., Pearson (2018), section 3.4."
    )
    kind = "classic"
    parameters = KernelParameters

    def __init__(self) -> None:
        self._notice: Text | None = None
        self._subject: Text | None = None

    def process(self, frame: Frame, parameters: KernelParameters) -> Result:
        weights = weights_of(parameters.weights)
        total = float(np.abs(weights).sum())
        self._notice = None if total else ALL_ZERO
        self._subject = TITLES.get(parameters.weights)
        divisor = total if parameters.normalise and total else 1.0
        grey = cast(Image, cv2.cvtColor(frame.image, cv2.COLOR_BGR2GRAY))
        filtered = Filtered(grey, weights, divisor)
        row, column = min(parameters.row, grey.shape[0] - 1), min(parameters.column, grey.shape[1] - 1)
        mark = _window(row, column, len(weights))
        return Result(
            _shown(grey, weights / divisor * parameters.gain, parameters.sign),
            (mark,) if parameters.sums else (),
            _readings(parameters.weights),
            legend=KEYS if parameters.sign == "signed" else (),
            plot=_plot(parameters.weights),
            sum=filtered.sum_at(row, column) if parameters.sums else None,
            aim=Aim(FIELDS, _places(frame.size), "sums"),
            filtered=filtered,
            signed=parameters.sign == "signed",
        )

    def status(self) -> Status | None:
        return Status(notice=self._notice, subject=self._subject)


@functools.lru_cache(maxsize=16)
def weights_of(text: str) -> NDArray[np.float32]:
    """(k, k) of the parameter."""
    rows: Rows = KernelParameters.spec("weights").numbers(text)
    weights = np.array(rows, np.float32)
    weights.flags.writeable = False
    return weights


def _shown(grey: Image, kernel: NDArray[np.float32], sign: str) -> Image:
    if sign == "clipped":
        return cast(Image, cv2.filter2D(grey, cv2.CV_8U, kernel))
    answer = cv2.filter2D(grey, cv2.CV_32F, kernel)
    if sign == "absolute":
        return cast(Image, cv2.convertScaleAbs(answer))
    levels = cv2.addWeighted(answer, 0.5, answer, 0, 128, dtype=cv2.CV_8U)
    return cast(Image, cv2.applyColorMap(levels, colours("both")))


def _window(row: int, column: int, side: int) -> Box:
    """What the kernel covers."""
    return Box((column - side // 2, row - side // 2, side, side), role="second")


@functools.lru_cache(maxsize=2)
def _places(size: tuple[int, int]) -> NDArray[np.float32]:
    """(h, w, 2): column and row of each pixel."""
    x, y = np.meshgrid(np.arange(size[0], dtype=np.float32), np.arange(size[1], dtype=np.float32))
    return np.stack([x, y], 2)


@functools.lru_cache(maxsize=16)
def _readings(text: str) -> tuple[Reading, ...]:
    weights = weights_of(text)
    return (
        Reading("sum", Text("Sum of the weights", "重みの合計"), float(weights.sum()), "", 2),
        Reading("size", Text("Sum without signs", "重みの絶対値の合計"), float(np.abs(weights).sum()), "", 2),
    )


@functools.lru_cache(maxsize=16)
def _plot(text: str) -> Plot:
    """Each row of the kernel added up, and each column: what it does to level and upright edges."""
    weights = weights_of(text).astype(np.float64)
    x = np.arange(len(weights), dtype=np.float64) - len(weights) // 2
    return Plot(
        Text("The kernel added up", "カーネルを足し合わせた形"),
        Text("Distance from the middle (px)", "中心からの距離（px）"),
        (
            Curve(Text("Columns", "列の和"), x, weights.sum(axis=0), "first"),
            Curve(Text("Rows", "行の和"), x, weights.sum(axis=1), "second"),
        ),
    )
