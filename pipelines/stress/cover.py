"""Covering a part of every face, placed by the face's box."""

from __future__ import annotations

import math
from typing import Literal

from msgspec.structs import replace

from pipelines.frame import Frame, Image

Part = Literal["eyes", "mouth"]
MIDDLES: dict[Part, float] = {"eyes": 0.32, "mouth": 0.74}
"""How far down the box the part is, as a share of its height. Between two styles of boxes: those that begin
at the eyebrows have the eyes at 0.25 and the mouth at 0.7, those that begin at the hair at 0.38 and 0.78."""


def cover(frame: Frame, part: Part, share: float) -> Frame:
    """The frame with a bar across every face that its truth knows, `share` (0 to 1) of the box high.

    The bar has the mean colour of the face: it takes something away and adds no dark pattern of its own,
    which a cascade would take for eyes. Without effect the same object comes back.
    """
    bars = [_bar(frame, face.box, MIDDLES[part], share) for face in frame.truth]
    if share <= 0 or not any(bars):
        return frame
    image = frame.image.copy()
    for face, bar in zip(frame.truth, bars, strict=True):
        if bar:
            left, top, right, bottom = bar
            image[top:bottom, left:right] = _mean(frame.image, face.box)
    image.flags.writeable = False
    return replace(frame, image=image)


def _bar(
    frame: Frame, box: tuple[float, float, float, float], middle: float, share: float
) -> tuple[int, int, int, int] | None:
    """left, top, right, bottom in whole pixels within the picture and the box; `None` without any."""
    x, y, width, height = box
    half = share * height / 2
    top, bottom = max(y, y + middle * height - half), min(y + height, y + middle * height + half)
    return _whole(frame.size, x, top, x + width, bottom)


def _whole(
    size: tuple[int, int], left: float, top: float, right: float, bottom: float
) -> tuple[int, int, int, int] | None:
    x0, y0 = max(0, math.floor(left + 0.5)), max(0, math.floor(top + 0.5))
    x1, y1 = min(size[0], math.floor(right + 0.5)), min(size[1], math.floor(bottom + 0.5))
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def _mean(image: Image, box: tuple[float, float, float, float]) -> tuple[float, float, float]:
    """BGR of the face, as far as it is in the picture."""
    x, y, width, height = box
    height_, width_ = image.shape[:2]
    inside = _whole((width_, height_), x, y, x + width, y + height)
    if inside is None:
        return (0.0, 0.0, 0.0)
    left, top, right, bottom = inside
    blue, green, red = image[top:bottom, left:right].reshape(-1, 3).mean(axis=0).round().tolist()
    return blue, green, red
