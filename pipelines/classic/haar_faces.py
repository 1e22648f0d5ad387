"""Faces and other things by a cascade of boosted light-and-dark patterns.

Source: P. Viola and M. Jones, "Rapid object detection using a boosted cascade of simple features",
CVPR 2001.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, cast

import cv2
import numpy as np
from cv2.data import haarcascades
from numpy.typing import NDArray

from models.text import Text
from pipelines.detector import Detector, DetectorParameters
from pipelines.frame import Frame, Image
from pipelines.haar.cascade import Boxes, Cascade, Detections
from pipelines.haar.cascades import FACES, SHIPPED, TITLES, CascadeName
from pipelines.parameters import choice, number, switch
from pipelines.result import Box, Reading, Result, Role

SMILE_NEIGHBOURS = 20  # with 3 a face that has a smile gets nearly two of them


class HaarParameters(DetectorParameters, frozen=True):
    """Scale step and neighbours are `detectMultiScale`'s own defaults, as in the lecture."""

    cascade: Annotated[
        CascadeName,
        choice(
            title=Text("Cascade", "カスケード"),
            titles=TITLES,
            help=Text(
                "What is looked for: all the cascades that come with OpenCV.",
                "何を探すかを選びます。OpenCV に付属するすべてのカスケードを使えます。",
            ),
        ),
    ] = "frontal-face"
    threshold: Annotated[
        float,
        number(
            0.0,
            40.0,
            step=0.1,
            title=Text("Least score", "スコアの下限"),
            help=Text(
                "How far above the bar of the last stage a find must be. 0 keeps all that OpenCV finds.",
                "最後の段の合格線をどれだけ上回れば採用するかを決めます。"
                "0 なら OpenCV の検出をすべて残します。",
            ),
        ),
    ] = 0.0
    scale_factor: Annotated[
        float,
        number(
            1.03,
            2.0,
            step=0.01,
            unit="×",
            title=Text("Scale step", "拡大率"),
            help=Text(
                "How much larger the window grows from one round to the next. "
                "Smaller steps find more and take longer.",
                "探索窓を 1 回ごとに何倍に広げるかを決めます。小さいほど見落としは減りますが、遅くなります。",
            ),
        ),
    ] = 1.1
    neighbours: Annotated[
        int,
        number(
            0,
            30,
            step=1,
            title=Text("Neighbours", "近傍数"),
            help=Text(
                "More than this many windows must agree on one place. 0 shows every single window.",
                "同じ場所でこの数より多くの窓が一致したときだけ検出とします。0 なら窓を 1 つずつ示します。",
            ),
        ),
    ] = 3
    minimum_size: Annotated[
        int,
        number(
            0,
            1000,
            step=1,
            unit="px",
            title=Text("Minimum size", "最小の大きさ"),
            help=Text(
                "Smaller things are not looked for; the fewer sizes, the faster.",
                "これより小さいものは探しません。調べる大きさが減るほど速くなります。",
            ),
        ),
    ] = 40
    long_side: Annotated[
        int,
        number(
            160,
            1920,
            step=10,
            unit="px",
            title=Text("Working size", "処理サイズ"),
            help=Text(
                "Larger pictures are scaled down to this long side for the search. "
                "Small means fast, but small faces are missed.",
                "これより大きい画像は、長辺をこの大きさに縮めてから探します。"
                "小さいと速くなりますが、小さな顔を見落とします。",
            ),
        ),
    ] = 640
    eyes: Annotated[
        bool,
        switch(
            title=Text("Eyes in faces", "顔の中の目"),
            help=Text(
                "Looks for eyes in the upper part of every face.", "見つけた顔の上のほうで目を探します。"
            ),
            when=("cascade", FACES),
        ),
    ] = False
    smile: Annotated[
        bool,
        switch(
            title=Text("Smile in faces", "顔の中の笑顔"),
            help=Text(
                "Looks for a smiling mouth in the lower half of every face.",
                "見つけた顔の下半分で、笑っている口を探します。",
            ),
            when=("cascade", FACES),
        ),
    ] = False


