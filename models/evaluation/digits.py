"""The digits of MNIST in one file.

Source: Y. LeCun, C. Cortes and C. Burges, "The MNIST database of handwritten digits" (1998).
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.classifiers import Classifier
from models.errors import DataError
from models.evaluation.examples import Examples, Split, folders_in

FILE = "mnist.npz"
SIDE = 28
HELD_OUT = 5000
"""The last digits to learn from are not learnt but judged by, so that the test digits decide nothing."""
BROKEN = (OSError, EOFError, TypeError, ValueError, KeyError, zipfile.BadZipFile, zlib.error)
"""What reading a file raises that is cut off, damaged or something else."""


def read_digits(classifier: Classifier, data: Path, split: Split) -> Examples:
    """Those of `mnist.npz` in `data`, or in a folder in it; the ground around them is widened.

    Raises:
        DataError: the file is not there, or cannot be read.
    """
    pictures, classes = _arrays(_file_in(data), "test" if split == "test" else "train")
    if split != "test":
        held = min(HELD_OUT, len(pictures) // 4)
        chosen = slice(-held, None) if split == "val" else slice(len(pictures) - held)
        pictures, classes = pictures[chosen], classes[chosen]
    margin = (classifier.side - SIDE) // 2
    wide = np.pad(pictures, ((0, 0), (margin, margin), (margin, margin)))
    return Examples(wide[..., None], classes.astype(np.intp))


def _arrays(file: Path, split: str) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """(n, 28, 28) light on dark and (n,) 0 to 9."""
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as arrays:
            pictures, classes = arrays[f"x_{split}"], arrays[f"y_{split}"]
        fits = pictures.shape == (len(classes), SIDE, SIDE) and classes.ndim == 1 and len(classes) > 0
        fits = fits and pictures.dtype == classes.dtype == np.uint8 and classes.max() <= 9
    except BROKEN:
        fits = False
    if not fits:
        raise DataError(
            f"“{file}” is damaged, or does not hold the digits of MNIST (x_train, y_train, x_test, y_test).",
            f"「{file}」が壊れているか、MNIST の数字（x_train、y_train、x_test、y_test）が入っていません。",
        )
    return pictures, classes


def _file_in(data: Path) -> Path:
    for folder in folders_in(data):
        if (folder / FILE).is_file():
            return folder / FILE
    raise DataError(
        f"There is no file {FILE} with digits in “{data}”.",
        f"「{data}」に数字のファイル {FILE} がありません。",
    )
