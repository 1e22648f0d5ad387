"""What a bank of Gabor filters answers to a picture."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import NamedTuple, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.filters.gaussian import Kernel
from pipelines.frame import Image
from pipelines.gabor.waves import Pair, wave

Floats = NDArray[np.float32]
TAPS, BETA = 15, 5.6
"""Of the filter before every second pixel is left out: flat up to an eighth of a cycle a pixel, and nothing
above three eighths, within a thousandth."""


class Answer(NamedTuple):
    """One filter at every pixel, (h, w) each; good until the next one is asked for."""

    orientation: int
    even: Floats
    odd: Floats


class Waves:
    """All filters of one wavelength on picture after picture, in the same memory."""

    def __init__(self) -> None:
        self._memory: dict[str, Floats] = {}

    def answers(
        self, picture: Floats, wavelength: float, bandwidth: float, orientations: int
    ) -> Iterator[Answer]:
        """For each orientation what the even and the odd filter answer, the border mirrored."""
        found = wave(wavelength, bandwidth, orientations)
        bell = self._filtered("bell", picture, found.bell, found.bell)
        for pair in found.pairs:
            yield from (
                self._alone(picture, pair, bell)
                if pair.mirrored is None
                else self._both(picture, pair, pair.mirrored, bell)
            )

    def _alone(self, picture: Floats, pair: Pair, bell: Floats) -> Iterator[Answer]:
        """Level or upright: the wave goes along one axis only."""
        even = self._filtered("cc", picture, pair.across.cosine, pair.down.cosine)
        even = self._kept("cc", cv2.scaleAdd(bell, -pair.constant, even, dst=even))
        level = pair.orientation == 0
        across = pair.across.cosine if level else pair.across.sine
        down = pair.down.sine if level else pair.down.cosine
        yield Answer(pair.orientation, even, self._filtered("cs", picture, across, down))

    def _both(self, picture: Floats, pair: Pair, mirrored: int, bell: Floats) -> Iterator[Answer]:
        across, down = pair.across, pair.down
        cc = self._filtered("cc", picture, across.cosine, down.cosine)
        cc = self._kept("cc", cv2.scaleAdd(bell, -pair.constant, cc, dst=cc))
        ss = self._filtered("ss", picture, across.sine, down.sine)
        sc = self._filtered("sc", picture, across.sine, down.cosine)
        cs = self._filtered("cs", picture, across.cosine, down.sine)
        even = self._kept("even", cv2.subtract(cc, ss, dst=self._memory.get("even")))
        odd = self._kept("odd", cv2.add(sc, cs, dst=self._memory.get("odd")))
        yield Answer(pair.orientation, even, odd)
        even = self._kept("even", cv2.add(cc, ss, dst=even))
        odd = self._kept("odd", cv2.subtract(sc, cs, dst=odd))
        yield Answer(mirrored, even, odd)

    def _filtered(self, name: str, picture: Floats, across: Kernel, down: Kernel) -> Floats:
        made = cv2.sepFilter2D(picture, cv2.CV_32F, across, down, dst=self._memory.get(name))
        return self._kept(name, made)

    def _kept(self, name: str, made: cv2.typing.MatLike) -> Floats:
        self._memory[name] = cast(Floats, made)
        return self._memory[name]


def halved(picture: Floats) -> Floats:
    """Every second pixel across and down, from the first, after what these cannot hold was filtered out."""
    line = _half_band()
    smooth = cv2.sepFilter2D(picture, cv2.CV_32F, line, line)
    return np.ascontiguousarray(cast(Floats, smooth)[::2, ::2])


def spread(small: Floats | Image, times: int, size: tuple[int, int], how: int) -> NDArray[np.generic]:
    """Back to `size` (width, height): pixel n of `small` lies on pixel n · `times`."""
    place = np.array([[1 / times, 0, 0], [0, 1 / times, 0]])
    flags = how | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(small, place, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)


@functools.cache
def _half_band() -> Kernel:
    x = np.arange(TAPS) - TAPS // 2
    line = np.sinc(x / 2) * np.kaiser(TAPS, BETA)
    made: Kernel = (line / line.sum()).astype(np.float32)[:, None]
    return made
