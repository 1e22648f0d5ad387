"""Filters in bare OpenCV calls: see `references`."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.classic.gabor import GaborParameters
from pipelines.classic.grey import GreyParameters
from pipelines.classic.laplacian import LaplacianParameters
from pipelines.classic.sobel import SobelParameters
from pipelines.frame import Image
from pipelines.gabor.waves import kernel as weights

Floats = NDArray[np.float32]


def grey() -> Callable[[Image], NDArray[np.uint8]]:
    """The picture, and the counts that everybody wants of it."""
    bins = GreyParameters().bins

    def run(image: Image) -> NDArray[np.uint8]:
        made = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
        cv2.calcHist([made], [0], None, [bins], [0, 256])
        return made.astype(np.uint8, copy=False)

    return run


def laplacian() -> Callable[[Image], NDArray[np.uint8]]:
    """Two separable filters in floating point, their sum in 8 bits, a table of colours."""
    default = LaplacianParameters()
    bell = cv2.getGaussianKernel(2 * int(4 * default.sigma + 0.5) + 1, default.sigma, cv2.CV_32F)
    x = np.arange(len(bell))[:, None] - len(bell) // 2
    bent = bell * (1 - x**2 / default.sigma**2)
    bent = (bent - bent.sum() * bell).astype(np.float32)
    signed = (np.arange(256)[:, None] - 128) / 127
    colours = signed.clip(0, 1) * (67, 159, 255) + (-signed).clip(0, 1) * (254, 159, 76)
    table = np.rint(colours).astype(np.uint8)[:, None]
    weight = default.gain / 2
    made: cv2.typing.MatLike | None = None
    across: cv2.typing.MatLike | None = None
    down: cv2.typing.MatLike | None = None

    def run(image: Image) -> NDArray[np.uint8]:
        nonlocal made, across, down
        made = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY, dst=made)
        across = cv2.sepFilter2D(made, cv2.CV_32F, bent, bell, dst=across)
        down = cv2.sepFilter2D(made, cv2.CV_32F, bell, bent, dst=down)
        levels = cv2.addWeighted(across, weight, down, weight, 128, dtype=cv2.CV_8U)
        return cv2.applyColorMap(levels, table).astype(np.uint8, copy=False)

    return run


def sobel() -> Callable[[Image], NDArray[np.uint8]]:
    default = SobelParameters()
    across: cv2.typing.MatLike | None = None
    down: cv2.typing.MatLike | None = None
    length: cv2.typing.MatLike | None = None

    def run(image: Image) -> NDArray[np.uint8]:
        nonlocal across, down, length
        made = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
        across = cv2.Sobel(made, cv2.CV_32F, 1, 0, dst=across, scale=1 / 8)
        down = cv2.Sobel(made, cv2.CV_32F, 0, 1, dst=down, scale=1 / 8)
        length = cv2.magnitude(across, down, length)
        return cv2.convertScaleAbs(length, alpha=default.gain).astype(np.uint8, copy=False)

    return run


def kernel() -> Callable[[Image], NDArray[np.uint8]]:
    line = np.array([[0, 1, 0]] * 3, np.float32) / 3

    def run(image: Image) -> NDArray[np.uint8]:
        made = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
        return cv2.filter2D(made, cv2.CV_8U, line).astype(np.uint8, copy=False)

    return run


def gabor() -> Callable[[Image], Floats]:
    """The same bank by `cv2.filter2D`: both phases of every filter, and the strongest energy."""
    default = GaborParameters()
    bank = [
        [
            phase.astype(np.float32)
            for phase in weights(
                default.wavelength * 2**octave, default.bandwidth, default.orientations, number
            )
        ]
        for octave in range(default.frequencies)
        for number in range(default.orientations)
    ]

    def run(image: Image) -> Floats:
        made = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(np.float32)
        best = np.zeros_like(made)
        for even, odd in bank:
            one = cv2.filter2D(made, cv2.CV_32F, even)
            other = cv2.filter2D(made, cv2.CV_32F, odd)
            cv2.max(best, cv2.magnitude(one, other, one), dst=best)
        return best

    return run
