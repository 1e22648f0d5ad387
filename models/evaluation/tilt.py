"""How far a head may be tilted: pictures turned, and in them the faces that a cascade finds upright."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import cast

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models.evaluation.pictures import Boxes, Image, Picture
from models.evaluation.precision import Bools, overlaps

ANGLES = (-45, -30, -15, 0, 15, 30, 45)
LIMIT = 0.3
Find = Callable[[Image], Boxes]
"""(n, 4) x, y, width, height of what a detector finds in a picture."""


class Tilt(Struct, frozen=True):
    """At `degrees`, anticlockwise, `found` of `faces` were found."""

    degrees: int
    faces: int
    found: int

    @property
    def share(self) -> float:
        return self.found / self.faces if self.faces else float("nan")


def tilted(
    pictures: Sequence[Picture], upright: Find, detectors: Sequence[Find], angles: Sequence[int] = ANGLES
) -> Iterator[tuple[Tilt, ...]]:
    """For each angle what each of `detectors` finds of the faces that `upright` finds in it as it is.

    A face is found where a box overlaps the upright box around it, turned, by `LIMIT`.
    """
    chosen = [(picture, faces) for picture in pictures if len(faces := _found_upright(picture, upright))]
    total = sum(len(faces) for _picture, faces in chosen)
    for degrees in angles:
        hits = [0] * len(detectors)
        for picture, faces in chosen:
            image, matrix = turned(picture.image(), degrees)
            wanted = turned_boxes(faces, matrix)
            for number, find in enumerate(detectors):
                hits[number] += int(_are_found(wanted, find(image)).sum())
        yield tuple(Tilt(degrees, total, found) for found in hits)


def turned(image: Image, degrees: float) -> tuple[Image, NDArray[np.float64]]:
    """The whole picture, turned anticlockwise on a larger grey ground; and (2, 3) from old to new pixels."""
    height, width = image.shape[:2]
    matrix: NDArray[np.float64] = np.array(cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0))
    size = np.abs(matrix[:, :2]) @ (width, height)
    matrix[:, 2] += (size - (width, height)) / 2
    room = tuple(int(side) for side in np.ceil(size))
    grey = (127, 127, 127)
    made = cv2.warpAffine(image, matrix, room, flags=cv2.INTER_LINEAR, borderValue=grey)
    return cast(Image, made), matrix


def turned_boxes(boxes: Boxes, matrix: NDArray[np.float64]) -> Boxes:
    """Upright boxes around the turned faces, each taken for an ellipse: of a turned box they would grow."""
    half = boxes[:, 2:] / 2
    middle = (boxes[:, :2] + half) @ matrix[:, :2].T + matrix[:, 2]
    reach = np.sqrt(half**2 @ (matrix[:, :2] ** 2).T)
    return np.concatenate([middle - reach, 2 * reach], 1).astype(np.float32)


def _found_upright(picture: Picture, upright: Find) -> Boxes:
    wanted: Boxes = picture.boxes[~picture.ignored]
    if len(wanted) == 0:
        return wanted
    faces: Boxes = wanted[_are_found(wanted, upright(picture.image()))]
    return faces


def _are_found(wanted: Boxes, boxes: Boxes) -> Bools:
    if len(boxes) == 0:
        return np.zeros(len(wanted), bool)
    return cast(Bools, (overlaps(boxes[:, :4], wanted)[0] >= LIMIT).any(0))
