"""What colour an answer has: bright where it is strong, in two colours where it can be negative."""

from __future__ import annotations

import functools
from typing import Literal

import cv2
import numpy as np

from models.inspection.pictures import ZERO
from models.text import Text, plain
from pipelines.frame import Image
from pipelines.result import Key
from pipelines.signs import BLUE, ORANGE

Colours = Literal["inferno", "viridis", "grey"]
STRONGEST = Text("the strongest of its map", "その特徴地図での最大値")
AS_STRONG = Text("as strong, below 0", "負の側で同じ強さ")
MAPS = {"inferno": cv2.COLORMAP_INFERNO, "viridis": cv2.COLORMAP_VIRIDIS, "grey": None}


@functools.lru_cache(maxsize=64)
def table(colours: Colours, gamma: float, *, signed: bool) -> Image:
    """(256, 1, 3) BGR for each level; a `gamma` below 1 lifts weak answers.

    Signed: black at 0, orange above, blue below, as bright as they are strong. Otherwise a perceptual map.
    """
    if signed:
        strength = (np.arange(256)[:, None] - ZERO) / (255 - ZERO)
        bright = np.abs(strength).clip(0, 1) ** gamma
        rgb = np.where(strength > 0, bright * ORANGE, bright * BLUE)
        return np.rint(rgb).astype(np.uint8)[:, None, ::-1].copy()
    levels = np.rint(255 * (np.arange(256) / 255) ** gamma).astype(np.uint8)[:, None]
    chosen = MAPS[colours]
    if chosen is None:
        return np.repeat(levels[..., None], 3, 2)
    return np.asarray(cv2.applyColorMap(levels, chosen), np.uint8)


def legend(colours: Colours, gamma: float, *, signed: bool, limit: float | None) -> tuple[Key, ...]:
    """`limit` is what the brightest level stands for, or `None` where it is another one in each map."""
    colour = table(colours, gamma, signed=signed)
    most = STRONGEST if limit is None else plain(f"{limit:.3g}")
    keys = [Key(most, _rgb(colour, 255)), Key(plain("0"), _rgb(colour, ZERO if signed else 0))]
    if signed:
        least = AS_STRONG if limit is None else plain(f"−{limit:.3g}")
        keys.append(Key(least, _rgb(colour, 1)))
    return tuple(keys)


def _rgb(colour: Image, level: int) -> tuple[int, int, int]:
    blue, green, red = (int(part) for part in colour[level, 0])
    return red, green, blue
