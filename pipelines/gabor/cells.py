"""Simple and complex cells: what is made of the two phases of every filter."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Literal, NamedTuple, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.colour_wheel import STEPS
from pipelines.frame import Image
from pipelines.gabor.bank import Answer, Floats, Waves, halved, spread

Kind = Literal["simple", "energy", "max"]
FINEST = {"simple": 8.0, "energy": 8.0, "max": 16.0}
"""Pixels that a wave must keep where every second one is left out. The energy changes slowly, and a cubic
curve follows a wave; the highest of a few samples would come out too low."""


class Tuning(NamedTuple):
    orientations: int
    wavelengths: tuple[float, ...]
    """In pixels, each twice the one before."""
    bandwidth: float
    """In octaves."""
    cell: Kind
    phase: float = 0.0
    """In degrees, of a simple cell: 0 for a light line, 90 for an edge."""
    neighbourhood: int = 1
    """In pixels to each side, of a complex cell that takes the most."""


class Answered(NamedTuple):
    strength: Floats
    """(h, w): of the cell that answers most at each pixel."""
    orientation: Image
    """(h, w): its orientation as a level of the colour wheel, 256 for 180°."""
    means: NDArray[np.float64]
    """(wavelengths, orientations): the average over the picture, of an energy the root of the mean square."""


class Cells:
    """The bank on picture after picture."""

    def __init__(self) -> None:
        self._waves: dict[int, Waves] = {}

    def answer(self, grey: Floats, tuning: Tuning) -> Answered:
        """The strongest of all cells at every pixel of (h, w) `grey`.

        Longer waves are looked for in a picture that has been halved, once or more: they lose nothing there.
        """
        size = grey.shape[1], grey.shape[0]
        found: Answered | None = None
        picture, times = grey, 1
        for number, wavelength in enumerate(tuning.wavelengths):
            while wavelength / (2 * times) >= FINEST[tuning.cell] and min(picture.shape) > 1:
                picture, times = halved(picture), 2 * times
            waves = self._waves.setdefault(number, Waves())
            answers = waves.answers(picture, wavelength / times, tuning.bandwidth, tuning.orientations)
            one = _strongest(answers, tuning, times, picture.shape)
            found = _stronger(found, _spread(one, times, size, tuning.cell))
        assert found is not None
        return found


def _strongest(answers: Iterable[Answer], tuning: Tuning, times: int, shape: tuple[int, ...]) -> Answered:
    best, orientation = np.zeros(shape, np.float32), np.zeros(shape, np.uint8)
    means = np.zeros((1, tuning.orientations))
    for answer in answers:
        strength = _cell(answer, tuning, times)
        means[0, answer.orientation] = cv2.mean(strength)[0]
        stronger = cv2.compare(strength, best, cv2.CMP_GT)
        orientation[stronger > 0] = answer.orientation * STEPS // tuning.orientations
        best = cast(Floats, cv2.max(strength, best, dst=best))
    if tuning.cell == "energy":
        # of the squares, once; OpenCV's own would round by how the memory happens to be aligned
        best, means = np.sqrt(best), np.sqrt(means)
    return Answered(best, orientation, means)


def _cell(answer: Answer, tuning: Tuning, times: int) -> Floats:
    """(h, w), not negative; of an energy the square."""
    if tuning.cell == "energy":
        square = cv2.multiply(answer.even, answer.even)
        return cast(Floats, cv2.accumulateSquare(answer.odd, square))
    if tuning.cell == "max":
        side = 2 * max(1, round(tuning.neighbourhood / times)) + 1
        return cast(Floats, cv2.dilate(np.abs(answer.even), np.ones((side, side), np.uint8)))
    phase = math.radians(tuning.phase)
    one = cv2.addWeighted(answer.even, math.cos(phase), answer.odd, math.sin(phase), 0)
    return cast(Floats, np.maximum(one, 0))


def _spread(answered: Answered, times: int, size: tuple[int, int], cell: Kind) -> Answered:
    if times == 1:
        return answered
    how = cv2.INTER_CUBIC if cell == "simple" else cv2.INTER_LINEAR
    strength = spread(answered.strength, times, size, how)
    orientation = spread(answered.orientation, times, size, cv2.INTER_NEAREST)
    return Answered(cast(Floats, strength), cast(Image, orientation), answered.means)


def _stronger(one: Answered | None, other: Answered) -> Answered:
    """At each pixel the stronger of two."""
    if one is None:
        return other
    stronger = cv2.compare(other.strength, one.strength, cv2.CMP_GT)
    orientation = one.orientation.copy()
    cv2.copyTo(other.orientation, stronger, orientation)
    strength = cast(Floats, cv2.max(one.strength, other.strength))
    return Answered(strength, orientation, np.concatenate([one.means, other.means]))
