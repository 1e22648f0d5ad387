"""Faces and other things by a cascade of boosted light-and-dark patterns.

Source: P. Viola and M. Jones, "Rapid object detection using a boosted cascade of simple features",
CVPR 2001.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import cast

import cv2
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from models.errors import PipelineError
from models.text import Text
from pipelines.detector import Detector
from pipelines.frame import Frame, Image
from pipelines.haar.cascade import Boxes, Cascade, Detections
from pipelines.haar.cascades import FACES
from pipelines.haar.inside import Inside, found_in, view_of
from pipelines.haar.own import file_of, thing_of
from pipelines.haar.reading import OldCascadeError
from pipelines.haar.search import Searched
from pipelines.haar.values import HaarParameters
from pipelines.result import Box, Reading, Result, Role
from pipelines.status import Status

SMILE_NEIGHBOURS = 20  # with 3 a face that has a smile gets nearly two of them


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
        self._cascades: dict[str, Cascade] = {}
        self._inside = Inside()
        self._notice: Text | None = None
        self._subject: Text | None = None

    def prepare(self, parameters: HaarParameters) -> None:
        if parameters.view != "picture":
            with suppress(PipelineError):  # `process` says it
                self._inside.prepare(parameters.cascade)

    def close(self) -> None:
        self._cascades.clear()
        self._inside.close()

    def status(self) -> Status | None:
        return Status(notice=self._notice, subject=self._subject)

    def find(self, frame: Frame, parameters: HaarParameters) -> Result:
        inside = parameters.view != "picture"
        grey, scale = _shrunk(frame, parameters.inside_side if inside else parameters.long_side)
        minimum = round(parameters.minimum_size / scale.max())
        self._notice = self._subject = None
        searched = self._searched(grey, parameters, minimum) if inside else None
        if searched is None:
            found = self._find(grey, parameters.cascade, parameters, parameters.neighbours, minimum)
            shown = Result(frame.image)
        else:
            self._subject = _subject(parameters)
            found = found_in(searched, parameters.neighbours, grey.shape)
            shown = view_of(frame, grey, searched, parameters, scale)
        found = found.from_score(parameters.threshold)
        marks = [*_marks(found, parameters.cascade, scale, "first")]
        if parameters.cascade in FACES:
            marks += self._parts(grey, found.boxes, parameters, scale)
        readings = (
            Reading("found", Text("Found", "検出数"), len(found.boxes)),
            Reading("windows", Text("Accepted windows", "合格した窓"), found.windows),
        )
        return replace(shown, marks=(*shown.marks, *marks), readings=(*readings, *shown.readings))

    def _searched(self, grey: Image, parameters: HaarParameters, minimum: int) -> Searched | None:
        """`None` where one cannot look into the cascade, which the notice says."""
        try:
            return self._inside.searched(grey, parameters.cascade, parameters.scale_factor, minimum)
        except OldCascadeError as error:
            self._notice = error.text
            return None

    def _find(
        self, grey: Image, name: str, parameters: HaarParameters, neighbours: int, minimum: int = 0
    ) -> Detections:
        if name not in self._cascades:
            self._cascades[name] = Cascade(file_of(name))
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


def _subject(parameters: HaarParameters) -> Text | None:
    """By which several lanes of one cascade are told apart."""
    if parameters.view != "stages" or not parameters.stage:
        return None
    return Text("after stage {n}", "{n} 段目の後").filled(n=parameters.stage)


def _marks(found: Detections, name: str, scale: NDArray[np.float64], role: Role) -> Iterator[Box]:
    thing = thing_of(name)
    boxes = (found.boxes * np.tile(scale, 2)).tolist()
    for (x, y, width, height), score in zip(boxes, found.scores.tolist(), strict=True):
        yield Box((x, y, width, height), thing.label, score, role, thing.title)
