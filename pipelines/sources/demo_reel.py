"""The demo's pictures and how the view moves over them: frame n depends on n only.

Each take is one picture under a slow pan, zoom and turn; the next one fades in over its last moments.
"""

from __future__ import annotations

import functools
import math

import cv2
import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from pipelines.frame import Image, Truth
from pipelines.sources.read_picture import read_picture
from resources import ROOT

RATE = 30
SIZE = (1280, 720)
TAKE = 12 * RATE
"""Frames from the beginning of one take to that of the next."""
FADE = 20
"""Frames of a take over which the next one fades in."""
WIDTH = 1536
"""Pixels that the pictures are enlarged to once, smoothly, so that the fast sampling of each frame
works at a scale near one."""


class Crop(Struct, frozen=True):
    """The part of a picture that fills the frame, in pixels of the stored picture: its centre and its
    width; the picture is turned clockwise by `degrees`."""

    x: float
    y: float
    width: float
    degrees: float

    def towards(self, other: Crop, share: float) -> Crop:
        """Between this crop (share 0) and the other (share 1)."""

        def mixed(one: float, two: float) -> float:
            return one + (two - one) * share

        return Crop(
            mixed(self.x, other.x),
            mixed(self.y, other.y),
            mixed(self.width, other.width),
            mixed(self.degrees, other.degrees),
        )

    def matrix(self) -> NDArray[np.float64]:
        """(2, 3): from pixels of the stored picture to pixels of the frame."""
        scale, angle = SIZE[0] / self.width, math.radians(self.degrees)
        cos, sin = scale * math.cos(angle), scale * math.sin(angle)
        return np.array(
            [
                [cos, -sin, SIZE[0] / 2 - cos * self.x + sin * self.y],
                [sin, cos, SIZE[1] / 2 - sin * self.x - cos * self.y],
            ]
        )


class Take(Struct, frozen=True):
    """A picture of `resources/pictures` between two crops."""

    file: str
    start: Crop
    end: Crop


FACE = ("astronaut.jpg", (177.0, 74.0, 94.0, 103.0))
"""Where the face is in the stored picture, from hairline to chin: x, y, width, height, measured by hand."""
TAKES = (
    Take("astronaut.jpg", Crop(250, 139, 440, -3), Crop(222, 126, 380, 4)),
    Take("coffee.jpg", Crop(270, 205, 500, 6), Crop(340, 190, 430, -6)),
    Take("brick.jpg", Crop(250, 300, 390, -8), Crop(262, 210, 330, 10)),
    Take("chelsea.jpg", Crop(210, 150, 395, -4), Crop(240, 145, 350, 5)),
    Take("astronaut.jpg", Crop(196, 122, 360, 5), Crop(270, 146, 450, -4)),
    Take("rocket.jpg", Crop(350, 260, 540, -3), Crop(300, 220, 450, 4)),
    Take("gravel.jpg", Crop(230, 230, 340, 10), Crop(280, 280, 390, -8)),
)
LENGTH = len(TAKES) * TAKE


def frame(number: int) -> tuple[Image, tuple[Truth, ...]]:
    """Frame `number` of the reel, 0 to `LENGTH` - 1, and the face in it; of no account while it is half
    seen."""
    index, at = divmod(number, TAKE)
    image = _drawn(index, at)
    share = (at - (TAKE - FADE)) / FADE
    if share <= 0:
        return image, _truth(index, at)
    following = (index + 1) % len(TAKES)
    coming = _drawn(following, at - TAKE)
    mixed = cv2.addWeighted(coming, share, image, 1 - share, 0).astype(np.uint8, copy=False)
    half_seen = (*_truth(index, at), *_truth(following, at - TAKE))
    return mixed, tuple(replace(known, ignore=True) for known in half_seen)


def crop(index: int, at: int) -> Crop:
    """The crop of a take; `at` counts frames from its beginning, negative while it fades in."""
    return TAKES[index].start.towards(TAKES[index].end, (at + FADE) / (TAKE + FADE))


def _drawn(index: int, at: int) -> Image:
    picture, enlarged = _picture(TAKES[index].file)
    matrix = crop(index, at).matrix()
    matrix[:, 2] += matrix[:, :2] @ np.full(2, 0.5 / enlarged - 0.5)
    matrix[:, :2] /= enlarged
    return cv2.warpAffine(picture, matrix, SIZE, borderMode=cv2.BORDER_REPLICATE).astype(np.uint8, copy=False)


def _truth(index: int, at: int) -> tuple[Truth, ...]:
    """The face under the motion: its centre is carried along and its size follows the zoom."""
    file, (x, y, width, height) = FACE
    if TAKES[index].file != file:
        return ()
    now = crop(index, at)
    centre_x, centre_y = now.matrix() @ (x + width / 2, y + height / 2, 1)
    width, height = width * SIZE[0] / now.width, height * SIZE[0] / now.width
    return (Truth("face", (centre_x - width / 2, centre_y - height / 2, width, height)),)


@functools.lru_cache(maxsize=2)
def _picture(file: str) -> tuple[Image, float]:
    """A picture enlarged to `WIDTH`, and how many times."""
    stored = read_picture(ROOT / "pictures" / file)
    times = WIDTH / stored.shape[1]
    size = (WIDTH, round(stored.shape[0] * times))
    return cv2.resize(stored, size, interpolation=cv2.INTER_CUBIC).astype(np.uint8, copy=False), times
