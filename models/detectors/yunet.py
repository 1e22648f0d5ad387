"""YuNet in the layout that OpenCV's own decoder reads.

Source: W. Wu, H. Peng and S. Yu, "YuNet: a tiny millisecond-level face detector", Machine Intelligence
Research 20, 656-665 (2023); decoding as in `cv2.FaceDetectorYN`.
"""

from __future__ import annotations

import numpy as np

from models.detectors.finding import Floats, Heat
from models.detectors.layout import Cells, Fitted, Outputs, has, heat_of, shrunk_and_padded, together
from models.runtimes.network import Intake, Picture, Signature

STRIDES = (8, 16, 32)
MULTIPLE = 32


class YuNet:
    name = "YuNet"
    outputs = "cls_8 … cls_32, obj_8 … obj_32 (1 × n × 1), bbox_8 … bbox_32 (1 × n × 4)"
    intake = Intake()
    overlap = 0.3
    blended: float | None = None

    def fits(self, found: Signature) -> bool:
        sides = {"cls": 1, "obj": 1, "bbox": 4}
        return has(found, {f"{kind}_{s}": (1, None, n) for kind, n in sides.items() for s in STRIDES})

    def fitted(self, picture: Picture, long_side: int, found: Signature) -> Fitted:
        return shrunk_and_padded(picture, long_side, found, MULTIPLE)

    def cells(self, outputs: Outputs, size: tuple[int, ...], threshold: float) -> Cells:
        return together([self._scale(outputs, stride, size[0] // stride, threshold) for stride in STRIDES])

    def heat(self, outputs: Outputs, fitted: Fitted) -> tuple[Heat, ...]:
        height, width = fitted.picture.shape[:2]
        return tuple(
            heat_of(
                stride,
                np.sqrt(_products(outputs, stride)).reshape(height // stride, width // stride),
                fitted,
            )
            for stride in STRIDES
        )

    def _scale(self, outputs: Outputs, stride: int, columns: int, threshold: float) -> Cells:
        """The middle of a box is counted from the upper left corner of its cell, not from its middle."""
        products = _products(outputs, stride)
        sure = np.flatnonzero(products >= threshold**2)
        if not len(sure):
            return Cells(np.empty((0, 4), np.float32), np.empty(0, np.float32))
        said = outputs[f"bbox_{stride}"].reshape(-1, 4)[sure]
        corners = np.stack([sure % columns, sure // columns], 1).astype(np.float32)
        middles, halves = (corners + said[:, :2]) * stride, np.exp(said[:, 2:]) * (stride / 2)
        return Cells(np.concatenate([middles - halves, middles + halves], 1), np.sqrt(products[sure]))


def _products(outputs: Outputs, stride: int) -> Floats:
    """(n,): the square of each cell's score."""
    return outputs[f"cls_{stride}"].reshape(-1) * outputs[f"obj_{stride}"].reshape(-1)
