"""Faces made unrecognisable.

People recognise more than half of the faces they know from 7 × 10 blocks (Sinha et al.), strangers no more
below some 15 blocks across a face (Bachmann). So no more than 4 blocks, or a blur that keeps as little, are
left of a box's shorter side. That is against people who look; a program that was trained on the very faces
in question finds some of them behind any mosaic (McPherson et al.).

Source: P. Sinha et al., "Face recognition by humans: nineteen results all computer vision researchers should
know about", Proc. IEEE 94, 1948-1962 (2006); T. Bachmann, "Identification of spatially quantised
tachistoscopic images of faces", European J. Cognitive Psychology 3, 87-103 (1991); R. McPherson, R. Shokri
and V. Shmatikov, "Defeating image obfuscation with deep learning", arXiv:1609.00408 (2016).
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor
from typing import Literal, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.frame import Image

BLOCKS = 4
"""Blocks along the shorter side of a box."""
BLUR = 1 / 4
"""σ in shorter sides: of 2 cycles a face a hundredth is left, of 4 nothing that 8 bits can hold."""
SAMPLES = 16
"""Samples along the shorter side that are blurred: the rest is thrown away before, which is fast."""
MARGIN = 0.2
"""How far a cover reaches beyond each side of the box, in sides: detectors cut off chins, ears and hair."""
CORNER = 0.4
"""Radius of the corners, in shorter sides of the cover."""

Style = Literal["blur", "pixels"]
Rectangle = tuple[int, int, int, int]
"""Left, top, right, bottom in whole pixels."""


def covered(picture: Image, boxes: Iterable[tuple[float, float, float, float]], style: Style) -> Image:
    """A copy of `picture`, (h, w) or (h, w, 3), with a cover over each of `boxes` (x, y, width, height)."""
    copy = picture.copy()
    height, width = picture.shape[:2]
    for box in boxes:
        whole = _grown(box)
        left, top = max(0, whole[0]), max(0, whole[1])
        right, bottom = min(width, whole[2]), min(height, whole[3])
        if left < right and top < bottom:
            seen, side = copy[top:bottom, left:right], max(1.0, min(box[2:]))
            hidden = _blocks(seen, side) if style == "pixels" else _blurred(seen, side)
            share = _rounded(whole, (left, top, right, bottom))
            seen[:] = cv2.blendLinear(hidden, np.ascontiguousarray(seen), share, 1 - share)
    return copy


def _grown(box: tuple[float, float, float, float]) -> Rectangle:
    x, y, width, height = box
    across, down = MARGIN * width, MARGIN * height
    return floor(x - across), floor(y - down), ceil(x + width + across), ceil(y + height + down)


def _blocks(seen: Image, side: float) -> Image:
    return _resized(_small(seen, side / BLOCKS), seen, cv2.INTER_NEAREST)


def _blurred(seen: Image, side: float) -> Image:
    small = _small(seen, side / SAMPLES)
    blurred = cv2.GaussianBlur(small, (0, 0), BLUR * SAMPLES, borderType=cv2.BORDER_REPLICATE)
    return _resized(cast(Image, blurred), seen, cv2.INTER_LINEAR)


def _small(seen: Image, step: float) -> Image:
    """A value for every `step` pixels or a few more, which is their average."""
    height, width = seen.shape[:2]
    size = min(width, max(1, int(width / step))), min(height, max(1, int(height / step)))
    return cast(Image, cv2.resize(seen, size, interpolation=cv2.INTER_AREA))


def _resized(small: Image, like: Image, how: int) -> Image:
    return cast(Image, cv2.resize(small, like.shape[1::-1], interpolation=how))


def _rounded(whole: Rectangle, part: Rectangle) -> NDArray[np.float32]:
    """How much of each pixel of `part` lies in the rectangle `whole` with round corners."""
    left, top, right, bottom = whole
    radius = CORNER * min(right - left, bottom - top)
    x = np.abs(np.arange(part[0], part[2]) + 0.5 - (left + right) / 2) - (right - left) / 2 + radius
    y = np.abs(np.arange(part[1], part[3]) + 0.5 - (top + bottom) / 2) - (bottom - top) / 2 + radius
    beyond = np.hypot(x.clip(0)[None], y.clip(0)[:, None])
    within = np.maximum(x[None], y[:, None]).clip(max=0)
    share: NDArray[np.float64] = (0.5 + radius - beyond - within).clip(0, 1)
    return share.astype(np.float32)
