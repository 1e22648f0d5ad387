"""The weights of Gabor filters, taken apart into lines across and down.

A round bell over a wave is a product of two lines, or a sum of two such products: four passes of short lines
give both phases of an orientation and of its mirror image.

Source: D. Gabor, "Theory of communication", J. IEE 93, 429-457 (1946); J. G. Daugman, "Uncertainty
relation for resolution in space, spatial frequency, and orientation optimized by two-dimensional visual
cortical filters", J. Opt. Soc. Am. A 2, 1160-1169 (1985).
"""

from __future__ import annotations

import functools
import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.filters.gaussian import Kernel

REACH = 3.0
"""Standard deviations after which the bell is cut off."""


class Line(NamedTuple):
    """(2r + 1, 1) each: the bell times the cosine, and times the sine, of the wave along one axis."""

    cosine: Kernel
    sine: Kernel


class Pair(NamedTuple):
    """An orientation and its mirror image, which share their lines."""

    orientation: int
    mirrored: int | None
    """`None` where it is its own: level and upright."""
    across: Line
    down: Line
    constant: float
    """What the even phase, as it is, would answer to an even picture of brightness 1."""


class Wave(NamedTuple):
    bell: Kernel
    """(2r + 1, 1), the sum √2: what two of them give to an even picture is 2."""
    pairs: tuple[Pair, ...]


def sigma_of(wavelength: float, bandwidth: float) -> float:
    """The width of the bell for a `bandwidth` in octaves at half of the height; both in pixels."""
    ratio = (2**bandwidth + 1) / (2**bandwidth - 1)
    return wavelength / math.pi * math.sqrt(math.log(2) / 2) * ratio


@functools.lru_cache(maxsize=32)
def wave(wavelength: float, bandwidth: float, orientations: int) -> Wave:
    """All filters of one wavelength in pixels, at angles n · 180° / `orientations` to the horizontal.

    Each answers to a wave of its own wavelength and orientation with the wave's amplitude.
    """
    sigma = sigma_of(wavelength, bandwidth)
    radius = math.ceil(REACH * sigma)
    x = np.arange(-radius, radius + 1, dtype=np.float64)
    bell = np.exp(-(x**2) / (2 * sigma**2))
    bell *= math.sqrt(2) / bell.sum()
    pairs = []
    for number in range(orientations // 2 + 1):
        angle = math.pi * number / orientations
        across = _line(x, bell, 2 * math.pi / wavelength * math.sin(angle))
        down = _line(x, bell, 2 * math.pi / wavelength * math.cos(angle))
        alone = number == 0 or 2 * number == orientations
        constant = float(across.cosine.sum(dtype=np.float64) * down.cosine.sum(dtype=np.float64)) / 2
        pairs.append(Pair(number, None if alone else orientations - number, across, down, constant))
    return Wave(_single(bell), tuple(pairs))


def kernel(
    wavelength: float, bandwidth: float, orientations: int, number: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The even and the odd phase of one filter as (2r + 1, 2r + 1) weights, the even one with the sum 0."""
    found = wave(wavelength, bandwidth, orientations)
    pair = next(pair for pair in found.pairs if number in (pair.orientation, pair.mirrored))
    sign = 1.0 if number == pair.orientation else -1.0
    (cosine, sine), (cosine_down, sine_down) = (
        [line[:, 0].astype(np.float64) for line in lines] for lines in (pair.across, pair.down)
    )
    bell = found.bell[:, 0].astype(np.float64)
    even = np.outer(cosine_down, cosine) - sign * np.outer(sine_down, sine)
    odd = np.outer(cosine_down, sine) + sign * np.outer(sine_down, cosine)
    return even - pair.constant * np.outer(bell, bell), odd


def _line(x: NDArray[np.float64], bell: NDArray[np.float64], frequency: float) -> Line:
    return Line(_single(bell * np.cos(frequency * x)), _single(bell * np.sin(frequency * x)))


def _single(weights: NDArray[np.float64]) -> Kernel:
    line: Kernel = weights.astype(np.float32)[:, None]
    line.flags.writeable = False
    return line
