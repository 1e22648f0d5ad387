"""Pictures as a worse camera, or less light, would have given them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
BLUR = 1.5
"""σ in pixels of the picture that the network is given."""
DIM = 0.4
"""The share of the light that is left."""
NOISE = 20.0
"""σ in levels."""


def blurred(picture: Image, _number: int) -> Image:
    made = cv2.GaussianBlur(picture, (0, 0), BLUR)
    return cast(Image, made.reshape(picture.shape))


def dim(picture: Image, _number: int) -> Image:
    levels: Image = np.rint(picture * DIM).astype(np.uint8)
    return levels


def noisy(picture: Image, number: int) -> Image:
    """The same noise for the same number."""
    noise = np.random.default_rng(number).normal(0, NOISE, picture.shape)
    return np.rint(picture + noise).clip(0, 255).astype(np.uint8)


def poor(picture: Image, number: int) -> Image:
    """All three."""
    return noisy(dim(blurred(picture, number), number), number)


CAMERAS: Mapping[str, Callable[[Image, int], Image]] = MappingProxyType(
    {"blurred": blurred, "dim": dim, "noisy": noisy, "poor": poor}
)
"""(h, w, channels) and the number of the picture to the same shape."""
