"""The Ultra-Light-Fast-Generic-Face-Detector, whose file decodes its anchors itself.

Source: Linzaer, github.com/Linzaer/Ultra-Light-Fast-Generic-Face-Detector-1MB (2019), built like SSD:
W. Liu et al., "SSD: single shot multibox detector", ECCV 2016.
"""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np

from models.detectors.finding import Heat
from models.detectors.layout import Cells, Fitted, Outputs, has, heat_of
from models.runtimes.network import Intake, Picture, Signature

ANCHORS = {8: 3, 16: 2, 32: 2, 64: 3}
"""How many boxes of different sizes each cell of a stride looks through."""


class UltraLight:
    name = "Ultra-Light"
    outputs = "scores (1 × n × 2), boxes (1 × n × 4)"
    intake = Intake(mean=127, factor=1 / 128, rgb=True)
    overlap = 0.3
    blended: float | None = None

    def fits(self, found: Signature) -> bool:
        if not has(found, {"scores": (1, None, 2), "boxes": (1, None, 4)}):
            return False
        rows, columns = found.inputs[0].shape[2:]
        count = next(output.shape[1] for output in found.outputs if output.name == "scores")
        return bool(rows and columns) and count in (None, _anchors(columns or 0, rows or 0))

    def fitted(self, picture: Picture, long_side: int, found: Signature) -> Fitted:
        """Stretched to the size that it was made for: its anchors are fixed."""
        rows, columns = found.inputs[0].shape[2:]
        size = (columns or 0, rows or 0)
        if picture.shape[1::-1] != size:
            picture = cast(Picture, cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR))
        return Fitted(picture, size)

    def cells(self, outputs: Outputs, size: tuple[int, ...], threshold: float) -> Cells:
        scores = outputs["scores"][0, :, 1]
        sure = np.flatnonzero(scores >= threshold)
        boxes = outputs["boxes"][0, sure] * np.array(size * 2, np.float32)
        return Cells(boxes, scores[sure])

    def heat(self, outputs: Outputs, fitted: Fitted) -> tuple[Heat, ...]:
        """Of each cell the surest of its anchors."""
        scores, at, found = outputs["scores"][0, :, 1], 0, []
        for stride, anchors in ANCHORS.items():
            columns, rows = _grid(fitted.size, stride)
            part = scores[at : at + rows * columns * anchors].reshape(rows, columns, anchors)
            found.append(heat_of(stride, part.max(2), fitted))
            at += rows * columns * anchors
        return tuple(found)


def _grid(size: tuple[int, int], stride: int) -> tuple[int, int]:
    return -(-size[0] // stride), -(-size[1] // stride)


def _anchors(columns: int, rows: int) -> int:
    grids = {stride: _grid((columns, rows), stride) for stride in ANCHORS}
    return sum(wide * high * ANCHORS[stride] for stride, (wide, high) in grids.items())
