"""What a poor sensor does: few pixels, and noise."""

from __future__ import annotations

import functools
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.frame import Image

DEVIATION = 256
"""Of the noise that is kept in whole numbers."""
PLAY = 64
"""Pixels by which the noise is larger than a picture: each frame gets another part of it."""
PITCH = 256
"""Its sides are multiples of this: pictures of about the same size share it."""


def coarse(image: Image, share: float) -> Image:
    """`image` as a sensor with this `share` of its columns and rows sees it, in the former size.

    Enlarged by interpolation: blocks would bring edges that were not in the scene.
    """
    height, width = image.shape[:2]
    size = (max(1, round(share * width)), max(1, round(share * height)))
    if size == (width, height):
        return image
    few = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    return cast(Image, cv2.resize(few, (width, height), interpolation=cv2.INTER_LINEAR))


def noisy(image: Image, deviation: float, number: int) -> Image:
    """`image` with Gaussian noise of this standard `deviation` in levels, another for each `number`."""
    if deviation == 0:
        return image
    height, width = image.shape[:2]
    x, y, sign = np.random.default_rng(number).integers(0, (PLAY, PLAY, 2))
    grain = _grain(_up(height + PLAY), _up(width + PLAY))[y : y + height, x : x + width]
    strength = (deviation if sign else -deviation) / DEVIATION
    return cast(Image, cv2.addWeighted(image, 1, grain, strength, 0, dtype=cv2.CV_8U))


def _up(side: int) -> int:
    return -(-side // PITCH) * PITCH


@functools.lru_cache(maxsize=2)
def _grain(height: int, width: int) -> NDArray[np.int16]:
    """(height, width, 3). Kept, for making it takes longer than all other distortions together."""
    grain = np.random.default_rng(0).standard_normal((height, width, 3), dtype=np.float32)
    return cast(NDArray[np.int16], (grain * DEVIATION).round().astype(np.int16))
