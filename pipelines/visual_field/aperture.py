"""The window that a stimulus is seen through."""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from pipelines.visual_field.edge import passed_round
from pipelines.visual_field.knobs import Aperture, Windowed
from pipelines.visual_field.plane import Size, axes, farthest

SIGMAS = 4.0
"""How many σ a Gaussian window's size is."""
FAINT = 3.0
"""How many σ from the middle of a Gaussian window nothing is to be seen any more: 1 % of the contrast."""
Weights = NDArray[np.float32]


def through(levels: NDArray[np.float32], ground: float, window: Windowed, size: Size) -> NDArray[np.float32]:
    """`levels` (h, w), changed in place: seen through the window; where it is closed, there is `ground`."""
    if window.aperture != "full":
        levels -= ground
        levels *= weights(window.aperture, window.size, window.x, window.y, size)
        levels += ground
    return levels


def middle_of(window: Windowed) -> tuple[float, float]:
    """How far right and up the middle of what is seen lies; without a window, in that of the picture."""
    return (0.0, 0.0) if window.aperture == "full" else (window.x, window.y)


def reach(window: Windowed, size: Size) -> float:
    """How far from the window's middle something may be seen, in picture heights."""
    if window.aperture == "full":
        return farthest(window.x, window.y, size)
    return window.size / 2 if window.aperture == "disc" else FAINT * window.size / SIGMAS


@functools.lru_cache(maxsize=2)
def weights(aperture: Aperture, diameter: float, x: float, y: float, size: Size) -> Weights:
    """(h, w), 0 to 1: how much of a stimulus is seen at each pixel."""
    right, up = axes(size)
    squared = (right - x)[None, :] ** 2 + (up - y)[:, None] ** 2
    if aperture == "gaussian":
        return np.exp(-squared / (2 * (diameter / SIGMAS) ** 2)).astype(np.float32)
    return passed_round(((diameter / 2 - np.sqrt(squared)) * size[1]).astype(np.float32))
