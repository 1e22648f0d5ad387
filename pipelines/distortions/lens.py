"""A lens that is out of focus."""

from __future__ import annotations

import math
from typing import cast

import cv2
import numpy as np

from pipelines.frame import Image

WIDE = 2.0
"""Pixels: the σ that a shrunk picture is blurred with at least, so that its pixels are not seen."""


def blurred(image: Image, sigma: float) -> Image:
    """`image` under a Gaussian with this `sigma` in pixels, its border mirrored.

    A wide one is reckoned in a picture that was shrunk 2, 4 or 8 times: as it stands, σ = 20 would take
    ten times as long as σ = 3.
    """
    if sigma == 0:
        return image
    shrink = 1
    while sigma >= 2 * shrink * WIDE:
        shrink *= 2
    if shrink == 1:
        return cast(Image, cv2.GaussianBlur(image, (0, 0), sigma))
    return _blurred_small(image, sigma, shrink)


def _blurred_small(image: Image, sigma: float, shrink: int) -> Image:
    height, width = image.shape[:2]
    edge = shrink * math.ceil(3 * sigma / shrink)  # as far as the Gaussian reaches
    below, right = (edge + -side % shrink for side in (height, width))
    wider = cv2.copyMakeBorder(image, edge, below, edge, right, cv2.BORDER_REFLECT_101)
    size = (wider.shape[1] // shrink, wider.shape[0] // shrink)
    small = cv2.resize(wider, size, interpolation=cv2.INTER_AREA)
    # Averaging over k × k pixels is a blur of its own, of variance (k² - 1)/12; interpolation on the way
    # back is another, of (2k² + 1)/12 on average.
    small = cv2.GaussianBlur(small, (0, 0), math.sqrt((sigma / shrink) ** 2 - 1 / 4))
    large = cv2.resize(small, wider.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return cast(Image, np.ascontiguousarray(large[edge : edge + height, edge : edge + width]))
