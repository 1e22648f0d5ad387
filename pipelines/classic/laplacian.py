"""Where the brightness bends: the Laplacian of a Gaussian, and its zero crossings.

Source: D. Marr and E. Hildreth, "Theory of edge detection", Proc. R. Soc. Lond. B 207, 187-217 (1980).
"""

from __future__ import annotations

import functools
from typing import Annotated, Literal, NamedTuple, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from models.text import Text
from pipelines.filter_knobs import gain_knob
from pipelines.filters.gaussian import Kernel, by_sigma
from pipelines.frame import Frame, Image
from pipelines.parameters import Parameters, choice, number
from pipelines.pipeline import Pipeline
from pipelines.result import Curve, Plot, Reading, Result
from pipelines.signs import LEGENDS, SCALES, colours

Floats = NDArray[np.float32]
View = Literal["signed", "absolute", "crossings"]


class LaplacianParameters(Parameters, frozen=True):
    """A little wider than the finest detail of a camera; the gain shows a clear edge in full colour."""

    sigma: Annotated[
        float,
        number(
            0.5,
            12.0,
            step=0.1,
            unit="px",
            title=Text("Blur σ", "ぼかし σ"),
            help=Text(
                "Standard deviation of the Gaussian. The greater it is, the coarser what is answered to.",
                "ガウスぼかしの標準偏差です。大きいほど大まかな形に反応します。",
            ),
        ),
    ] = 2.0
    view: Annotated[
        View,
        choice(
            title=Text("Show", "表示"),
            titles={
                "signed": Text("both signs", "正負を 2 色で"),
                "absolute": Text("strength", "強さだけ"),
                "crossings": Text("zero crossings", "ゼロ交差"),
            },
            help=Text(
                "An edge is where the sign changes: Marr took these lines for the first sketch of a picture.",
                "符号が変わる所が輪郭です。マーはこの線を画像の最初のスケッチと考えました。",
            ),
        ),
    ] = "signed"
    gain: Annotated[float, gain_knob(most=40.0, when=("view", ("signed", "absolute")))] = 8.0
    step: Annotated[
        float,
        number(
            0.0,
            30.0,
            step=0.1,
            title=Text("Least step", "最小の変化"),
            help=Text(
                "How much the answer must change across a zero crossing, so that noise draws no lines.",
                "ゼロ交差の両側で応答がこれ以上変わるときだけ線にします。ノイズの線が消えます。",
            ),
            when=("view", ("crossings",)),
        ),
    ] = 2.0


class Laplacian(Pipeline[LaplacianParameters]):
    """Minus σ² times the Laplacian of the blurred picture, in float32: positive where it is brighter than its
    surround, and the same at every σ for a picture that is enlarged with it."""

    name = "laplacian"
    title = Text("Laplacian of Gaussian", "ガウシアン・ラプラシアン（LoG）")
    explanation = Text(
        "The second derivative of the blurred picture is zero where the brightness is even or rises evenly, "
        "and changes its sign at every edge: orange on the bright side, blue on the dark one. Its kernel is "
        "the Mexican hat that Marr saw in the cells of the retina, and a difference of two Gaussians comes "
        "close to it.",
        "ぼかした画像の二階微分は、明るさが一様な所や一定の割合で変わる所で 0 になり、"
        "輪郭の明るい側（オレンジ）と暗い側（青）で符号が変わります。"
        "そのカーネルは、マーが網膜の細胞に見た「メキシカンハット」で、ガウス差分で近似できます。",
    )
    citation = "D. Marr and E. Hildreth, Theory of edge detection, Proc. R. Soc. Lond. B 207, 187-217 (1980)."
    kind = "classic"
    parameters = LaplacianParameters

    def __init__(self) -> None:
        self._grey: Image | None = None
        self._across: Floats | None = None
        self._down: Floats | None = None

    def process(self, frame: Frame, parameters: LaplacianParameters) -> Result:
        across, down = self._parts(frame.image, parameters.sigma)
        plot = hat(parameters.sigma).plot
        if parameters.view == "crossings":
            answer = cast(Floats, cv2.add(across, down, dst=across))
            lines = crossings(answer, parameters.step)
            share = 100 * cv2.countNonZero(lines) / lines.size
            found = Reading("edges", Text("Edge pixels", "輪郭の画素"), share, "%", digits=1)
            return Result(lines, readings=(found,), plot=plot)
        gain = parameters.gain
        if parameters.view == "absolute":
            strength = cv2.convertScaleAbs(cv2.add(across, down, dst=across), alpha=gain)
            return Result(cast(Image, strength), plot=plot)
        share, zero = SCALES["both"]
        levels = cv2.addWeighted(across, gain * share, down, gain * share, zero, dtype=cv2.CV_8U)
        picture = cast(Image, cv2.applyColorMap(levels, colours("both")))
        return Result(picture, legend=LEGENDS["both"], plot=plot, signed=True)

    def _parts(self, image: Image, sigma: float) -> tuple[Floats, Floats]:
        """(h, w) each, good until the next call: bent across and bent down."""
        cell = hat(sigma)
        self._grey = cast(Image, cv2.cvtColor(image, cv2.COLOR_BGR2GRAY, dst=self._grey))
        across = cv2.sepFilter2D(self._grey, cv2.CV_32F, cell.bent, cell.bell, dst=self._across)
        down = cv2.sepFilter2D(self._grey, cv2.CV_32F, cell.bell, cell.bent, dst=self._down)
        self._across, self._down = cast(Floats, across), cast(Floats, down)
        return self._across, self._down


def crossings(answer: Floats, step: float) -> Image:
    """(h, w), 255 at the positive side of every change of sign to the right or below by more than `step`."""
    lines = np.zeros(answer.shape, np.uint8)
    positive = answer > 0
    for one, other in ((np.s_[:, :-1], np.s_[:, 1:]), (np.s_[:-1], np.s_[1:])):
        apart = (positive[one] != positive[other]) & (cv2.absdiff(answer[one], answer[other]) > step)
        lines[one] |= apart & positive[one]
        lines[other] |= apart & positive[other]
    lines *= 255
    return lines


class Hat(NamedTuple):
    bell: Kernel
    """(2r + 1, 1), the sum 1."""
    bent: Kernel
    """Minus σ² times its second derivative, the sum 0, so that an even area gives nothing."""
    plot: Plot


@functools.lru_cache(maxsize=16)
def hat(sigma: float) -> Hat:
    """The two lines of weights that the kernel is made of, and its profile."""
    bell = by_sigma(sigma)
    radius = bell.shape[0] // 2
    x = np.arange(-radius, radius + 1, dtype=np.float64)
    line = bell[:, 0].astype(np.float64)
    bent = (1 - x**2 / sigma**2) * line
    bent -= bent.sum() * line
    profile = bent * line[radius] + line * bent[radius]
    plot = Plot(
        Text("Receptive field", "受容野"),
        Text("Distance from the middle (px)", "中心からの距離（px）"),
        (Curve(Text("Weight", "重み"), x, profile),),
    )
    return Hat(bell, bent.astype(np.float32)[:, None], plot)
