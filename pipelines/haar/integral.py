"""Integral images of all layers: the sum of any rectangle from the numbers at its four corners.

Source: F. Crow, "Summed-area tables for texture mapping", SIGGRAPH 1984; for tilted ones, R. Lienhart and
J. Maydt, "An extended set of Haar-like features for rapid object detection", ICIP 2002.
"""

from __future__ import annotations

from typing import NamedTuple, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.frame import Image
from pipelines.haar.pyramid import Layer, Layout, Size

Integers = NDArray[np.int32]
FLATTEST = 0.1
"""A window whose grey deviates by no more than the reciprocal is given up before it is looked at."""


class Light(NamedTuple):
    """For each window: 1 over what the values of its features are divided by, and whether it is not flat."""

    share: NDArray[np.float32]
    lively: NDArray[np.bool_]


class Integrals:
    """The numbers of one layout, in memory that is used again for the next picture.

    `numbers` is (n,), the plain ones and behind them, where there are, the tilted ones. They wrap around,
    as in OpenCV; differences are right all the same.
    """

    def __init__(self, layout: Layout, *, tilted: bool) -> None:
        self._layout, self._tilted = layout, tilted
        self.numbers = np.zeros(layout.length * (2 if tilted else 1), np.int32)
        self._squares = np.zeros(layout.length, np.int32)

    def fill(self, grey: Image) -> None:
        """With a picture of the layout's size, (h, w)."""
        length = self._layout.length
        for layer, corner in zip(self._layout.layers, self._layout.corners, strict=True):
            small = shrunk(grey, layer)
            if self._tilted:
                plain, squares, tilted = cv2.integral3(small, sdepth=cv2.CV_32S, sqdepth=cv2.CV_32S)
                self._put(self.numbers[length:], tilted, corner)
            else:
                plain, squares = cv2.integral2(small, sdepth=cv2.CV_32S, sqdepth=cv2.CV_32S)
            self._put(self.numbers[:length], plain, corner)
            self._put(self._squares, squares, corner)

    def light(self, window: Size) -> Light:
        """By the standard deviation of the grey inside, one pixel from the window's edge."""
        area = (window[0] - 2) * (window[1] - 2)
        total = self._inner(self.numbers, window).astype(np.float64)
        squares = self._inner(self._squares, window).view(np.uint32).astype(np.float64)
        spread = area * squares - total * total
        varied = spread > 0
        share = np.ones(len(spread), np.float32)
        share[varied] = 1 / np.sqrt(spread[varied])
        return Light(share, varied & (area * share.astype(np.float64) < FLATTEST))

    def _inner(self, numbers: Integers, window: Size) -> Integers:
        left, top, right, bottom = 1, 1, window[0] - 1, window[1] - 1
        corners = ((left, top), (right, top), (left, bottom), (right, bottom))
        a, b, c, d = (numbers[self._layout.away(x, y) :].take(self._layout.at) for x, y in corners)
        return cast(Integers, a - b - c + d)

    def _put(self, numbers: Integers, layer: cv2.typing.MatLike, corner: tuple[int, int]) -> None:
        step, (x, y) = self._layout.step, corner
        planes = numbers.reshape(step, step, self._layout.height, self._layout.width)
        for row in range(step):
            for column in range(step):
                part = layer[row::step, column::step]
                planes[row, column, y : y + part.shape[0], x : x + part.shape[1]] = part


def shrunk(grey: Image, layer: Layer) -> Image:
    """The picture in the size of the layer, as OpenCV's search shrinks it."""
    return cast(Image, cv2.resize(grey, layer.size, interpolation=cv2.INTER_LINEAR_EXACT))
