"""How a picture enters a network: nothing is done to it but what the network was trained with."""

from __future__ import annotations

from typing import Literal, NamedTuple, cast

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models.centring import centred
from models.runtimes.network import Picture, Values
from models.shrinking import halved

Fit = Literal["crop", "stretch", "whole", "centred"]
Image = NDArray[np.uint8]


class Preparation(Struct, frozen=True):
    """(level * scale - mean) / deviation for each channel, after the picture was brought to its size.

    `height` and `width` are 0 where the network takes any: then the picture keeps its shape, with `side` as
    its longer side, both rounded up to a `multiple`.
    """

    height: int = 0
    width: int = 0
    side: int = 320
    multiple: int = 32
    fit: Fit = "crop"
    """The middle of the picture in the network's shape; the whole of it, stretched; all of it with black at
    the edges; or a digit that is drawn in it, centred, light on dark."""
    channels: int = 3
    channels_last: bool = False
    """Whether they stand behind height and width in the network's input."""
    rgb: bool = True
    scale: float = 1 / 255
    mean: tuple[float, ...] = (0.0,)
    deviation: tuple[float, ...] = (1.0,)
    enlarged: float = 1.0
    """The shorter side is brought to this many times the network's before the middle is cut out."""


IMAGENET = Preparation(
    224, 224, mean=(0.485, 0.456, 0.406), deviation=(0.229, 0.224, 0.225), enlarged=256 / 224
)
"""What most networks for ImageNet were trained with."""


class Prepared(NamedTuple):
    values: Values
    """(1, channels, h, w), or (1, h, w, channels) where they stand last."""
    picture: Picture
    """(h, w, 3) BGR: what the network sees, as a person would see it."""


def prepared(image: Picture, how: Preparation) -> Prepared:
    """`image` is (h, w, 3) BGR; it is not written to."""
    picture = fitted(image, how)
    return Prepared(standardised(picture[None], how), _seen(picture, how))


def fitted(image: Picture, how: Preparation) -> Image:
    """(h, w, channels): `image` (h, w, 3) BGR in the network's size and with its channels, in their order."""
    if how.fit == "centred":
        return centred(_grey(image), how.height)[..., None]
    picture = _fitted(image, how)
    if how.channels == 1:
        return _grey(picture)[..., None]
    return cast(Image, cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)) if how.rgb else picture


def standardised(pictures: Image, how: Preparation) -> Values:
    """(n, channels, h, w) as the network takes them, or (n, h, w, channels) where its channels stand last, of
    (n, h, w, channels) in the order of its channels."""
    values = np.empty((len(pictures), how.channels, *pictures.shape[1:3]), np.float32)
    for channel in range(how.channels):
        factor = how.scale / _of(how.deviation, channel)
        shift = _of(how.mean, channel) / _of(how.deviation, channel)
        np.multiply(pictures[..., channel], np.float32(factor), out=values[:, channel])
        values[:, channel] -= np.float32(shift)
    return np.ascontiguousarray(values.transpose(0, 2, 3, 1)) if how.channels_last else values


def _seen(picture: Image, how: Preparation) -> Picture:
    if how.channels == 1:
        return cast(Picture, cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR))
    return cast(Picture, cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)) if how.rgb else picture


def _grey(image: Picture) -> Image:
    return cast(Image, cv2.cvtColor(image, cv2.COLOR_BGR2GRAY))


def _of(numbers: tuple[float, ...], channel: int) -> float:
    return numbers[min(channel, len(numbers) - 1)]


def _fitted(image: Picture, how: Preparation) -> Picture:
    height, width = image.shape[:2]
    if not (how.height and how.width):
        factor = how.side / max(height, width)
        rows, columns = (_rounded(length * factor, how.multiple) for length in (height, width))
        return _scaled(image, (columns, rows))
    target = (how.width, how.height)
    match how.fit:
        case "stretch":
            return _scaled(image, target)
        case "whole":
            return _padded(image, target)
        case _:
            return _cropped(image, target, how.enlarged)


def _rounded(length: float, multiple: int) -> int:
    return max(1, round(length / multiple)) * multiple


def _cropped(image: Picture, target: tuple[int, int], enlarged: float) -> Picture:
    """The middle, cut out before it is scaled: what is thrown away is not scaled."""
    height, width = image.shape[:2]
    factor = min(width / target[0], height / target[1]) / enlarged
    across, down = (max(1, round(length * factor)) for length in target)
    left, top = (width - across) // 2, (height - down) // 2
    return _scaled(image[top : top + down, left : left + across], target)


def _padded(image: Picture, target: tuple[int, int]) -> Picture:
    height, width = image.shape[:2]
    factor = min(target[0] / width, target[1] / height)
    size = max(1, round(width * factor)), max(1, round(height * factor))
    small = _scaled(image, size)
    right, below = target[0] - size[0], target[1] - size[1]
    edges = below // 2, below - below // 2, right // 2, right - right // 2
    return cast(Picture, cv2.copyMakeBorder(small, *edges, cv2.BORDER_CONSTANT, value=(0, 0, 0)))


def _scaled(image: Picture, size: tuple[int, int]) -> Picture:
    """To (width, height); averaged where it becomes smaller."""
    image = halved(image, size)
    if image.shape[1::-1] == size:
        return image
    smaller = size[0] < image.shape[1]
    return cast(
        Picture, cv2.resize(image, size, interpolation=cv2.INTER_AREA if smaller else cv2.INTER_LINEAR)
    )
