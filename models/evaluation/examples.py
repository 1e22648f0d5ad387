"""Pictures and their classes, by which a classifier learns and is measured."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.classifiers import Classifier
from models.preparation import Image

Split = Literal["train", "val", "test"]
"""To learn from, to judge by meanwhile, and to judge by in the end."""


class Examples(NamedTuple):
    """n pictures as the network sees them, and what is in each."""

    pictures: Image
    """(n, side, side, channels)."""
    classes: NDArray[np.intp]
    """(n,): the number of the output."""


def read_examples(classifier: Classifier, data: Path, split: Split) -> Examples:
    """Digits for what takes digits, otherwise photographs, of which `val` and `test` are the same.

    Raises:
        DataError: the pictures are not there, or cannot be read.
    """
    if classifier.picture.fit == "centred":
        from models.evaluation.digits import read_digits

        return read_digits(classifier, data, split)
    from models.evaluation.photographs import read_photographs

    return read_photographs(classifier, data, "train" if split == "train" else "val")


def folders_in(data: Path) -> list[Path]:
    """Where pictures may lie: in `data` itself, or in a folder in it."""
    return [data, *sorted(folder for folder in data.iterdir() if folder.is_dir())]
