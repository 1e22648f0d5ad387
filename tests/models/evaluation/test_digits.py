"""Digits: those to learn from, to be judged by and to be tested with are three; a bad file is told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.classifiers import classifiers
from models.errors import DataError
from models.evaluation.digits import read_digits
from models.evaluation.examples import Split, read_examples
from tests.models.training.classified import made_digits, write_digits

LENET = classifiers()["lenet-5"]


@pytest.mark.parametrize(("split", "first", "count"), [("train", 0, 60), ("val", 60, 20), ("test", 0, 20)])
def test_each_split_has_its_own_digits_on_a_wider_ground(
    tmp_path: Path, split: Split, first: int, count: int
) -> None:
    write_digits(tmp_path, train=80, test=20)
    found = read_examples(LENET, tmp_path, split)
    pictures, classes = made_digits(20 if split == "test" else 80)
    assert found.pictures.shape == (count, 32, 32, 1)
    assert np.array_equal(found.pictures[:, 2:30, 2:30, 0], pictures[first : first + count])
    assert found.pictures.sum() == pictures[first : first + count].sum(), "the ground around them is black"
    assert np.array_equal(found.classes, classes[first : first + count])


def test_a_folder_without_digits_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no file mnist\.npz"):
        read_digits(LENET, tmp_path, "test")


def broken(file: Path) -> list[bytes]:
    whole = file.read_bytes()
    return [b"", b"not digits", whole[: len(whole) // 2], bytes(1000)]


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    write_digits(tmp_path)
    file = tmp_path / "digits" / "mnist.npz"
    for content in broken(file):
        file.write_bytes(content)
        with pytest.raises(DataError, match="is damaged, or does not hold the digits of MNIST"):
            read_digits(LENET, tmp_path, "train")


@pytest.mark.parametrize("other", ["sizes", "lengths", "classes", "floats", "names", "objects", "one array"])
def test_a_file_of_other_arrays_is_told(tmp_path: Path, other: str) -> None:
    pictures, classes = made_digits(20)
    arrays: dict[str, object] = {"x_test": pictures, "y_test": classes}
    match other:
        case "sizes":
            arrays["x_test"] = pictures[:, 1:]
        case "lengths":
            arrays["y_test"] = classes[1:]
        case "classes":
            arrays["y_test"] = classes + 1
        case "floats":
            arrays["x_test"] = pictures / 255
        case "names":
            arrays = {"pictures": pictures, "classes": classes}
        case "objects":
            arrays["y_test"] = np.array([{}] * 20)
    with (tmp_path / "mnist.npz").open("wb") as file:
        if other == "one array":
            np.save(file, pictures)
        else:
            np.savez(file, **arrays)  # type: ignore[arg-type]
    with pytest.raises(DataError, match="does not hold the digits of MNIST"):
        read_digits(LENET, tmp_path, "test")
