"""What a ganglion cell of the retina answers to: the difference of two Gaussian blurs.

Source: R. W. Rodieck, "Quantitative analysis of cat retinal ganglion cell response to visual stimuli",
Vision Research 5, 583-601 (1965); D. Marr and E. Hildreth, "Theory of edge detection",
Proc. R. Soc. Lond. B 207, 187-217 (1980).
"""

from __future__ import annotations

import functools
from typing import Annotated, Literal, NamedTuple, cast

import cv2
import numpy as np

from models.text import Text
from pipelines.filter_knobs import gain_knob
from pipelines.filters.gaussian import Blur, Kernel, by_sigma, by_size, profile
from pipelines.frame import Frame, Image
from pipelines.parameters import Parameters, choice, number
from pipelines.pipeline import Pipeline
from pipelines.result import Curve, Plot, Result
from pipelines.signs import LEGENDS, SCALES, Signs, colours


class DogParameters(Parameters, frozen=True):
    """σ and ratio, or the lecture's two kernels; and how the difference is shown."""

    form: Annotated[
        Literal["sigma", "kernel"],
        choice(
            title=Text("Blurs given by", "ぼかしの指定"),
            titles={"sigma": Text("width σ", "幅 σ"), "kernel": Text("kernel size", "カーネルサイズ")},
            help=Text(
                "By the width of the bells, or by the size of OpenCV's kernels as in the lecture.",
                "釣鐘型の幅 σ で指定するか、講義のように OpenCV のカーネルサイズで指定するかを選びます。",
            ),
        ),
    ] = "sigma"
    sigma: Annotated[
        float,
        number(
            0.3,
            8.0,
            step=0.1,
            unit="px",
            title=Text("Centre σ", "中心の σ"),
            help=Text(
                "Standard deviation of the inner blur. Small: fine detail; large: coarse shapes.",
                "内側のぼかしの標準偏差です。小さいと細部に、大きいと大まかな形に反応します。",
            ),
            when=("form", ("sigma",)),
        ),
    ] = 1.4
    ratio: Annotated[
        float,
        number(
            1.1,
            4.0,
            step=0.1,
            title=Text("Surround / centre", "周辺 / 中心"),
            help=Text(
                "How many times wider the outer blur is; 1.6 comes nearest to Marr's Laplacian.",
                "外側のぼかしの幅が内側の何倍かを表します。1.6 でマーのラプラシアンに最も近くなります。",
            ),
            when=("form", ("sigma",)),
        ),
    ] = 1.6
    kernels: Annotated[
        Literal["3/5", "3/9"],
        choice(
            title=Text("Kernels", "カーネル"),
            titles={"3/5": Text("3 and 5", "3 と 5"), "3/9": Text("3 and 9", "3 と 9")},
            help=Text(
                "Sizes of the two kernels in pixels; OpenCV derives their width.",
                "2 つのカーネルの大きさ（画素）です。幅 σ は OpenCV が大きさから決めます。",
            ),
            when=("form", ("kernel",)),
        ),
    ] = "3/5"
    gain: Annotated[
        float,
        gain_knob(
            Text(
                "The differences are small; they are multiplied by this before they are shown.",
                "差はとても小さいので、この倍率をかけてから表示します。",
            ),
            most=40.0,
        ),
    ] = 30.0
    sign: Annotated[
        Literal["signed", "absolute"],
        choice(
            title=Text("Sign", "符号"),
            titles={"signed": Text("in two colours", "2 色で示す"), "absolute": Text("left out", "無視する")},
            help=Text(
                "Left out: only how great the difference is, in grey.",
                "無視する場合は、差の大きさだけを灰色の濃淡で示します。",
            ),
        ),
    ] = "signed"
    centre: Annotated[
        Signs,
        choice(
            title=Text("Cells", "細胞"),
            titles={
                "both": Text("ON and OFF", "ON と OFF"),
                "on": Text("ON centre", "ON 中心"),
                "off": Text("OFF centre", "OFF 中心"),
            },
            help=Text(
                "ON-centre cells answer to light in the middle, OFF-centre cells to dark.",
                "ON 中心型の細胞は中央の明るさに、OFF 中心型の細胞は中央の暗さに反応します。",
            ),
            when=("sign", ("signed",)),
        ),
    ] = "both"


