"""A photograph as it might have been taken otherwise: cut, stretched, mirrored, by a worse camera."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
from numpy.random import Generator

from models.preparation import Image
from models.training.disturb import disturb

LEAST = 0.25
"""The share of the picture that a cut shows at least."""
STRETCHED = 4 / 3
"""A cut is wider than high by this at most, or higher than wide: the pictures were squeezed to squares."""
TRIES = 10
DISTURBED = 0.7
"""The share of the pictures that a worse camera takes."""


def changed(picture: Image, rng: Generator, side: int) -> Image:
    """(side, side, 3) of `picture` (h, w, 3), both RGB.

    Source: C. Szegedy et al., "Going deeper with convolutions", CVPR (2015), section 6.
    """
    top, left, height, width = _cut(picture.shape[:2], rng)
    cut = picture[top : top + height, left : left + width]
    how = cv2.INTER_AREA if height * width > side * side else cv2.INTER_LINEAR
    made = cv2.cvtColor(cv2.resize(cut, (side, side), interpolation=how), cv2.COLOR_RGB2BGR)
    if rng.random() < 0.5:
        made = cv2.flip(made, 1)
    if rng.random() < DISTURBED:
        made = disturb(cast(Image, made), rng)
    return cast(Image, cv2.cvtColor(made, cv2.COLOR_BGR2RGB))


def _cut(size: tuple[int, ...], rng: Generator) -> tuple[int, int, int, int]:
    """Top, left, height and width of a part that lies within (height, width)."""
    rows, columns = size
    for _try in range(TRIES):
        area = rng.uniform(LEAST, 1.0) * rows * columns
        stretch = np.exp(rng.uniform(-np.log(STRETCHED), np.log(STRETCHED)))
        height, width = round(np.sqrt(area / stretch)), round(np.sqrt(area * stretch))
        if height <= rows and width <= columns:
            top, left = rng.integers(0, rows - height + 1), rng.integers(0, columns - width + 1)
            return int(top), int(left), int(height), int(width)
    return 0, 0, rows, columns
