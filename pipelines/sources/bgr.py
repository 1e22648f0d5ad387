"""A decoded video frame as a picture."""

from __future__ import annotations

import av
import cv2
import numpy as np

from pipelines.frame import Image

_TURNS = {90: cv2.ROTATE_90_COUNTERCLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_CLOCKWISE}


def to_bgr(frame: av.VideoFrame) -> Image:
    """(height, width, 3) uint8 BGR, turned upright as the file's rotation asks, in its own colour space."""
    image: Image = frame.to_ndarray(format="bgr24")
    turn = _TURNS.get(frame.rotation % 360)
    return image if turn is None else cv2.rotate(image, turn).astype(np.uint8, copy=False)
