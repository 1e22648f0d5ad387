"""The integral image, and how the sum of a rectangle comes out of four of its numbers."""

from __future__ import annotations

from typing import NamedTuple, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from models.text import Text, plain
from pipelines.frame import Image
from pipelines.haar.pyramid import Size
from pipelines.result import Box, Caption, Key, Mark, Points, Reading

COLOURS = cv2.COLORMAP_VIRIDIS
STEPS = (0.0, 0.25, 0.5, 0.75, 1.0)
NAMES = "ABCD"
"""Of a rectangle's corners: upper left, upper right, lower left, lower right."""
SUM = Text("D − B − C + A: sum in the window", "D − B − C + A：窓の中の和")


class IntegralView(NamedTuple):
    picture: Image
    """(h, w, 3) BGR."""
    legend: tuple[Key, ...]


def integral_image(grey: Image) -> NDArray[np.int64]:
    """(h + 1, w + 1): at row y, column x the sum of all pixels above y and left of x."""
    sums = np.zeros((grey.shape[0] + 1, grey.shape[1] + 1), np.int64)
    sums[1:, 1:] = grey.astype(np.int64).cumsum(0).cumsum(1)
    return sums


def integral_view(sums: NDArray[np.int64], size: Size) -> IntegralView:
    """In the `size` of the frame, from 0 in the upper left corner to the sum of all pixels."""
    most = int(sums[-1, -1])
    levels = np.rint(sums[1:, 1:] * (255 / max(most, 1))).astype(np.uint8)
    large = cv2.resize(levels, size, interpolation=cv2.INTER_LINEAR)
    keys = tuple(Key(plain(f"{round(step * most):,}"), _colour(round(255 * step))) for step in STEPS)
    return IntegralView(cast(Image, cv2.applyColorMap(large, COLOURS)), keys)


def corners(
    sums: NDArray[np.int64], box: tuple[int, int, int, int], scale: NDArray[np.float64]
) -> tuple[tuple[Mark, ...], Reading]:
    """The four numbers of a rectangle in the picture that `sums` is of, with `scale` pixels of the frame
    for each of its own, and what comes out of them.
    """
    left, top = max(box[0], 0), max(box[1], 0)
    right, bottom = min(box[0] + box[2], sums.shape[1] - 1), min(box[1] + box[3], sums.shape[0] - 1)
    places = np.array([(left, top), (right, top), (left, bottom), (right, bottom)])
    a, b, c, d = (int(sums[y, x]) for x, y in places)
    points = (places * scale).astype(np.float32)
    wide, high = ((right - left) * scale[0], (bottom - top) * scale[1])
    captions = (
        Caption((float(x), float(y)), plain(f"{name} {value:,}"), "second")
        for name, value, (x, y) in zip(NAMES, (a, b, c, d), points, strict=True)
    )
    outline = Box((float(points[0, 0]), float(points[0, 1]), float(wide), float(high)), role="second")
    return (outline, Points(points, role="second"), *captions), Reading("sum", SUM, d - b - c + a)


def _colour(level: int) -> tuple[int, int, int]:
    blue, green, red = cv2.applyColorMap(np.array([[level]], np.uint8), COLOURS)[0, 0].tolist()
    return red, green, blue
