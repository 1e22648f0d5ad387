"""How well a classifier names what it sees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models.evaluation.goals import Goal

LEAST = {"objects": 0.88, "lenet-5": 0.99}
"""The accuracy that each has to reach."""


class Accuracy(Struct, frozen=True):
    """Shares from 0 to 1 of the pictures that are named rightly."""

    accuracy: float
    by_class: dict[str, float]
    """NaN where there is no picture of it."""
    confusion: list[list[int]]
    """How many pictures of each class (rows) were named what (columns)."""


def accuracy(names: Sequence[str], classes: NDArray[np.integer], said: NDArray[np.integer]) -> Accuracy:
    """Of n > 0 pictures: the numbers of the `names` that are right, (n,), and of those that were `said`."""
    count = len(names)
    confusion = np.bincount(classes * count + said, minlength=count**2).reshape(count, count)
    right, shown = confusion.diagonal(), confusion.sum(1)
    with np.errstate(invalid="ignore"):
        shares = right / shown
    by_class = dict(zip(names, shares.tolist(), strict=True))
    return Accuracy(float(right.sum() / len(classes)), by_class, confusion.tolist())


def goals(network: str, found: Accuracy) -> Iterator[Goal]:
    yield Goal("accuracy", found.accuracy, ">=", LEAST[network])
