"""Seven ways to choose points that can be found again.

Sources: C. Harris and M. Stephens, "A combined corner and edge detector", Alvey Vision Conference 1988; J.
Shi and C. Tomasi, "Good features to track", CVPR 1994; E. Rosten and T. Drummond, "Machine learning for
high-speed corner detection", ECCV 2006; D. G. Lowe, "Distinctive image features from scale-invariant
keypoints", IJCV 60, 91-110 (2004); E. Rublee et al., "ORB: an efficient alternative to SIFT or SURF", ICCV
2011; S. Leutenegger, M. Chli and R. Siegwart, "BRISK: Binary robust invariant scalable keypoints", ICCV
2011; P. F. Alcantarilla, J. Nuevo and A. Bartoli, "Fast explicit diffusion for accelerated features in
nonlinear scale spaces", BMVC 2013.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.frame import Image

Method = Literal["harris", "shi-tomasi", "fast", "orb", "sift", "akaze", "brisk"]
CORNER, APART = 7, 8
"""Pixels across of what Harris and Shi-Tomasi look at, and between two of their corners."""
SMALLEST = 16
"""Pixels that a picture must have across and down."""
UPRIGHT = ("harris", "shi-tomasi", "fast")
"""They have no size and no orientation, and no description of their own: ORB's is taken."""


class Wanted(NamedTuple):
    method: Method
    most: int
    strictness: float
    """How many times the threshold that OpenCV takes by default."""


class Found(NamedTuple):
    """(n, 2) places, (n,) diameters in pixels, (n,) degrees from the right downwards, -1 where there are
    none."""

    places: NDArray[np.float32]
    sizes: NDArray[np.float32]
    angles: NDArray[np.float32]
    keys: tuple[cv2.KeyPoint, ...]


class Described(NamedTuple):
    found: Found
    """Those that can be described: not too near to the edge."""
    words: cv2.typing.MatLike
    """(n, length) uint8, compared bit by bit, or float32."""


NO_WORDS = np.zeros((0, 32), np.uint8)


class Detectors:
    """Made when they are first wanted, and kept while nothing else is."""

    def __init__(self) -> None:
        self._wanted: Wanted | None = None
        self._detector: cv2.Feature2D | None = None
        self._describer: cv2.Feature2D | None = None

    def find(self, grey: Image, wanted: Wanted) -> Found:
        """Points of (h, w) `grey`; none in a picture too small for it."""
        if min(grey.shape) < SMALLEST:
            return _told(())
        return _strongest(self._made(wanted).detect(grey, None), wanted.most)

    def describe(self, grey: Image, found: Found, wanted: Wanted) -> Described:
        """What each of them looks like."""
        detector = self._made(wanted)
        if wanted.method in UPRIGHT:
            self._describer = self._describer or cv2.ORB.create()
            detector = self._describer
        if not found.keys:
            return Described(found, NO_WORDS)
        keys, words = detector.compute(grey, found.keys)
        # where none can be described there is nothing at all in place of the words
        return Described(_told(tuple(keys)), words if keys else NO_WORDS)

    def _made(self, wanted: Wanted) -> cv2.Feature2D:
        if wanted != self._wanted or self._detector is None:
            self._wanted, self._detector = wanted, MAKERS[wanted.method](wanted.most, wanted.strictness)
        return self._detector


def _strongest(keys: Sequence[cv2.KeyPoint], most: int) -> Found:
    """No more than that; a method that counts by itself gives no more."""
    if len(keys) <= most:
        return _told(tuple(keys))
    order = np.argsort(-np.array([key.response for key in keys]), kind="stable")[:most]
    return _told(tuple(keys[at] for at in order.tolist()))


def _told(keys: tuple[cv2.KeyPoint, ...]) -> Found:
    # to OpenCV the middle of the first pixel is 0
    places = np.array(cv2.KeyPoint.convert(keys), np.float32).reshape(-1, 2) + np.float32(0.5)
    sizes = np.array([key.size for key in keys], np.float32)
    return Found(places, sizes, np.array([key.angle for key in keys], np.float32), keys)


def _corners(harris: bool) -> Callable[[int, float], cv2.Feature2D]:
    def make(most: int, strictness: float) -> cv2.Feature2D:
        level = min(0.01 * strictness, 0.99)
        return cv2.GFTTDetector.create(most, level, APART, CORNER, harris, 0.04)

    return make


def _fast(most: int, strictness: float) -> cv2.Feature2D:
    return cv2.FastFeatureDetector.create(max(1, round(10 * strictness)))


def _orb(most: int, strictness: float) -> cv2.Feature2D:
    return cv2.ORB.create(most, fastThreshold=max(1, round(20 * strictness)))


def _sift(most: int, strictness: float) -> cv2.Feature2D:
    # without precise enlargement every point lies a quarter of a pixel beside its place
    return cv2.SIFT.create(most, contrastThreshold=0.04 * strictness, enable_precise_upscale=True)


def _akaze(most: int, strictness: float) -> cv2.Feature2D:
    return cv2.AKAZE.create(threshold=0.001 * strictness)


def _brisk(most: int, strictness: float) -> cv2.Feature2D:
    return cv2.BRISK.create(max(1, round(30 * strictness)))


MAKERS: dict[Method, Callable[[int, float], cv2.Feature2D]] = {
    "harris": _corners(True),
    "shi-tomasi": _corners(False),
    "fast": _fast,
    "orb": _orb,
    "sift": _sift,
    "akaze": _akaze,
    "brisk": _brisk,
}
