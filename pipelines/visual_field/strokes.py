"""Small figures of straight strokes: a line, a plus, an L, a T."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.visual_field.edge import between
from pipelines.visual_field.plane import across, along
from pipelines.visual_field.stamps import Offsets, Places, stamp


class Stroke(NamedTuple):
    """Where its middle lies, from -0.5 to 0.5 of what the figure fills, and its angle in degrees."""

    right: float
    up: float
    angle: float


Figure = tuple[Stroke, ...]
LINE: Figure = (Stroke(0, 0, 0),)
PLUS: Figure = (Stroke(0, 0, 0), Stroke(0, 0, 90))
ELL: Figure = (Stroke(0, -0.5, 0), Stroke(-0.5, 0, 90))
TEE: Figure = (Stroke(0, 0.5, 0), Stroke(0, 0, 90))


def draw(
    cover: NDArray[np.float32],
    right: Places,
    up: Places,
    figure: Figure,
    angle: float,
    strokes: tuple[float, float],
) -> None:
    """Draw a figure at each place, (n,) picture heights from the middle, into `cover`, which is changed.

    Turned by `angle` degrees, its strokes so many pixels long and wide.
    """
    length, width = strokes

    def shape(x: Offsets, y: Offsets) -> Offsets:
        shares = [_share(x, y, stroke, angle, length, width) for stroke in figure]
        most: Offsets = np.maximum.reduce(shares)
        return most

    stamp(cover, right, up, shape, length / math.sqrt(2) + width)


def _share(x: Offsets, y: Offsets, stroke: Stroke, angle: float, length: float, width: float) -> Offsets:
    """How much of each pixel a stroke covers."""
    rightwards, upwards = along(angle), along(angle + 90)
    inner = length - width
    x = x - np.float32(inner * (stroke.right * rightwards.right + stroke.up * upwards.right))
    y = y - np.float32(inner * (stroke.right * rightwards.up + stroke.up * upwards.up))
    turned = angle + stroke.angle
    share: Offsets = between(x, y, along(turned), length) * between(x, y, across(turned), width)
    return share
