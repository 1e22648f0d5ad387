"""Two colours for two signs: orange above 0, blue below, black at 0."""

from __future__ import annotations

import functools
from typing import Literal, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from models.text import Text
from pipelines.frame import Image
from pipelines.result import Key

Signs = Literal["both", "on", "off"]
ORANGE, BLUE = (255, 159, 67), (76, 159, 254)
ON = Key(Text("ON: brighter than its surround", "ON：まわりより明るい"), ORANGE)
OFF = Key(Text("OFF: darker than its surround", "OFF：まわりより暗い"), BLUE)
LEGENDS = {"both": (ON, OFF), "on": (ON,), "off": (OFF,)}
SCALES = {"both": (0.5, 128), "on": (1.0, 0), "off": (-1.0, 0)}
"""Share of the gain, and the level of 0, in 8 bits that hold both signs or only one."""


@functools.cache
def colours(signs: Signs) -> Image:
    """(256, 1, 3) BGR: black for 0, the full colour where the value reaches 255."""
    level = np.arange(256, dtype=np.float64)[:, None]
    signed = {"both": (level - 128) / 127, "on": level / 255, "off": -level / 255}[signs]
    rgb = signed.clip(0, 1) * ORANGE + (-signed).clip(0, 1) * BLUE
    table: Image = np.rint(rgb).astype(np.uint8)[:, None, ::-1].copy()
    return table


def numbers(pixels: Image) -> NDArray[np.float64]:
    """(n, 3) BGR of such a picture as (n,) numbers from -255 to 255: `colours` the other way round."""
    blue, red = pixels[:, 0].astype(np.float64), pixels[:, 2].astype(np.float64)
    return np.where(red >= blue, red * (255 / ORANGE[0]), -blue * (255 / BLUE[2]))


def numbers_of(picture: Image) -> NDArray[np.int16]:
    """The same of a whole picture, (h, w, 3), in whole numbers."""
    blue, _green, red = cv2.split(picture)
    above = cv2.compare(red, blue, cv2.CMP_GE)
    up, down = cv2.bitwise_and(red, above), cv2.bitwise_and(blue, cv2.bitwise_not(above))
    return cast(NDArray[np.int16], cv2.subtract(up, cv2.LUT(down, _full()), dtype=cv2.CV_16S))


@functools.cache
def _full() -> Image:
    """Levels of blue, of which full blue has one less than 255."""
    levels: Image = np.rint(np.arange(256) * (255 / BLUE[2])).clip(0, 255).astype(np.uint8)
    return levels
