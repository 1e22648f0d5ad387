"""Pictures made much smaller, quickly."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray


def halved(picture: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """`picture`, made smaller by halves as long as one of its sides is at least twice that of `size` (width,
    height). Halving averages; OpenCV's `INTER_AREA` averages too, but takes ten times as long where the
    factor is no whole number.
    """
    height, width = picture.shape[:2]
    while width >= 2 * size[0] or height >= 2 * size[1]:
        width, height = max(width // 2, size[0]), max(height // 2, size[1])
        picture = cv2.resize(picture, (width, height), interpolation=cv2.INTER_LINEAR).astype(
            np.uint8, copy=False
        )
    return picture
