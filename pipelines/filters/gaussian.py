"""Gaussian kernels and blurs that keep what 8 bits would round away."""

from __future__ import annotations

import functools
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.frame import Image

Kernel = NDArray[np.float32]
TRUNCATE = 4.0  # standard deviations after which the bell is cut off, as in SciPy


@functools.lru_cache(maxsize=64)
def by_sigma(sigma: float) -> Kernel:
    """(2r + 1, 1) weights with the sum 1, cut off at r = 4 `sigma`; `sigma` in pixels."""
    return _locked(2 * int(TRUNCATE * sigma + 0.5) + 1, sigma)


@functools.lru_cache(maxsize=64)
def by_size(size: int) -> Kernel:
    """(`size`, 1) weights with the sum 1: those of OpenCV's `GaussianBlur` with this odd size and σ = 0."""
    return _locked(size, 0.0)


class Blur:
    """Blurs picture after picture into the same memory: fresh pages would cost as much as the filtering."""

    def __init__(self) -> None:
        self._blurred: NDArray[np.float32] | None = None

    def of(self, grey: Image, kernel: Kernel) -> NDArray[np.float32]:
        """(height, width) float32 in the range of `grey`, not rounded, the border mirrored.

        Good until the next call.
        """
        blurred = cv2.sepFilter2D(grey, cv2.CV_32F, kernel, kernel, dst=self._blurred)
        self._blurred = cast(NDArray[np.float32], blurred)
        return self._blurred


def profile(kernel: Kernel, radius: int) -> NDArray[np.float64]:
    """(2 `radius` + 1,) weights on the horizontal line through the middle of the two-dimensional kernel."""
    line = kernel[:, 0].astype(np.float64)
    return np.pad(line * line.max(), radius - line.size // 2)


def _locked(size: int, sigma: float) -> Kernel:
    kernel = cast(Kernel, cv2.getGaussianKernel(size, sigma, cv2.CV_32F))
    kernel.flags.writeable = False
    return kernel
