"""Another detector that looks at the same pictures and tells what it thinks of each cell.

Labels miss faces in the background and say nothing about what merely looks like one. Source: G. Hinton,
O. Vinyals and J. Dean, "Distilling the knowledge in a neural network", arXiv:1503.02531 (2015).
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.evaluation.pictures import Image

STRIDES = (8, 16, 32)
"""The teacher's cells have to be those of the network that learns."""


class Lesson(NamedTuple):
    """Every cell of all scales in one row, of which there are k."""

    faces: NDArray[np.float32]
    """(k,) how surely there is a face, 0 to 1."""
    boxes: NDArray[np.float32]
    """(k, 4): x1, y1, x2, y2 in pixels."""


class Teacher:
    """A detector of YuNet's layout, by ONNX Runtime on one thread of the CPU.

    Source: W. Wu, H. Peng and S. Yu, "YuNet: A tiny millisecond-level face detector", MIR 20 (2023).
    """

    def __init__(self, file: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])

    def look(self, image: Image) -> Lesson:
        """`image` is (h, w, 3) BGR, both multiples of 32."""
        height, width = image.shape[:2]
        given = np.ascontiguousarray(image.transpose(2, 0, 1)[None], np.float32)
        names = [output.name for output in self._session.get_outputs()]
        said = dict(zip(names, self._session.run(None, {"input": given}), strict=True))
        parts = [_cells(said, stride, height // stride, width // stride) for stride in STRIDES]
        return Lesson(
            np.concatenate([part.faces for part in parts]), np.concatenate([p.boxes for p in parts])
        )


def checksum(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _cells(said: dict[str, NDArray[np.float32]], stride: int, rows: int, columns: int) -> Lesson:
    faces = np.sqrt(said[f"cls_{stride}"].clip(0, 1) * said[f"obj_{stride}"].clip(0, 1)).reshape(-1)
    box = said[f"bbox_{stride}"].reshape(-1, 4)
    y, x = np.divmod(np.arange(rows * columns), columns)
    middle = (np.stack([x, y], 1) + box[:, :2]) * stride
    half = np.exp(box[:, 2:].clip(max=6)) * stride / 2
    return Lesson(faces, np.concatenate([middle - half, middle + half], 1).astype(np.float32))
