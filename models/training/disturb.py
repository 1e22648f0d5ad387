"""Light, colour, blur, noise and JPEG: what a camera in a classroom does to a picture."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from models.evaluation.pictures import Image

DEVIATION = 16.0
"""Of the noise that is made once; it is weakened or strengthened as it is added."""
GRAIN: NDArray[np.int16] = np.random.default_rng(0).normal(0, DEVIATION, (512, 512, 3)).astype(np.int16)
"""Noise is cut out of this: making it anew for each picture takes longer than all the rest."""


def disturb(image: Image, rng: Generator) -> Image:
    """`image` (h, w, 3) BGR as a worse camera in worse light would have taken it."""
    dim = rng.random() < 0.1
    made = cast(Image, cv2.LUT(image, _tone(dim, rng)))
    if rng.random() < 0.15:
        made = cast(Image, cv2.cvtColor(cv2.cvtColor(made, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR))
    if rng.random() < 0.15:
        made = cast(Image, cv2.GaussianBlur(made, (0, 0), rng.uniform(0.4, 2.0)))
    if dim or rng.random() < 0.15:  # in low light a camera is grainy as well
        made = _grainy(made, rng.uniform(2, 16), rng)
    if rng.random() < 0.2:
        packed = cv2.imencode(".jpg", made, (cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(20, 80))))[1]
        made = cast(Image, cv2.imdecode(packed, cv2.IMREAD_COLOR))
    return made


def _tone(dim: bool, rng: Generator) -> NDArray[np.uint8]:
    """(1, 256, 3): what each level of each channel becomes."""
    levels = np.arange(256, dtype=np.float32)[:, None]
    if rng.random() < 0.7:
        levels = (levels - 128) * rng.uniform(0.5, 1.4) + 128 + rng.uniform(-45, 45)
    if dim:
        levels = levels * rng.uniform(0.15, 0.5)
    tint = rng.uniform(0.8, 1.2, 3) if rng.random() < 0.3 else np.ones(3)
    table: NDArray[np.uint8] = (levels * tint).clip(0, 255).astype(np.uint8)
    return table[None]


def _grainy(image: Image, deviation: float, rng: Generator) -> Image:
    height, width = image.shape[:2]
    rows, columns = min(height, len(GRAIN)), min(width, len(GRAIN))
    y, x = (int(rng.integers(0, len(GRAIN) - side + 1)) for side in (rows, columns))
    grain = GRAIN[y : y + rows, x : x + columns]
    if grain.shape != image.shape:
        grain = np.tile(grain, (-(-height // rows), -(-width // columns), 1))[:height, :width]
    noisy = cv2.addWeighted(image, 1.0, grain, deviation / DEVIATION, 0.0, dtype=cv2.CV_8U)
    return cast(Image, noisy)
