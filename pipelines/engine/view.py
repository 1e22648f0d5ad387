"""From a result's picture to what a screen paints, on the lane's thread."""

from __future__ import annotations

import math

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models.shrinking import halved
from pipelines.frame import Image

PIXELS_VISIBLE = 3.0
"""From this enlargement on, a picture's pixels are shown as squares."""


class Viewport(Struct, frozen=True):
    """The room on the screen: `width` × `height` in device pixels.

    `zoom` 1 shows the whole picture; `centre` is the point of the picture (0 to 1 in each direction)
    that a zoomed view is centred on. `mirror` flips what is shown, never what a pipeline sees.
    """

    width: int
    height: int
    zoom: float = 1.0
    centre: tuple[float, float] = (0.5, 0.5)
    mirror: bool = False


class View(Struct, frozen=True, eq=False):
    """`pixels` is (h, w, 4) uint8 in the byte order B, G, R, 255; it belongs at `left`, `top` of the
    viewport. `scale` is device pixels for each pixel of the picture, `origin` the picture's pixel at
    the upper left corner of `pixels` (before mirroring).
    """

    pixels: NDArray[np.uint8]
    left: int
    top: int
    scale: float
    origin: tuple[int, int]
    mirror: bool

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the picture is in the viewport."""
        across = (x - self.origin[0]) * self.scale
        if self.mirror:
            across = self.pixels.shape[1] - across
        return self.left + across, self.top + (y - self.origin[1]) * self.scale


def prepare(picture: Image, viewport: Viewport) -> View:
    """Crop, scale and convert `picture` ((h, w) or (h, w, 3) BGR) so that it only needs painting."""
    height, width = picture.shape[:2]
    across, down = max(1, viewport.width), max(1, viewport.height)
    scale = min(min(across / width, down / height) * viewport.zoom, max(across, down))
    x0, x1, left = _visible(width, across, scale, viewport.centre[0])
    y0, y1, top = _visible(height, down, scale, viewport.centre[1])
    size = (max(1, round((x1 - x0) * scale)), max(1, round((y1 - y0) * scale)))
    shown = _resized(picture[y0:y1, x0:x1], size, scale)
    if viewport.mirror:
        shown = cv2.flip(shown, 1).astype(np.uint8, copy=False)
        left = across - size[0] - left
    conversion = cv2.COLOR_GRAY2BGRA if shown.ndim == 2 else cv2.COLOR_BGR2BGRA
    pixels = cv2.cvtColor(shown, conversion)
    return View(pixels.astype(np.uint8, copy=False), left, top, scale, (x0, y0), viewport.mirror)


def _visible(length: int, room: int, scale: float, centre: float) -> tuple[int, int, int]:
    """First and last pixel (exclusive) of one direction that are seen in `room` device pixels around
    `centre`, and where the first one begins there: before 0 where it is cut.
    """
    half = room / scale / 2
    middle = length / 2 if 2 * half >= length else min(max(half, centre * length), length - half)
    first, last = max(0, math.floor(middle - half)), min(length, math.ceil(middle + half))
    return first, last, round(room / 2 - (middle - first) * scale)


def _resized(picture: Image, size: tuple[int, int], scale: float) -> Image:
    """`picture` in `size` (width, height)."""
    picture = halved(picture, size)
    if picture.shape[1::-1] == size:
        return picture
    method = cv2.INTER_NEAREST if scale >= PIXELS_VISIBLE else cv2.INTER_LINEAR
    return cv2.resize(picture, size, interpolation=method).astype(np.uint8, copy=False)
