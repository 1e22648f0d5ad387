"""How steeply the brightness rises, and in which direction.

Source: I. Sobel and G. Feldman, "A 3×3 isotropic gradient operator for image processing", talk at the
Stanford Artificial Intelligence Project (1968); H. Scharr, "Optimale Operatoren in der Digitalen
Bildverarbeitung", doctoral thesis, University of Heidelberg (2000).
"""

from __future__ import annotations

import functools
from typing import Annotated, Literal, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from models.text import Text
from pipelines import colour_wheel
from pipelines.filter_knobs import blur_knob, gain_knob
from pipelines.frame import Frame, Image
from pipelines.parameters import Parameters, choice
from pipelines.pipeline import Pipeline
from pipelines.result import Key, Reading, Result, Wheel
from pipelines.signs import BLUE, ORANGE, colours

Floats = NDArray[np.float32]
Operator = Literal["sobel-3", "sobel-5", "sobel-7", "scharr"]
WEIGHTS = {"sobel-3": 8.0, "sobel-5": 128.0, "sobel-7": 2048.0, "scharr": 32.0}
"""What an operator answers to a brightness that rises by 1 a pixel."""
KEYS = {
    "across": (
        Key(Text("brighter to the right", "右に向かって明るい"), ORANGE),
        Key(Text("brighter to the left", "左に向かって明るい"), BLUE),
    ),
    "down": (
        Key(Text("brighter downwards", "下に向かって明るい"), ORANGE),
        Key(Text("brighter upwards", "上に向かって明るい"), BLUE),
    ),
}


class SobelParameters(Parameters, frozen=True):
    """The operator of 1968 on the picture as it is."""

    view: Annotated[
        Literal["magnitude", "direction", "across", "down"],
        choice(
            title=Text("Show", "表示"),
            titles={
                "magnitude": Text("how steep", "傾きの大きさ"),
                "direction": Text("in which direction", "傾きの方向"),
                "across": Text("from left to right", "横方向の成分"),
                "down": Text("from top to bottom", "縦方向の成分"),
            },
            help=Text(
                "The direction is the one in which it gets brighter, at a right angle to the edge.",
                "方向は明るくなる向きで、輪郭とは直角です。",
            ),
        ),
    ] = "magnitude"
    operator: Annotated[
        Operator,
        choice(
            title=Text("Operator", "オペレータ"),
            titles={
                "sobel-3": Text("Sobel 3×3", "Sobel 3×3"),
                "sobel-5": Text("Sobel 5×5", "Sobel 5×5"),
                "sobel-7": Text("Sobel 7×7", "Sobel 7×7"),
                "scharr": Text("Scharr 3×3", "Scharr 3×3"),
            },
            help=Text(
                "Larger ones look at more pixels and mind noise less; Scharr's is the truest to directions.",
                "大きいほど多くの画素を見るのでノイズに強く、Scharr は方向が最も正確です。",
            ),
        ),
    ] = "sobel-3"
    sigma: Annotated[
        float,
        blur_knob(
            Text(
                "Standard deviation of a Gaussian blur that comes first; 0 leaves the picture as it is.",
                "最初にかけるガウスぼかしの標準偏差です。0 ならぼかしません。",
            )
        ),
    ] = 0.0
    gain: Annotated[
        float,
        gain_knob(
            Text(
                "The slopes, in levels a pixel, are multiplied by this before they are shown.",
                "1 画素あたりの明るさの変化に、この倍率をかけてから表示します。",
            )
        ),
    ] = 8.0


class Sobel(Pipeline[SobelParameters]):
    """Slopes in levels a pixel, whatever the operator."""

    name = "sobel"
    title = Text("Sobel gradient", "Sobel 勾配")
    explanation = Text(
        "Two small kernels measure how the brightness rises from left to right and from top to bottom; "
        "together they say how steep each edge is and which way it faces. Cells of the visual cortex tell "
        "orientations apart in much the same way, and HOG and SIFT are built on these directions.",
        "2 つの小さなカーネルで横方向と縦方向の明るさの変化を測り、"
        "合わせて輪郭の強さと向きを求めます。"
        "視覚野の細胞も似た方法で方位を見分けており、HOG や SIFT もこの向きをもとに作られています。",
    )
    citation = (
        "I. Sobel and G. Feldman, A 3×3 isotropic gradient operator for image processing, Stanford "
        "Artificial Intelligence Project (1968); H. Scharr, Optimale Operatoren in der Digitalen "
        "Bildverarbeitung, University of Heidelberg (2000)."
    )
    kind = "classic"
    parameters = SobelParameters

    def __init__(self) -> None:
        self._across: Floats | None = None
        self._down: Floats | None = None
        self._strength: Floats | None = None

    def process(self, frame: Frame, parameters: SobelParameters) -> Result:
        grey = cv2.cvtColor(frame.image, cv2.COLOR_BGR2GRAY)
        if parameters.sigma > 0:
            grey = cv2.GaussianBlur(grey, (0, 0), parameters.sigma)
        gain, view = parameters.gain, parameters.view
        if view in KEYS:
            slope = self._slope(cast(Image, grey), parameters.operator, view)
            levels = cv2.addWeighted(slope, gain / 2, slope, 0, 128, dtype=cv2.CV_8U)
            picture = cast(Image, cv2.applyColorMap(levels, colours("both")))
            return Result(picture, legend=KEYS[view], signed=True)
        across = self._across = self._slope(cast(Image, grey), parameters.operator, "across", self._across)
        down = self._down = self._slope(cast(Image, grey), parameters.operator, "down", self._down)
        steepness = cast(Floats, cv2.magnitude(across, down, self._strength))
        self._strength = steepness
        strength = cast(Image, cv2.convertScaleAbs(steepness, alpha=gain))
        steepest = Reading("steepest", STEEPEST, cv2.minMaxLoc(steepness)[1], LEVELS, 1)
        if view == "magnitude":
            return Result(strength, readings=(steepest,))
        # pictures count rows downwards, directions go from the right over the top
        degrees = cv2.phase(across, np.negative(down, out=down), angleInDegrees=True)
        levels = colour_wheel.levels_of(cast(Floats, degrees), 360)
        return Result(colour_wheel.painted(levels, strength), readings=(steepest,), wheel=_wheel())

    def _slope(self, grey: Image, operator: Operator, view: str, memory: Floats | None = None) -> Floats:
        """(h, w) levels a pixel, to the right or downwards."""
        x, y = (1, 0) if view == "across" else (0, 1)
        size = cv2.FILTER_SCHARR if operator == "scharr" else int(operator[-1])
        slope = cv2.Sobel(grey, cv2.CV_32F, x, y, dst=memory, ksize=size, scale=1 / WEIGHTS[operator])
        return cast(Floats, slope)


STEEPEST, LEVELS = Text("Steepest slope", "最も急な傾き"), "/px"


@functools.cache
def _wheel() -> Wheel:
    return colour_wheel.wheel(Text("Towards which side it is brighter", "明るくなる方向"), 360)
