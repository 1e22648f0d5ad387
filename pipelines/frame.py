"""The picture that travels through the program."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Image = NDArray[np.uint8]


class Truth(Struct, frozen=True):
    """A labelled box that the source knows to be there: x, y, width, height in pixels.

    `ignore`: too small, too blurred or too doubtful to be asked for: neither finding nor missing it counts.
    """

    label: str
    box: tuple[float, float, float, float]
    ignore: bool = False


class Frame(Struct, frozen=True, eq=False):
    """One captured picture. Shared by all lanes, hence read-only.

    `image` is (height, width, 3) uint8 BGR, C-contiguous. `number` counts from 0 for each source.
    `captured` is in seconds of `time.perf_counter()`. `labelled`: `truth` is all there is to be found, so
    that nothing in it means that nothing is there. `name` is the file of a still picture, which comes
    many times while it is shown; it is empty in a stream that moves.
    """

    image: Image
    number: int
    captured: float
    truth: tuple[Truth, ...] = ()
    labelled: bool = False
    name: str = ""

    @staticmethod
    def of(
        image: Image,
        number: int,
        captured: float,
        truth: tuple[Truth, ...] = (),
        labelled: bool = False,
        name: str = "",
    ) -> Frame:
        """A frame that owns `image` from now on and locks it against writing."""
        image = np.ascontiguousarray(image)
        image.flags.writeable = False
        return Frame(image, number, captured, truth, labelled, name)

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""
        return self.image.shape[1], self.image.shape[0]
