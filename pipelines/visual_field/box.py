"""How much of each pixel a turned box covers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipelines.visual_field.edge import between
from pipelines.visual_field.plane import Size, across, along, axes


def cover_box(
    cover: NDArray[np.float32],
    middle: tuple[float, float],
    length: float,
    width: float,
    orientation: float,
) -> None:
    """Draw a box into `cover`, (h, w), 0 to 1, which is changed: a pixel keeps the most that covers it.

    `middle` is how far right and up, all measures in picture heights, `orientation` in degrees as in
    `plane.along`. Exact but for the pixels that a corner lies in.
    """
    size = (cover.shape[1], cover.shape[0])
    right, up = axes(size)
    lengthwise, crosswise = along(orientation), across(orientation)
    columns = within(right - middle[0], _half(lengthwise.right, length, crosswise.right, width), size)
    rows = within(up - middle[1], _half(lengthwise.up, length, crosswise.up, width), size)
    x = (size[1] * (right[columns] - middle[0])).astype(np.float32)[None, :]
    y = (size[1] * (up[rows] - middle[1])).astype(np.float32)[:, None]
    share = between(x, y, lengthwise, length * size[1]) * between(x, y, crosswise, width * size[1])
    np.maximum(cover[rows, columns], share, out=cover[rows, columns])


def _half(one: float, length: float, other: float, width: float) -> float:
    """Half of what the box takes along one axis."""
    return (abs(one) * length + abs(other) * width) / 2


def within(distances: NDArray[np.float64], half: float, size: Size) -> slice:
    """The pixels that may be touched by what lies at most `half` from here."""
    near = np.flatnonzero(np.abs(distances) <= half + 1 / size[1])
    return slice(int(near[0]), int(near[-1]) + 1) if len(near) else slice(0, 0)
