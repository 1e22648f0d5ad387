"""What the pictures of lanes have at one place of the frame, and along a line through it.

A number of a picture is its brightness from 0 to 255 (BT.601) as it is shown, gain and all; where colours
stand for signs, the number from -255 to 255 that they stand for.

Source: ITU-R Recommendation BT.601-7 (2011), section 2.5.1, for the brightness of a colour.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from pipelines import signs
from pipelines.frame import Image
from pipelines.places import Area
from pipelines.result import Result

Numbers = NDArray[np.float64]
WEIGHTS = np.array([0.114, 0.587, 0.299])
"""Of blue, green and red."""


class Line(Struct, frozen=True):
    """From `start` to `end`, each x, y in percent of the frame's width and height."""

    start: tuple[float, float]
    end: tuple[float, float]

    def ends(self, frame: tuple[int, int]) -> tuple[tuple[float, float], tuple[float, float]]:
        """The same in pixels of a frame of this (width, height)."""
        return _in_pixels(self.start, frame), _in_pixels(self.end, frame)

    def length(self, frame: tuple[int, int]) -> float:
        """In pixels."""
        start, end = self.ends(frame)
        return math.dist(start, end)

    def places(self, frame: tuple[int, int]) -> tuple[Numbers, Numbers]:
        """(n, 2) x, y of points a pixel apart or a little less, both ends included, and (n,) how far in
        pixels each is from the start."""
        start, end = self.ends(frame)
        steps = np.linspace(0, 1, math.ceil(math.dist(start, end)) + 1)
        return start + steps[:, None] * (np.array(end) - start), steps * math.dist(start, end)


class Pixel(NamedTuple):
    """`colour` is red, green and blue, 0 to 255; `number` as this module has it; `grey`, whether the picture
    has no colours at all."""

    colour: tuple[int, int, int]
    number: float
    signed: bool
    grey: bool


def pixel_at(result: Result, area: Area, x: float, y: float) -> Pixel:
    """What the result has where the frame has the point x, y, which lies in it."""
    place = np.floor(area.to_picture(x, y)).astype(int)
    across, down = np.minimum(place, (area.x + area.width - 1, area.y + area.height - 1))
    blue, green, red = np.broadcast_to(result.picture[down, across], 3).tolist()
    number = _numbers(result, result.picture[down : down + 1, across])[0]
    return Pixel((red, green, blue), float(number), result.signed, result.picture.ndim == 2)


def along(result: Result, area: Area, places: Numbers) -> Numbers:
    """(n,): the result's numbers where the frame has these (n, 2) points. Between the middles of four pixels
    all of them count, each the more the nearer it is."""
    at = np.stack(area.to_picture(places[:, 0], places[:, 1]), 1) - 0.5  # type: ignore[arg-type]
    low = np.floor(at).astype(np.int64)
    share = at - low
    first = np.array([area.x, area.y])
    last = first + np.array([area.width - 1, area.height - 1])
    near, far = np.clip(low, first, last), np.clip(low + 1, first, last)
    upper = _mixed(result, near[:, 1], near[:, 0], far[:, 0], share[:, 0])
    lower = _mixed(result, far[:, 1], near[:, 0], far[:, 0], share[:, 0])
    mixed: Numbers = upper + share[:, 1] * (lower - upper)
    return mixed


def _mixed(
    result: Result, row: NDArray[np.int64], one: NDArray[np.int64], other: NDArray[np.int64], share: Numbers
) -> Numbers:
    left, right = (_numbers(result, result.picture[row, column]) for column in (one, other))
    mixed: Numbers = left + share * (right - left)
    return mixed


def _numbers(result: Result, pixels: Image) -> Numbers:
    """(n,) of (n,) grey or (n, 3) BGR."""
    if pixels.ndim == 1:
        return pixels.astype(np.float64)
    if result.signed:
        return signs.numbers(pixels)
    brightness: Numbers = pixels @ WEIGHTS
    return brightness


def _in_pixels(place: tuple[float, float], frame: tuple[int, int]) -> tuple[float, float]:
    return place[0] / 100 * frame[0], place[1] / 100 * frame[1]
