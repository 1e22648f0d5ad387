"""A cascade at work, seen from inside."""

from __future__ import annotations

from typing import NamedTuple, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.aim import Aim
from pipelines.frame import Frame, Image
from pipelines.haar.cascade import Detections, gathered
from pipelines.haar.integral_view import corners, integral_image, integral_view
from pipelines.haar.model import CascadeModel
from pipelines.haar.own import file_of
from pipelines.haar.pyramid import Size
from pipelines.haar.reading import read_model
from pipelines.haar.search import Place, Search, Searched
from pipelines.haar.survival import curve, figures, stage_legend, stage_map
from pipelines.haar.values import HaarParameters
from pipelines.haar.votes import place_at, verdict
from pipelines.heat_map import glowing
from pipelines.result import Box, Mark, Result

FEW = 100
"""Windows that are drawn one by one; more of them hide the picture."""
NEAR = 2.0
"""Percent of the picture: a click this near to what is told already means that it shall go."""
AIM = Aim(("x", "y"), switch="votes", near=NEAR)


class _Wanted(NamedTuple):
    cascade: str
    size: Size
    factor: float
    minimum: int


class Inside:
    """Holds the cascades that were looked into, and the search of the last one."""

    def __init__(self) -> None:
        self._models: dict[str, CascadeModel] = {}
        self._wanted: _Wanted | None = None
        self._search: Search | None = None

    def searched(self, grey: Image, cascade: str, factor: float, minimum: int) -> Searched:
        """All windows of a picture, (h, w), through the cascade.

        Raises:
            OldCascadeError: it is of a format into which one cannot look.
            PipelineError: its file cannot be read.
        """
        wanted = _Wanted(cascade, (grey.shape[1], grey.shape[0]), factor, minimum)
        if self._search is None or wanted != self._wanted:
            self._search = Search(self._model(cascade), wanted.size, factor, minimum)
            self._wanted = wanted
        return self._search.through(grey)

    def prepare(self, cascade: str) -> None:
        """Read its file. Raises as `searched` does."""
        self._model(cascade)

    def close(self) -> None:
        self._models.clear()
        self._search = self._wanted = None

    def _model(self, name: str) -> CascadeModel:
        if name not in self._models:
            self._models[name] = read_model(file_of(name))
        return self._models[name]


def found_in(searched: Searched, neighbours: int, shape: tuple[int, ...]) -> Detections:
    """What `detectMultiScale` makes of the windows that passed, in a picture of this `shape`."""
    return gathered(searched.boxes, searched.sums - searched.model.stages[-1].bar, neighbours, shape)


def view_of(
    frame: Frame, grey: Image, searched: Searched, parameters: HaarParameters, scale: NDArray[np.float64]
) -> Result:
    """The frame from inside, without what was found. `grey` (h, w) is what was searched; `scale` pixels of
    the frame are one of its pixels in x and y.
    """
    place = None
    if parameters.votes:
        across, down = parameters.x / 100 * grey.shape[1], parameters.y / 100 * grey.shape[0]
        place = place_at(searched, across, down)
    if parameters.view == "integral":
        return _integral(frame, grey, searched, place, scale)
    return _stages(frame, grey, searched, place, parameters, scale)


def _stages(
    frame: Frame,
    grey: Image,
    searched: Searched,
    place: Place | None,
    parameters: HaarParameters,
    scale: NDArray[np.float64],
) -> Result:
    stages = len(searched.model.stages)
    stage = min(parameters.stage, stages)
    level = stage_map(searched, (grey.shape[1], grey.shape[0]), stage)
    large = cast(Image, cv2.resize(level, frame.size, interpolation=cv2.INTER_NEAREST))
    marks: list[Mark] = []
    if stage and searched.alive[stage] <= FEW:
        marks += [_outline(box, scale) for box in searched.survivors(stage).tolist()]
    told = None
    if place:
        told = verdict(searched, grey, place, parameters.stage, shown=parameters.anonymise == "off")
        marks.append(Box(_outline(searched.box(place), scale).box, role="second"))
    return Result(
        glowing(frame.image, large),
        tuple(marks),
        figures(searched, stage),
        stage_legend(stages),
        plot=curve(searched),
        verdict=told,
        aim=AIM,
    )


def _integral(
    frame: Frame, grey: Image, searched: Searched, place: Place | None, scale: NDArray[np.float64]
) -> Result:
    sums = integral_image(grey)
    view = integral_view(sums, frame.size)
    marks: tuple[Mark, ...] = ()
    readings = figures(searched, 0)[2:]
    if place:
        marks, total = corners(sums, searched.box(place), scale)
        readings = (total, *readings)
    return Result(view.picture, marks, readings, view.legend, aim=AIM)


def _outline(box: tuple[int, int, int, int], scale: NDArray[np.float64]) -> Box:
    x, y, width, height = (np.array(box) * np.tile(scale, 2)).tolist()
    return Box((x, y, width, height), role="soft")
