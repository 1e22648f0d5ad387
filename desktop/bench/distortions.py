"""`distortion/NAME-1280x720`: each distortion, and several, against the bare calls that they stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial, reduce
from typing import TypeAlias, cast

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from desktop.bench.case import Case, Effort, Goal, Row
from desktop.bench.interleave import median_times
from desktop.bench.pipelines import PICTURES, pictures
from pipelines.distortions import Distortions, distort
from pipelines.frame import Frame, Image

SIZE = (1280, 720)
GOAL = Goal("ratio", "<=", 1.15)
ROTATION, SCALE, BAR, SIGMA, SHARE = 30, 0.5, 0.2, 6, 0.25
CONTRAST, BRIGHTNESS, DEVIATION, JPEG = 1.5, 40, 20, 60
Bare: TypeAlias = Callable[[Image], Image]


class Pair(Struct, frozen=True):
    """A distortion as the program does it, and the calls that somebody would write for it."""

    values: Distortions
    bare: Bare


def _turned(image: Image) -> Image:
    matrix = cv2.getRotationMatrix2D(((SIZE[0] - 1) / 2, (SIZE[1] - 1) / 2), -ROTATION, 1.0)
    return cast(Image, cv2.warpAffine(image, matrix, SIZE))


def _shrunk(image: Image) -> Image:
    small = cv2.resize(image, None, fx=SCALE, fy=SCALE, interpolation=cv2.INTER_AREA)
    height, width = small.shape[:2]
    x, y = (SIZE[0] - width) // 2, (SIZE[1] - height) // 2
    sides = (y, SIZE[1] - height - y, x, SIZE[0] - width - x)
    return cast(Image, cv2.copyMakeBorder(small, *sides, cv2.BORDER_CONSTANT))


def _contrasted(image: Image) -> Image:
    return cast(Image, cv2.addWeighted(image, CONTRAST, image, 0, 127.5 * (1 - CONTRAST)))


def _brighter(image: Image) -> Image:
    return cast(Image, cv2.add(image, np.full(4, BRIGHTNESS, np.float64)))


def _negative(image: Image) -> Image:
    return cast(Image, cv2.bitwise_not(image))


def _blurred(image: Image) -> Image:
    return cast(Image, cv2.GaussianBlur(image, (0, 0), SIGMA))


def _coarse(image: Image) -> Image:
    few = cv2.resize(image, None, fx=SHARE, fy=SHARE, interpolation=cv2.INTER_AREA)
    return cast(Image, cv2.resize(few, SIZE, interpolation=cv2.INTER_LINEAR))


def _noisy(image: Image) -> Image:
    noise = np.empty(image.shape, np.int16)
    cv2.randn(noise, np.zeros(3), np.full(3, DEVIATION, np.float64))
    return cast(Image, cv2.add(image, noise, dtype=cv2.CV_8U))


def _packed(image: Image) -> Image:
    data: NDArray[np.uint8] = cv2.imencode(".jpg", image, (cv2.IMWRITE_JPEG_QUALITY, 100 - JPEG))[1]
    return cast(Image, cv2.imdecode(data, cv2.IMREAD_COLOR))


def _barred(image: Image) -> Image:
    top, thick = round(SIZE[1] * (1 - BAR) / 2), round(SIZE[1] * BAR)
    return cast(Image, cv2.rectangle(image.copy(), (0, top), (SIZE[0], top + thick - 1), (0, 0, 0), -1))


def _one_by_one(image: Image) -> Image:
    """In the order in which the program does them."""
    steps: tuple[Bare, ...] = (_barred, _turned, _blurred, _coarse, _brighter, _noisy, _packed)
    return reduce(lambda made, step: step(made), steps, image)


PAIRS: Mapping[str, Pair] = {
    "rotation": Pair(Distortions(rotation=ROTATION), _turned),
    "scale": Pair(Distortions(scale=SCALE), _shrunk),
    "brightness": Pair(Distortions(brightness=BRIGHTNESS), _brighter),
    "contrast": Pair(Distortions(contrast=CONTRAST), _contrasted),
    "invert": Pair(Distortions(invert=True), _negative),
    "blur": Pair(Distortions(blur=SIGMA), _blurred),
    "resolution": Pair(Distortions(resolution=SHARE), _coarse),
    "noise": Pair(Distortions(noise=DEVIATION), _noisy),
    "jpeg": Pair(Distortions(jpeg=JPEG), _packed),
    "bar": Pair(Distortions(bar=BAR), _barred),
    "several": Pair(
        Distortions(
            bar=BAR,
            rotation=ROTATION,
            blur=SIGMA,
            resolution=SHARE,
            brightness=BRIGHTNESS,
            noise=DEVIATION,
            jpeg=JPEG,
        ),
        _one_by_one,
    ),
}
"""By the distortion's name."""


def cases() -> Iterator[Case]:
    for name, pair in PAIRS.items():
        case = f"distortion/{name}-{SIZE[0]}x{SIZE[1]}"
        yield Case(case, partial(_measure, case, pair))


def _measure(name: str, pair: Pair, effort: Effort) -> Iterator[Row]:
    def ours(frame: Frame) -> object:
        return distort(frame, pair.values)

    frames = pictures(SIZE, PICTURES)
    value, bare = median_times(ours, lambda frame: pair.bare(frame.image), frames, effort.turns)
    yield Row(name, "ms", GOAL, value * 1000, bare * 1000)
