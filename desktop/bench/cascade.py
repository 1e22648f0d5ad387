"""`haar/inside-320`: what it costs to look into a cascade at work, against OpenCV's search alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import cv2

from desktop.bench.case import Case, Effort, Goal, Row
from desktop.bench.interleave import median_times
from desktop.bench.pipelines import PICTURES, pictures
from pipelines.classic.haar_faces import HaarFaces
from pipelines.frame import Frame
from pipelines.haar.own import file_of
from pipelines.haar.values import HaarParameters

NAME = "haar/inside-320"
SIZE = (320, 240)
GOAL = Goal("ratio", "<=", 8)


def cases() -> Iterator[Case]:
    yield Case(NAME, _measure)


def _measure(effort: Effort) -> Iterator[Row]:
    parameters = HaarParameters(view="stages", inside_side=SIZE[0])
    reference = cv2.CascadeClassifier(str(file_of(parameters.cascade)))
    smallest = parameters.minimum_size

    def bare(frame: Frame) -> None:
        grey = cv2.cvtColor(frame.image, cv2.COLOR_BGR2GRAY)
        reference.detectMultiScale(
            grey, parameters.scale_factor, parameters.neighbours, minSize=(smallest, smallest)
        )

    with closing(HaarFaces()) as inside:
        inside.prepare(parameters)
        value, other = median_times(
            lambda frame: inside.process(frame, parameters), bare, pictures(SIZE, PICTURES), effort.turns
        )
    yield Row(NAME, "ms", GOAL, value * 1000, other * 1000)
