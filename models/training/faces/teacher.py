"""Another detector that looks at the same pictures and tells what it sees.

Labels miss faces in the background and say nothing about what merely looks like one; and they say where the
faces are, not how to tell. Sources: G. Hinton, O. Vinyals and J. Dean, "Distilling the knowledge in a neural
network", arXiv:1503.02531 (2015); A. Romero et al., "FitNets: hints for thin deep nets", ICLR (2015).
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from models.detectors.layout import Cells
from models.detectors.suppression import best_of
from models.detectors.yunet import STRIDES, YuNet
from models.evaluation.pictures import Image

YUNET = YuNet()
"""Its cells are those of the network that learns."""
CHANNELS = 64
"""Of the teacher's features."""
ENLARGED = 2.0
"""How large a whole picture is shown to the teacher: twice its pixels show what is too small for it."""
FLOOR = 0.3
"""The least score of a face that it tells."""
OVERLAP = 0.4
LAST = "bbox_head.multi_level_cls.{}.conv1.weight"
"""Weights of the layer that reads the last features, which all that the teacher says is read from."""


class TeacherError(ValueError):
    """The file is not a detector of the layout that can teach."""


class Lesson(NamedTuple):
    """What it sees in each cell. Every cell of all scales in one row, of which there are k."""

    faces: NDArray[np.float32]
    """(k,) how surely there is a face, 0 to 1."""
    boxes: NDArray[np.float32]
    """(k, 4): x1, y1, x2, y2 in pixels."""
    features: tuple[NDArray[np.float32], ...]
    """(CHANNELS, rows, columns) for each scale, 0 or more."""


class Teacher:
    """A detector of YuNet's layout, by ONNX Runtime on one thread of the CPU.

    Source: W. Wu, H. Peng and S. Yu, "YuNet: A tiny millisecond-level face detector", MIR 20 (2023).
    """

    def __init__(self, file: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        model, self._features = _opened(file)
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._names = [output.name for output in self._session.get_outputs()]

    def look(self, image: Image) -> Lesson:
        """`image` is (h, w, 3) BGR, both multiples of 32."""
        height, width = image.shape[:2]
        given = np.ascontiguousarray(image.transpose(2, 0, 1)[None], np.float32)
        said = dict(zip(self._names, self._session.run(None, {"input": given}), strict=True))
        cells = YUNET.cells(said, (width, height), 0.0)
        return Lesson(cells.scores, cells.boxes, tuple(said[name][0] for name in self._features))

    def find(self, image: Image) -> NDArray[np.float32]:
        """(n, 5) x, y, width, height, score of the faces in a whole picture, (h, w, 3) BGR, in its pixels."""
        large = cv2.resize(image, None, fx=ENLARGED, fy=ENLARGED, interpolation=cv2.INTER_LINEAR)
        height, width = large.shape[:2]
        padded = cv2.copyMakeBorder(large, 0, -height % 32, 0, -width % 32, cv2.BORDER_CONSTANT)
        lesson = self.look(cast(Image, padded))
        sure = lesson.faces >= FLOOR
        found = best_of(Cells(lesson.boxes[sure] / ENLARGED, lesson.faces[sure]), OVERLAP)
        corners = found.boxes[:, :2]
        return np.concatenate([corners, found.boxes[:, 2:] - corners, found.scores[:, None]], 1)


def checksum(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _opened(file: Path) -> tuple[bytes, list[str]]:
    """The model, which tells its last features as well, and their names."""
    import onnx
    from google.protobuf.message import DecodeError

    try:
        model = onnx.load(file)
        read_by = {node.input[1]: node.input[0] for node in model.graph.node if node.op_type == "Conv"}
        names = [read_by[LAST.format(scale)] for scale in range(len(STRIDES))]
    except (DecodeError, KeyError) as error:
        raise TeacherError(file.name) from error
    shape: list[str | int | None] = ["batch", CHANNELS, "rows", "columns"]
    model.graph.output.extend(
        onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape) for name in names
    )
    return model.SerializeToString(), names
