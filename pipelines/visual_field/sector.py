"""A disc with a piece cut out of it, like a cake."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.visual_field.box import within
from pipelines.visual_field.edge import passed, passed_round
from pipelines.visual_field.plane import across, axes


class Mouth(NamedTuple):
    """The piece that is missing: in which direction, and how wide, in degrees; less than 180 wide."""

    direction: float
    angle: float


def cover_disc(
    cover: NDArray[np.float32], middle: tuple[float, float], radius: float, mouth: Mouth | None
) -> None:
    """Draw a disc into `cover`, (h, w), 0 to 1, which is changed: a pixel keeps the most that covers it.

    `middle` and `radius` in picture heights. Exact at the straight edges but for the pixel in the middle; the
    round one is one pixel wide.
    """
    size = (cover.shape[1], cover.shape[0])
    right, up = axes(size)
    columns, rows = within(right - middle[0], radius, size), within(up - middle[1], radius, size)
    x = (size[1] * (right[columns] - middle[0])).astype(np.float32)[None, :]
    y = (size[1] * (up[rows] - middle[1])).astype(np.float32)[:, None]
    disc = passed_round(radius * size[1] - np.hypot(x, y))
    if mouth:
        disc = disc * (1 - _missing(x, y, mouth))
    np.maximum(cover[rows, columns], disc, out=cover[rows, columns])


def _missing(x: NDArray[np.float32], y: NDArray[np.float32], mouth: Mouth) -> NDArray[np.float32]:
    """How much of each pixel, so many pixels right and up of the middle, lies in the mouth."""
    lower, upper = mouth.direction - mouth.angle / 2, mouth.direction + mouth.angle / 2
    down = across(lower)  # to the right of one who goes outwards along the edge
    up = across(upper)
    return passed(-(down.right * x + down.up * y), down) * passed(up.right * x + up.up * y, up)
