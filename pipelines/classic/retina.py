"""What an eye sends to the cortex that looks at one point.

Source: E. L. Schwartz, "Spatial mapping in the primate sensory projection: analytic structure and
relevance to perception", Biological Cybernetics 25, 181-194 (1977).
"""

from __future__ import annotations

import functools
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from models.text import Text
from pipelines.aim import Aim
from pipelines.fovea.cortex import Fixation, Size, seen
from pipelines.fovea.eye import brought_back, sent, unrolled
from pipelines.frame import Frame
from pipelines.parameters import Parameters, choice, number
from pipelines.pipeline import Pipeline
from pipelines.result import Points, Reading, Result
from pipelines.two_pictures import corner_of_second, together


class RetinaParameters(Parameters, frozen=True):
    """The eye looks at the middle."""

    view: Annotated[
        Literal["both", "cortex", "back"],
        choice(
            title=Text("Show", "表示"),
            titles={
                "both": Text("field and cortex", "視野と皮質"),
                "cortex": Text("the cortex", "皮質"),
                "back": Text("what is left of the field", "皮質から戻した視野"),
            },
            help=Text(
                "The field is brought back from the cortex: it has lost what the cortex does not know.",
                "視野は皮質の像から戻したものです。皮質に届かなかった細部は失われています。",
            ),
        ),
    ] = "both"
    x: Annotated[
        float,
        number(
            0.0,
            100.0,
            step=0.1,
            unit="%",
            title=Text("Fixation across", "注視点（横）"),
            help=Text(
                "Where the eye looks, from the left edge. A click on the picture moves it there.",
                "目を向ける位置（左端から）です。画像をクリックすると注視点がそこへ移ります。",
            ),
        ),
    ] = 50.0
    y: Annotated[
        float,
        number(
            0.0,
            100.0,
            step=0.1,
            unit="%",
            title=Text("Fixation down", "注視点（縦）"),
            help=Text("From the upper edge.", "上端からの位置です。"),
        ),
    ] = 50.0
    fovea: Annotated[
        float,
        number(
            0.5,
            30.0,
            step=0.5,
            unit="%",
            title=Text("Fovea", "中心窩"),
            help=Text(
                "At this distance from the fixation, in per cent of the height, things are half as large in "
                "the cortex as in the middle. For us it is not quite one degree: a thumb's width at arm's "
                "length.",
                "注視点からこの距離（画像の高さに対する割合）で、皮質での大きさが中央の半分になります。"
                "人の目では 1 度弱、腕を伸ばしたときの親指の幅ほどです。",
            ),
        ),
    ] = 4.0
    kept: Annotated[
        float,
        number(
            1.0,
            100.0,
            step=1.0,
            unit="%",
            title=Text("Numbers sent on", "送る数"),
            help=Text(
                "Of as many as the picture has pixels. The optic nerve has one fibre for a hundred "
                "receptors.",
                "画像の画素数に対する割合です。視神経の線維は、視細胞およそ 100 個に 1 本しかありません。",
            ),
        ),
    ] = 10.0


class Retina(Pipeline[RetinaParameters]):
    """Both ways: from the field to the cortex, and back from there."""

    name = "retina"
    title = Text("Retina and cortex", "網膜と皮質")
    explanation = Text(
        "Half of the visual cortex looks at a small spot around the point that the eye is fixed on, and all "
        "the rest of the field gets what is left: a log-polar map. Click somewhere else to move the eye, and "
        "see how the sharp place moves with it while a face beside it melts away.",
        "視覚野の半分は注視点のまわりの小さな範囲を受け持ち、残りの視野は残りの半分に押し込まれます"
        "（対数極座標の地図）。"
        "別の場所をクリックして目を動かすと、鮮明な場所も一緒に動き、脇に外れた顔はぼやけてしまいます。",
    )
    citation = (
        "E. L. Schwartz, Spatial mapping in the primate sensory projection: analytic structure and relevance "
        "to perception, Biological Cybernetics 25, 181-194 (1977)."
    )
    kind = "classic"
    parameters = RetinaParameters

    def process(self, frame: Frame, parameters: RetinaParameters) -> Result:
        width, height = frame.size
        at = parameters.x / 100 * width, parameters.y / 100 * height
        fixation = Fixation(frame.size, at, max(parameters.fovea / 100 * height, 0.1))
        share = (parameters.kept / 100) ** 0.5
        size = max(2, round(width * share)), max(2, round(height * share))
        sent_on = sent(frame.image, fixation, size)
        cortex = unrolled(sent_on, fixation)
        readings = _readings(fixation)
        in_cortex = width / 2, height / 2
        if parameters.view == "cortex":
            aim = Aim(FIELDS, _aims_of_cortex(fixation))
            return Result(cortex, _marks(in_cortex), readings, aim=aim, shows="other")
        field = brought_back(sent_on, fixation)
        if parameters.view == "back":
            return Result(field, _marks(at), readings, aim=Aim(FIELDS))
        left, top = corner_of_second(frame.size)
        marks = _marks(at, (in_cortex[0] + left, in_cortex[1] + top))
        picture = together(field, cortex)
        aim = Aim(FIELDS, _aims_of_both(fixation))
        return Result(picture, marks, readings, aim=aim, shows=(0, 0, width, height))


FIELDS = ("x", "y")


def _marks(*places: tuple[float, float]) -> tuple[Points, ...]:
    return (Points(np.array(places, np.float32), role="second"),)


@functools.lru_cache(maxsize=2)
def _aims(size: Size) -> NDArray[np.float32]:
    """(h, w, 2): each pixel of the picture itself, in per cent of its width and height."""
    width, height = size
    x, y = np.meshgrid((np.arange(width) + 0.5) / width, (np.arange(height) + 0.5) / height)
    return (100 * np.stack([x, y], 2)).astype(np.float32)


@functools.lru_cache(maxsize=2)
def _aims_of_cortex(fixation: Fixation) -> NDArray[np.float32]:
    """(h, w, 2): where in the picture that lies which each pixel of the cortex sees."""
    found = seen(fixation, fixation.size)
    places = np.stack([found.x, found.y], 2) + 0.5
    values: NDArray[np.float32] = (100 * places / np.array(fixation.size)).astype(np.float32)
    return values.clip(0, 100)


@functools.lru_cache(maxsize=2)
def _aims_of_both(fixation: Fixation) -> NDArray[np.float32]:
    left, top = corner_of_second(fixation.size)
    width, height = fixation.size
    values = np.full((top + height, left + width, 2), np.nan, np.float32)
    values[:height, :width] = _aims(fixation.size)
    values[top:, left:] = _aims_of_cortex(fixation)
    return values


def _readings(fixation: Fixation) -> tuple[Reading, ...]:
    """How little of the field half of the cortex is for."""
    width, height = fixation.size
    half = fixation.fovea * float(np.expm1(np.log1p(fixation.reach / fixation.fovea) / 2))
    share = 100 * min(1.0, np.pi * half**2 / (width * height))
    return (
        Reading("half", Text("Half of the cortex sees", "皮質の半分が見る範囲"), share, "%", 1),
        Reading("radius", Text("A disc of radius", "その半径"), half, "px"),
    )
