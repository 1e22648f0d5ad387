"""Directions as colours: once around the circle is once around the hues, all of them equally light."""

from __future__ import annotations

import functools
from typing import Literal, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from models.text import Text
from pipelines.frame import Image
from pipelines.result import Wheel

Floats = NDArray[np.float32]
LIGHTNESS, CHROMA = 70.0, 55.0
"""Of CIELAB: about as much colour as every hue can have at that lightness."""
STEPS = 256


@functools.cache
def colours() -> Image:
    """(256, 1, 3) BGR; level n is the direction n / 256 of a turn, from the right over the top."""
    turn = 2 * np.pi * np.arange(STEPS) / STEPS
    lab = np.stack([np.full(STEPS, LIGHTNESS), CHROMA * np.cos(turn), CHROMA * np.sin(turn)], 1)
    bgr = cv2.cvtColor(lab[:, None].astype(np.float32), cv2.COLOR_Lab2BGR)
    table: Image = np.rint(255 * bgr.clip(0, 1)).astype(np.uint8)
    return table


def wheel(title: Text, period: Literal[180, 360]) -> Wheel:
    """The key to it; where a line looks the same after half a turn, `period` is 180."""
    return Wheel(title, tuple((red, green, blue) for blue, green, red in colours()[:, 0].tolist()), period)


def levels_of(degrees: Floats, period: Literal[180, 360]) -> Image:
    """The level of each direction, which is not negative; it is counted from the right over the top."""
    # what is nearer to 256 stays 255, which is the next colour beside 0
    return cast(Image, cv2.convertScaleAbs(degrees, alpha=STEPS / period))


def painted(levels: Image, strength: Image) -> Image:
    """(h, w, 3) BGR: the colours of (h, w) levels, as bright as the (h, w) strength, 0 to 255, says."""
    hue = cv2.applyColorMap(levels, colours())
    light = cv2.cvtColor(strength, cv2.COLOR_GRAY2BGR)
    return cast(Image, cv2.multiply(hue, light, dst=hue, scale=1 / 255))
