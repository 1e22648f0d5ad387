"""The bare OpenCV calls that each pipeline stands for, as somebody would write them who wants them fast.

They compute the same pictures and boxes with the pipelines' default parameters; tests hold them to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import cv2
import numpy as np
from cv2.data import haarcascades
from numpy.typing import NDArray

from desktop.bench import bare_features, bare_filters
from pipelines.classic.canny import CannyParameters
from pipelines.classic.dog import DogParameters
from pipelines.frame import Image
from pipelines.haar.values import HaarParameters

Reference: TypeAlias = Callable[[Image], object]


def dog() -> Callable[[Image], NDArray[np.uint8]]:
    """Two separable filters in floating point, their difference in 8 bits, a table of colours."""
    default = DogParameters()
    inner_kernel, outer_kernel = (
        cv2.getGaussianKernel(2 * int(4 * wide + 0.5) + 1, wide, cv2.CV_32F)
        for wide in (default.sigma, default.sigma * default.ratio)
    )
    weight = default.gain / 2
    signed = (np.arange(256)[:, None] - 128) / 127
    colours = signed.clip(0, 1) * (67, 159, 255) + (-signed).clip(0, 1) * (254, 159, 76)
    table = np.rint(colours).astype(np.uint8)[:, None]
    grey: cv2.typing.MatLike | None = None
    inner: cv2.typing.MatLike | None = None
    outer: cv2.typing.MatLike | None = None
    levels: cv2.typing.MatLike | None = None

    def run(image: Image) -> NDArray[np.uint8]:
        nonlocal grey, inner, outer, levels
        grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY, dst=grey)
        inner = cv2.sepFilter2D(grey, cv2.CV_32F, inner_kernel, inner_kernel, dst=inner)
        outer = cv2.sepFilter2D(grey, cv2.CV_32F, outer_kernel, outer_kernel, dst=outer)
        levels = cv2.addWeighted(inner, weight, outer, -weight, 128, dst=levels, dtype=cv2.CV_8U)
        return cv2.applyColorMap(levels, table).astype(np.uint8, copy=False)

    return run


def canny() -> Callable[[Image], NDArray[np.uint8]]:
    default = CannyParameters()

    def run(image: Image) -> NDArray[np.uint8]:
        smooth = cv2.GaussianBlur(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), (0, 0), default.sigma)
        return cv2.Canny(smooth, default.low, default.high, L2gradient=default.exact).astype(
            np.uint8, copy=False
        )

    return run


def haar_faces() -> Callable[[Image], Sequence[cv2.typing.Rect]]:
    """On a picture of the working size, as everybody does who wants it live. Boxes in pixels of that."""
    default = HaarParameters()
    cascade = cv2.CascadeClassifier(str(Path(haarcascades) / "haarcascade_frontalface_default.xml"))

    def run(image: Image) -> Sequence[cv2.typing.Rect]:
        grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
        scale = min(1.0, default.long_side / max(grey.shape))
        if scale < 1:
            grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        smallest = round(default.minimum_size * scale)
        return cascade.detectMultiScale(
            grey, default.scale_factor, default.neighbours, minSize=(smallest, smallest)
        )

    return run


REFERENCES: dict[str, Callable[[], Reference]] = {
    "dog": dog,
    "canny": canny,
    "haar-faces": haar_faces,
    "grey": bare_filters.grey,
    "laplacian": bare_filters.laplacian,
    "sobel": bare_filters.sobel,
    "kernel": bare_filters.kernel,
    "gabor": bare_filters.gabor,
    "contours": bare_features.contours,
    "hog": bare_features.hog,
    "feature-points": bare_features.feature_points,
    "retina": bare_features.retina,
    "motion": bare_features.motion,
}
"""By the pipeline's name; each makes a fresh reference."""
