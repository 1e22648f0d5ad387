"""Photographs by class: all of them, in order, or a sentence that says what is missing."""

from __future__ import annotations

import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from models.classifiers import classifiers
from models.errors import DataError
from models.evaluation.examples import read_examples
from models.evaluation.photographs import read_photographs
from tests.models.training.classified import write_photographs

OBJECTS = classifiers()["objects"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_photographs(tmp_path / "写真", train=3, val=2)


def test_all_are_read_in_the_order_of_the_classes(data: Path) -> None:
    found = read_photographs(OBJECTS, data, "train")
    assert found.pictures.shape == (30, 128, 128, 3)
    assert found.classes.tolist() == [number for number in range(10) for _one in range(3)]
    hue = cv2.cvtColor(found.pictures[21][None, 64], cv2.COLOR_RGB2HSV)[0, :, 0]
    assert abs(float(np.median(hue)) - 7 * 18) < 15


def test_the_folder_may_be_that_of_the_collection_itself(data: Path) -> None:
    outer, inner = (read_photographs(OBJECTS, folder, "val") for folder in (data, data / "objects"))
    assert np.array_equal(outer.pictures, inner.pictures)
    assert np.array_equal(read_examples(OBJECTS, data, "test").pictures, inner.pictures)


def test_a_class_without_pictures_is_named(data: Path) -> None:
    shutil.rmtree(data / "objects" / "train" / "church")
    with pytest.raises(DataError, match=r"no pictures in “.*train.church”"):
        read_photographs(OBJECTS, data, "train")
    (data / "objects" / "train" / "church").mkdir()
    with pytest.raises(DataError, match="no pictures"):
        read_photographs(OBJECTS, data, "train")


def test_a_folder_without_any_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"tench.*a folder for each class"):
        read_photographs(OBJECTS, tmp_path, "val")


@pytest.mark.parametrize("content", [b"", b"no picture"])
def test_a_file_that_is_no_picture_is_named(data: Path, content: bytes) -> None:
    (data / "objects" / "val" / "tench" / "broken.webp").write_bytes(content)
    with pytest.raises(DataError, match=r"broken\.webp” is no picture"):
        read_photographs(OBJECTS, data, "val")
