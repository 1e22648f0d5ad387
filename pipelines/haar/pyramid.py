"""The sizes in which a picture is searched, and where its windows lie, exactly as in OpenCV.

The window keeps its size and the picture shrinks. Where it has shrunk to less than half, every window is
looked at; before, every second one across and down.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TypeVar

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Indices = NDArray[np.intp]
Size = tuple[int, int]
"""Width and height in pixels."""
FINE, COARSE = 2, 1
"""Pixels from one window to the next."""
HALF = 2.0
T = TypeVar("T", int, Indices)


class Layer(Struct, frozen=True):
    """The picture shrunk to one `size`: `scale` of its pixels are one pixel here. `across` and `down` are
    how many windows there are, `step` pixels from one to the next."""

    scale: float
    size: Size
    step: int
    across: int
    down: int


class Layout(Struct, frozen=True, eq=False):
    """Where the integral images of all layers of one step lie in one row of numbers.

    They are laid out in `step` × `step` planes: the first has the points of even x and even y, and so on,
    so that the windows of a layer lie side by side. `corners` is x, y of each layer in a plane, `at` where
    each window's upper left point is.
    """

    step: int
    layers: tuple[Layer, ...]
    corners: tuple[tuple[int, int], ...]
    width: int
    height: int
    at: Indices

    @property
    def length(self) -> int:
        """How many numbers there are."""
        return self.step * self.step * self.width * self.height

    def away(self, x: T, y: T) -> T:
        """How far behind a window's upper left point the one lies that is x, y pixels from it."""
        plane = y % self.step * self.step + x % self.step
        return plane * self.width * self.height + y // self.step * self.width + x // self.step


def scales(window: Size, size: Size, factor: float, minimum: int) -> list[float]:
    """How many times larger than the window it is that OpenCV looks for in a picture of this `size`.

    Where the smallest one that is wanted does not fit, the one that is nearest to it, as in OpenCV.
    """
    known, large = [], 1.0
    while round(window[0] * large) <= size[0] and round(window[1] * large) <= size[1]:
        known.append(float(np.float32(large)))
        large *= factor
    wanted = [scale for scale in known if min(enlarged(window, scale)) >= minimum]
    if wanted or not known:
        return wanted
    return [min(known, key=lambda scale: sum((side - minimum) ** 2 for side in enlarged(window, scale)))]


def enlarged(window: Size, scale: float) -> Size:
    """The window in pixels of the whole picture."""
    width, height = np.rint(np.array(window, np.float32) * np.float32(scale)).astype(int).tolist()
    return width, height


@functools.lru_cache(maxsize=8)
def layouts(window: Size, size: Size, factor: float, minimum: int) -> tuple[Layout, ...]:
    """For the layers in which every second window is looked at, and for the others; none where there is
    nothing to look at."""
    found = [_layer(window, size, scale) for scale in scales(window, size, factor, minimum)]
    fine = tuple(layer for layer in found if layer.scale < HALF)
    coarse = tuple(layer for layer in found if layer.scale >= HALF)
    return tuple(_layout(some, step) for some, step in ((fine, FINE), (coarse, COARSE)) if some)


def _layer(window: Size, size: Size, scale: float) -> Layer:
    width, height = np.rint(np.array(size, np.float32) / np.float32(scale)).astype(int).tolist()
    step = FINE if scale < HALF else COARSE
    across, down = (
        len(range(0, side + 1 - own, step)) for side, own in zip((width, height), window, strict=True)
    )
    return Layer(scale, (width, height), step, across, down)


def _layout(layers: tuple[Layer, ...], step: int) -> Layout:
    """From left to right, and below where a layer does not fit beside the others."""
    sizes = [(_points(layer.size[0], step), _points(layer.size[1], step)) for layer in layers]
    width = max(across for across, _down in sizes)
    corners = tuple(_shelves(sizes, width))
    height = max(y + down for (_x, y), (_across, down) in zip(corners, sizes, strict=True))
    at = [
        ((y + np.arange(layer.down))[:, None] * width + x + np.arange(layer.across)).ravel()
        for layer, (x, y) in zip(layers, corners, strict=True)
    ]
    return Layout(step, layers, corners, width, height, np.concatenate(at))


def _points(side: int, step: int) -> int:
    """An integral image has a point more than the picture has pixels."""
    return -(-(side + 1) // step)


def _shelves(sizes: list[Size], width: int) -> Iterator[tuple[int, int]]:
    x = y = tallest = 0
    for across, down in sizes:
        if x + across > width:
            x, y, tallest = 0, y + tallest, 0
        yield x, y
        x, tallest = x + across, max(tallest, down)