class HaarFaces(Detector[HaarParameters]):
    """Boxes are `detectMultiScale`'s, in pixels of the frame; cascades are loaded when first asked for."""

    name = "haar-faces"
    title = Text("Haar cascade", "Haar カスケード")
    explanation = Text(
        "Windows of every size slide over the picture, and simple light-and-dark patterns test them stage by "
        "stage; most windows are given up early, which is why the cascade is fast. "
        "It knows only what it was trained on, so tilt your head or cover an eye and watch it fail.",
        "いろいろな大きさの窓を画像の上で動かし、単純な明暗のパターンで段階的に調べます。"
        "ほとんどの窓は最初の数段で捨てられるので高速ですが、学習した見え方しか知らないため、"
        "頭を傾けたり片目を隠したりすると検出に失敗します。",
    )
    citation = (
        "P. Viola and M. Jones, Rapid object detection using a boosted cascade of simple features, "
        "CVPR 2001; "
        "R. Lienhart and J. Maydt, An extended set of Haar-like features for rapid object detection, "
        "ICIP 2002."
    )
    kind = "classic"
    parameters = HaarParameters

    def __init__(self) -> None:
        self._cascades: dict[CascadeName, Cascade] = {}

    def close(self) -> None:
        self._cascades.clear()

    def find(self, frame: Frame, parameters: HaarParameters) -> Result:
        grey, scale = _shrunk(frame, parameters.long_side)
        minimum = round(parameters.minimum_size / scale.max())
        found = self._find(grey, parameters.cascade, parameters, parameters.neighbours, minimum)
        found = found.from_score(parameters.threshold)
        marks = [*_marks(found, parameters.cascade, scale, "first")]
        if parameters.cascade in FACES:
            marks += self._parts(grey, found.boxes, parameters, scale)
        return Result(
            frame.image,
            tuple(marks),
            (
                Reading("found", Text("Found", "検出数"), len(found.boxes)),
                Reading("windows", Text("Accepted windows", "合格した窓"), found.windows),
            ),
        )

    def _find(
        self, grey: Image, name: CascadeName, parameters: HaarParameters, neighbours: int, minimum: int = 0
    ) -> Detections:
        if name not in self._cascades:
            self._cascades[name] = Cascade(Path(haarcascades) / SHIPPED[name].file)
        return self._cascades[name].find(grey, parameters.scale_factor, neighbours, minimum)

    def _parts(
        self, grey: Image, faces: Boxes, parameters: HaarParameters, scale: NDArray[np.float64]
    ) -> Iterator[Box]:
        """Eyes in the upper three fifths of each face, a smile in its lower half."""
        for x, y, width, height in faces.tolist():
            if parameters.eyes:
                upper = grey[y : y + round(0.6 * height), x : x + width]
                eyes = self._find(upper, "eye", parameters, parameters.neighbours)
                yield from _marks(eyes.moved(x, y), "eye", scale, "second")
            if parameters.smile:
                middle = y + height // 2
                lower = grey[middle : y + height, x : x + width]
                smiles = self._find(lower, "smile", parameters, max(parameters.neighbours, SMILE_NEIGHBOURS))
                yield from _marks(smiles.moved(x, middle), "smile", scale, "second")


def _shrunk(frame: Frame, long_side: int) -> tuple[Image, NDArray[np.float64]]:
    """The frame in grey, its long side at most `long_side`; frame pixels per pixel of it in x and y."""
    grey = cast(Image, cv2.cvtColor(frame.image, cv2.COLOR_BGR2GRAY))
    share = long_side / max(frame.size)
    if share >= 1:
        return grey, np.ones(2)
    size = np.maximum(np.rint(np.array(frame.size) * share), 1).astype(int)
    small = cast(Image, cv2.resize(grey, size.tolist(), interpolation=cv2.INTER_AREA))
    return small, frame.size / size


def _marks(found: Detections, name: CascadeName, scale: NDArray[np.float64], role: Role) -> Iterator[Box]:
    thing = SHIPPED[name].thing
    boxes = (found.boxes * np.tile(scale, 2)).tolist()
    for (x, y, width, height), score in zip(boxes, found.scores.tolist(), strict=True):
        yield Box((x, y, width, height), thing.label, score, role, thing.title)
