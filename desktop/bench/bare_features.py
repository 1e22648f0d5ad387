"""Features in bare OpenCV calls: see `references`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.classic.contours import ContoursParameters
from pipelines.classic.feature_points import FeaturePointsParameters
from pipelines.classic.hog import HogParameters
from pipelines.classic.motion import MotionParameters
from pipelines.classic.retina import RetinaParameters
from pipelines.frame import Image


def contours() -> Callable[[Image], Sequence[cv2.typing.MatLike]]:
    """The outlines that enclose enough, with what is measured on each, and the histogram with its
    threshold."""
    default = ContoursParameters()

    def run(image: Image) -> Sequence[cv2.typing.MatLike]:
        made = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
        smooth = cv2.GaussianBlur(made, (0, 0), default.sigma)
        cv2.calcHist([smooth], [0], None, [256], [0, 256])
        _, binary = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
        outlines, _ = cv2.findContours(binary, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
        smallest = default.smallest / 100 * made.size
        kept = [outline for outline in outlines if cv2.contourArea(outline) > smallest]
        for outline in kept:
            cv2.arcLength(outline, True)
            cv2.moments(outline)
            cv2.contourArea(cv2.convexHull(outline))
            cv2.minAreaRect(outline)
        return kept

    return run


def hog() -> Callable[[Image], NDArray[np.uint8]]:
    """OpenCV's descriptor has 9 bins at least, and draws nothing: so gradients, a mean over the cells of each
    bin's share, and a line for each bin in every cell."""
    default = HogParameters()
    side, bins = default.cell, default.orientations
    stars = np.zeros((bins, side, side), np.float32)
    for number, star in enumerate(stars):
        turn = np.pi * (number + 0.5) / bins
        x, y = (side / 2 - 1) * -np.sin(turn), (side / 2 - 1) * np.cos(turn)
        middle = side / 2 - 0.5
        ends = [(round(middle + sign * x), round(middle + sign * y)) for sign in (-1, 1)]
        cv2.line(star, ends[0], ends[1], (1.0,))
    lines = stars.reshape(bins, -1)

    def run(image: Image) -> NDArray[np.uint8]:
        made = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
        columns, rows = made.shape[1] // side, made.shape[0] // side
        across = cv2.Sobel(made, cv2.CV_32F, 1, 0, ksize=1)
        down = cv2.Sobel(made, cv2.CV_32F, 0, 1, ksize=1)
        length, degrees = cv2.cartToPolar(across, down, angleInDegrees=True)
        level = cv2.convertScaleAbs(degrees, alpha=bins / 180, beta=-0.5) % bins
        shares = [
            cv2.resize(length * (level == number), (columns, rows), interpolation=cv2.INTER_AREA)
            for number in range(bins)
        ]
        cells = np.stack(shares, axis=2).reshape(-1, bins) / default.brightest
        drawn = cv2.convertScaleAbs(cells.astype(np.float32, copy=False) @ lines)
        squares = drawn.reshape(rows, columns, side, side).transpose(0, 2, 1, 3)
        return squares.reshape(rows * side, columns * side).astype(np.uint8, copy=False)

    return run


def feature_points() -> Callable[[Image], Sequence[cv2.KeyPoint]]:
    default = FeaturePointsParameters()
    orb = cv2.ORB.create(default.most)

    def run(image: Image) -> Sequence[cv2.KeyPoint]:
        return orb.detect(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), None)

    return run


def retina() -> Callable[[Image], NDArray[np.uint8]]:
    """There by `warpPolar` with as many numbers as ours, and back; both beside each other."""
    default = RetinaParameters()

    def run(image: Image) -> NDArray[np.uint8]:
        height, width = image.shape[:2]
        share = (default.kept / 100) ** 0.5
        # rows are angles: as many numbers in another shape
        size = round(width * share), round(height * share)
        middle, reach = (width / 2, height / 2), float(np.hypot(width, height)) / 2
        log = cv2.INTER_LINEAR | cv2.WARP_POLAR_LOG
        cortex = cv2.warpPolar(image, size, middle, reach, log)
        field = cv2.warpPolar(cortex, (width, height), middle, reach, log | cv2.WARP_INVERSE_MAP)
        large = cv2.resize(cortex, (width, height))
        return np.hstack([field, large]).astype(np.uint8, copy=False)

    return run


def motion() -> Callable[[Image], NDArray[np.uint8]]:
    """Flow from the picture before, in the colours that everybody takes: hue and value."""
    default = MotionParameters()
    dis = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
    before: cv2.typing.MatLike | None = None

    def run(image: Image) -> NDArray[np.uint8]:
        nonlocal before
        now = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
        flow = dis.calc(now, now if before is None else before, np.zeros((*now.shape, 2), np.float32))
        before = now
        across, down = cv2.split(flow)
        speed, degrees = cv2.cartToPolar(across, down, angleInDegrees=True)
        hue = cv2.convertScaleAbs(degrees, alpha=0.5)
        value = cv2.convertScaleAbs(speed, alpha=255 / default.brightest)
        colours = cv2.merge([hue, np.full_like(hue, 255), value])
        return cv2.cvtColor(colours, cv2.COLOR_HSV2BGR).astype(np.uint8, copy=False)

    return run
