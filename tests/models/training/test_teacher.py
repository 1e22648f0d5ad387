"""What a teacher tells: its cells, its last features, and the faces of a whole picture, in its pixels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("onnxruntime")

from models.detectors.yunet import STRIDES
from models.training.faces.teacher import CHANNELS, Teacher, TeacherError
from tests.models.detectors.made import ours, write
from tests.models.training.taught import write_teacher

LIT = (slice(32, 64), slice(64, 96))
"""Rows and columns."""


@pytest.fixture
def teacher(tmp_path: Path) -> Teacher:
    return Teacher(write_teacher(tmp_path / "teacher.onnx"))


def lit(height: int, width: int) -> np.ndarray:
    """Black, with one white square."""
    image = np.zeros((height, width, 3), np.uint8)
    image[LIT] = 255
    return image


def test_a_lesson_says_of_each_cell_what_is_there(teacher: Teacher) -> None:
    lesson = teacher.look(lit(96, 128))
    cells = [(96 // stride, 128 // stride) for stride in STRIDES]
    fine = lesson.faces[: np.prod(cells[0])].reshape(cells[0])
    assert np.array_equal(np.argwhere(fine > 0.5), [(y, x) for y in range(4, 8) for x in range(8, 12)])
    coarse = lesson.faces[-np.prod(cells[2]) :].reshape(cells[2])
    assert np.argwhere(coarse > 0.5).tolist() == [[1, 2]]
    box = lesson.boxes[-np.prod(cells[2]) :][1 * cells[2][1] + 2]
    assert box == pytest.approx([48, 16, 112, 80], abs=1e-3)


def test_its_features_are_those_that_its_answers_are_read_from(teacher: Teacher) -> None:
    image = np.random.default_rng(0).integers(0, 256, (64, 96, 3), dtype=np.uint8)
    features = teacher.look(image).features
    for stride, seen in zip(STRIDES, features, strict=True):
        light = image.reshape(64 // stride, stride, 96 // stride, stride, 3).mean((1, 3, 4)) / 255
        assert seen.shape == (CHANNELS, *light.shape)
        assert seen[-1] == pytest.approx(light, abs=1e-4)
        assert seen[0] == pytest.approx(light / CHANNELS, abs=1e-4)


def test_faces_of_a_whole_picture_are_in_its_pixels_whatever_its_size(teacher: Teacher) -> None:
    """It looks at a picture of twice the size, in which the square is 64 wide: two cells of 32."""
    [*smaller, largest] = sorted(teacher.find(lit(70, 101)).tolist(), key=lambda box: box[2])
    x, y, width, height, score = largest
    assert (width, height) == pytest.approx((32, 32), abs=1e-3)
    assert 64 <= x + width / 2 <= 96
    assert 32 <= y + height / 2 <= 64
    assert score > 0.99
    assert all(64 <= box[0] + box[2] / 2 <= 96 for box in smaller)
    assert teacher.find(np.zeros((70, 101, 3), np.uint8)).shape == (0, 5)


def test_another_network_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(TeacherError, match=r"other\.onnx"):
        Teacher(write(tmp_path / "other.onnx", ours()))
    (tmp_path / "text.onnx").write_text("not a network")
    with pytest.raises(TeacherError, match=r"text\.onnx"):
        Teacher(tmp_path / "text.onnx")
