"""The project's own detector: `models/networks/in_pixels.py` says what its outputs are."""

from __future__ import annotations

import numpy as np

from models.detectors.finding import Heat
from models.detectors.layout import Cells, Fitted, Outputs, has, heat_of, shrunk_and_padded, together
from models.runtimes.network import Intake, Picture, Signature, Tensor

STRIDES = (8, 16, 32)
MULTIPLE = 32
SIGNATURE = Signature(
    (Tensor("picture", (None, 3, None, None)),),
    (
        *(Tensor(f"face_{stride}", (None, 1, None, None)) for stride in STRIDES),
        *(Tensor(f"box_{stride}", (None, 4, None, None)) for stride in STRIDES),
    ),
)


class Ours:
    name = "Fusiform"
    outputs = "face_8, face_16, face_32 (n × 1 × h × w), box_8, box_16, box_32 (n × 4 × h × w)"
    intake = Intake()
    overlap = 0.4
    blended: float | None = 0.6

    def fits(self, found: Signature) -> bool:
        return has(found, dict(SIGNATURE.outputs))

    def fitted(self, picture: Picture, long_side: int, found: Signature) -> Fitted:
        return shrunk_and_padded(picture, long_side, found, MULTIPLE)

    def cells(self, outputs: Outputs, size: tuple[int, ...], threshold: float) -> Cells:
        return together([self._scale(outputs, stride, threshold) for stride in STRIDES])

    def heat(self, outputs: Outputs, fitted: Fitted) -> tuple[Heat, ...]:
        return tuple(heat_of(stride, outputs[f"face_{stride}"][0, 0], fitted) for stride in STRIDES)

    def _scale(self, outputs: Outputs, stride: int, threshold: float) -> Cells:
        faces = outputs[f"face_{stride}"].reshape(-1)
        sure = np.flatnonzero(faces >= threshold)
        if not len(sure):  # its boxes are not even fetched then
            return Cells(np.empty((0, 4), np.float32), np.empty(0, np.float32))
        return Cells(outputs[f"box_{stride}"].reshape(4, -1)[:, sure].T, faces[sure])
