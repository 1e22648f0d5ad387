"""A picture that was packed too tightly."""

from __future__ import annotations

from typing import cast

import cv2

from pipelines.frame import Image


def packed(image: Image, strength: int) -> Image:
    """`image` out of a JPEG file of quality 100 - `strength`; untouched at 0."""
    if strength == 0:
        return image
    data = cv2.imencode(".jpg", image, (cv2.IMWRITE_JPEG_QUALITY, 100 - strength))[1]
    return cast(Image, cv2.imdecode(data, cv2.IMREAD_COLOR))
