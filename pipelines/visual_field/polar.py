"""Distances and directions from a place in the field."""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from pipelines.visual_field.plane import Size, axes


@functools.lru_cache(maxsize=2)
def distances(x: float, y: float, size: Size) -> NDArray[np.float32]:
    """(h, w), read-only: how many pixels each one lies from a place, which is in picture heights."""
    right, up = axes(size)
    found = (size[1] * np.hypot((right - x)[None, :], (up - y)[:, None])).astype(np.float32)
    found.flags.writeable = False
    return found


@functools.lru_cache(maxsize=2)
def directions(x: float, y: float, size: Size) -> NDArray[np.float32]:
    """(h, w), read-only: in which direction each pixel lies, in turns, -0.5 to 0.5, counter-clockwise from
    the right.
    """
    right, up = axes(size)
    found = (np.arctan2((up - y)[:, None], (right - x)[None, :]) / (2 * np.pi)).astype(np.float32)
    found.flags.writeable = False
    return found