class Dog(Pipeline[DogParameters]):
    """The narrow blur minus the wide one, in float32, so that no sign and no small difference is lost."""

    name = "dog"
    title = Text("Difference of Gaussians", "ガウス差分（DoG）")
    explanation = Text(
        "A wide blur is subtracted from a narrow one, so that only places remain that are brighter (orange) "
        "or darker (blue) than their surround. Ganglion cells of the retina with their ON and OFF centres do "
        "the same, which is why the eye reports edges and not evenly lit areas.",
        "細かいぼかしから広いぼかしを引くと、まわりより明るい所（オレンジ）と暗い所（青）だけが残ります。"
        "網膜の神経節細胞も ON 中心型・OFF 中心型の受容野で同じ計算をしており、"
        "目が一様な面ではなく輪郭を脳に伝えるのはこのためです。",
    )
    citation = (
        "R. W. Rodieck, Quantitative analysis of cat retinal ganglion cell response to visual stimuli, "
        "Vision Research 5, 583-601 (1965); D. Marr and E. Hildreth, Theory of edge detection, "
        "Proc. R. Soc. Lond. B 207, 187-217 (1980)."
    )
    kind = "classic"
    parameters = DogParameters

    def __init__(self) -> None:
        self._grey: Image | None = None
        self._levels: Image | None = None
        self._centre, self._surround = Blur(), Blur()

    def process(self, frame: Frame, parameters: DogParameters) -> Result:
        cell = field(parameters.form, parameters.sigma, parameters.ratio, parameters.kernels)
        self._grey = cast(Image, cv2.cvtColor(frame.image, cv2.COLOR_BGR2GRAY, dst=self._grey))
        inner = self._centre.of(self._grey, cell.centre)
        outer = self._surround.of(self._grey, cell.surround)
        if parameters.sign == "absolute":
            strength = cv2.convertScaleAbs(cv2.subtract(inner, outer, dst=outer), alpha=parameters.gain)
            return Result(cast(Image, strength), plot=cell.plot)
        share, zero = SCALES[parameters.centre]
        weight = parameters.gain * share
        levels = cv2.addWeighted(inner, weight, outer, -weight, zero, dst=self._levels, dtype=cv2.CV_8U)
        self._levels = cast(Image, levels)
        picture = cast(Image, cv2.applyColorMap(levels, colours(parameters.centre)))
        return Result(picture, legend=LEGENDS[parameters.centre], plot=cell.plot, signed=True)


class Field(NamedTuple):
    """A receptive field: the kernels of its centre and its surround, and their curves."""

    centre: Kernel
    surround: Kernel
    plot: Plot


@functools.lru_cache(maxsize=16)
def field(form: str, sigma: float, ratio: float, kernels: str) -> Field:
    """The receptive field that these parameters describe."""
    if form == "kernel":
        centre, surround = (by_size(int(size)) for size in kernels.split("/"))
    else:
        centre, surround = by_sigma(sigma), by_sigma(sigma * ratio)
    return Field(centre, surround, _hat(centre, surround))


def _hat(centre: Kernel, surround: Kernel) -> Plot:
    radius = surround.size // 2
    x = np.arange(-radius, radius + 1, dtype=np.float64)
    inner, outer = profile(centre, radius), profile(surround, radius)
    return Plot(
        Text("Receptive field", "受容野"),
        Text("Distance from the middle (px)", "中心からの距離（px）"),
        (
            Curve(Text("Centre", "中心"), x, inner, "second"),
            Curve(Text("Surround", "周辺"), x, outer, "first"),
            Curve(Text("Difference", "差"), x, inner - outer, "soft"),
        ),
    )
