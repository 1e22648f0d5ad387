"""What a detector's cells say, laid over the picture that they looked at."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import NamedTuple, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from models.detectors.finding import Heat
from models.text import Text, plain
from pipelines.frame import Image
from pipelines.result import Key

SHADE = 0.5
"""How bright the picture stays where nothing is said, and how far it shows through where something is."""
CLEAR = 0.2
"""The face-ness from which on only the map gives the colour; below, it fades into the picture."""
MIDDLE_GREY = 150
STEPS = (
    (0.0, Text("0: no face", "0：顔ではない")),
    (0.25, plain("0.25")),
    (0.5, Text("0.5: perhaps a face", "0.5：顔かもしれない")),
    (0.75, plain("0.75")),
    (1.0, Text("1: surely a face", "1：間違いなく顔")),
)


class Glow(NamedTuple):
    """For each of 256 levels of face-ness what a pixel's grey is multiplied by (255 is 1), and what is then
    added: both (256, 1, 3) BGR."""

    share: NDArray[np.uint8]
    added: NDArray[np.uint8]


def laid_over(image: Image, heat: Iterable[Heat], *, cells: bool) -> Image:
    """The picture in dim grey, glowing where the surest of the maps sees faces; with `cells` each cell as
    the square that it is."""
    height, width = image.shape[:2]
    level = np.zeros((height, width), np.uint8)
    for one in heat:
        np.maximum(level, _spread(one, (width, height), cells), out=level)
    return glowing(image, level)


def glowing(image: Image, level: NDArray[np.uint8]) -> Image:
    """The picture in dim grey, glowing where `level`, (h, w), is above 0."""
    grey = cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    shaded = cv2.multiply(grey, cv2.applyColorMap(level, glow().share), dst=grey, scale=1 / 255)
    return cast(Image, cv2.add(shaded, cv2.applyColorMap(level, glow().added)))


@functools.cache
def legend(steps: tuple[tuple[float, Text], ...] = STEPS) -> tuple[Key, ...]:
    """The colours of some levels over a middle grey."""
    return tuple(Key(meaning, _seen(round(255 * level))) for level, meaning in steps)


@functools.cache
def glow() -> Glow:
    """Made of the perceptual map “inferno”, through which the picture shows."""
    levels = np.arange(256, dtype=np.uint8)[:, None]
    colour = cv2.applyColorMap(levels, cv2.COLORMAP_INFERNO).astype(np.float64)
    weight = np.clip(levels / (255 * CLEAR), 0, 1)[..., None]
    share = SHADE * (1 - weight) * 255 + SHADE * weight * colour
    return Glow(np.rint(share).astype(np.uint8), np.rint((1 - SHADE) * weight * colour).astype(np.uint8))


def _seen(level: int) -> tuple[int, int, int]:
    share, added = (part[level, 0].astype(np.float64) for part in glow())
    blue, green, red = (MIDDLE_GREY * share / 255 + added).tolist()
    return round(red), round(green), round(blue)


def _spread(heat: Heat, size: tuple[int, int], cells: bool) -> NDArray[np.uint8]:
    """The map over a picture of `size` (width, height), 0 to 255: from the middle of each cell to the
    middles of its neighbours in even steps, or flat over each cell."""
    across, down = size[0] / heat.across, size[1] / heat.down
    place = np.array([[across, 0, across / 2 - 0.5], [0, down, down / 2 - 0.5]])
    levels = np.rint(np.clip(heat.map, 0, 1) * 255).astype(np.uint8)
    flags = cv2.INTER_NEAREST if cells else cv2.INTER_LINEAR
    spread = cv2.warpAffine(levels, place, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return cast(NDArray[np.uint8], spread)
