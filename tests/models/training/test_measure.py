"""Average precision by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

from models.training.faces.measure import average_precision, network_input
from models.training.faces.pictures import Label, Labelled, Picture


def picture(folder: Path, *boxes: Label) -> Picture:
    (folder / "a").write_bytes(b"")
    return Picture(folder, Labelled("a", 100, 100, "mask", list(boxes)))


def found(*rows: tuple[float, float, float, float, float]) -> np.ndarray:
    return np.array(rows, np.float32).reshape(-1, 5)


def test_by_hand(tmp_path: Path) -> None:
    """Hit, miss, hit of two faces: precision 1 up to a recall of a half, 2/3 up to 1: (1 + 2/3) / 2."""
    one = picture(tmp_path, Label((0, 0, 10, 10)), Label((50, 50, 10, 10)))
    answers = found((0, 0, 10, 10, 0.9), (30, 30, 10, 10, 0.8), (50, 50, 10, 10, 0.7))
    assert average_precision([one], [answers], 0.5) == pytest.approx((1 + 2 / 3) / 2)


def test_a_second_box_on_the_same_face_is_a_false_alarm(tmp_path: Path) -> None:
    one = picture(tmp_path, Label((0, 0, 10, 10)), Label((50, 50, 10, 10)))
    answers = found((0, 0, 10, 10, 0.9), (0, 0, 10, 10, 0.8))
    assert average_precision([one], [answers], 0.5) == pytest.approx(0.5)


def test_what_is_ignored_neither_helps_nor_harms(tmp_path: Path) -> None:
    one = picture(tmp_path, Label((0, 0, 10, 10)), Label((50, 50, 30, 30), ignore=True))
    answers = found((50, 50, 30, 30, 0.99), (55, 55, 8, 8, 0.95), (0, 0, 10, 10, 0.9))
    assert average_precision([one], [answers], 0.5) == pytest.approx(1.0)


def test_the_input_is_shrunk_padded_and_from_minus_one_to_one() -> None:
    image = np.full((100, 300, 3), 255, np.uint8)
    given, factor = network_input(image, 150)
    assert factor == 0.5
    assert given.shape == (1, 3, 64, 160)
    assert given[0, :, :50, :150].min() == pytest.approx(1.0)
    assert given[0, :, 50:].max() == pytest.approx(-1.0)
    assert network_input(image, 600)[1] == 1.0
