"""How bright the scene is, and how much light and dark differ in it."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np

from pipelines.frame import Image

MIDDLE = 127.5
"""The level that contrast leaves as it is; the negative exchanges what lies above and below."""


def lit(image: Image, contrast: float, brightness: float, invert: bool) -> Image:
    """`image` with its levels' distances from the middle times `contrast`, and `brightness` levels added.

    The negative comes first, so that more brightness makes it brighter as well. Cut at 0 and 255.
    """
    if contrast == 1 and brightness == 0 and not invert:
        return image
    levels = np.arange(256, dtype=np.float64)
    if invert:
        levels = 255 - levels
    table = ((levels - MIDDLE) * contrast + MIDDLE + brightness).round().clip(0, 255).astype(np.uint8)
    return cast(Image, cv2.LUT(image, table))
