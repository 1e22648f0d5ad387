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
    if invert:
        image = cast(Image, cv2.bitwise_not(image))
    if contrast != 1:
        return cast(Image, cv2.addWeighted(image, contrast, image, 0, MIDDLE * (1 - contrast) + brightness))
    return cast(Image, cv2.add(image, np.full(4, brightness))) if brightness else image
