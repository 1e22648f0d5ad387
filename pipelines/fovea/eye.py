"""A picture as it arrives in the cortex, and what can still be made of it."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.fovea.cortex import Fixation, Size, places, seen
from pipelines.frame import Image

MOST = 6
"""Times that a picture is halved at most."""


def sent(image: Image, fixation: Fixation, size: Size) -> Image:
    """(h, w, 3) BGR: a cortex of `size`. Every pixel is a mean over about as much as it stands for: large
    receptive fields far out are looked up in a picture that was blurred and halved."""
    found = seen(fixation, size)
    cortex = np.empty((size[1], size[0], 3), np.uint8)
    halvings = np.clip(np.rint(np.log2(np.maximum(found.step, 1))), 0, MOST).astype(int)
    small = image
    for times in range(int(halvings.max()) + 1):
        if times:
            small = cast(Image, cv2.pyrDown(small))
        for columns in _stretches(halvings == times):
            x, y = (np.ascontiguousarray(place[:, columns]) * np.float32(0.5**times) for place in found[:2])
            cortex[:, columns] = cv2.remap(small, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return cortex


def unrolled(cortex: Image, fixation: Fixation) -> Image:
    """The cortex as large as the picture; black where it looks beyond the edges of the picture."""
    large = cv2.resize(cortex, fixation.size, interpolation=cv2.INTER_LINEAR)
    return cast(Image, cv2.copyTo(large, seen(fixation, fixation.size).inside))


def brought_back(cortex: Image, fixation: Fixation) -> Image:
    """(h, w, 3) BGR: the picture as far as the cortex knows it, sharp at the fixation only."""
    x, y = places(fixation, (cortex.shape[1], cortex.shape[0]))
    return cast(Image, cv2.remap(cortex, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))


def _stretches(wanted: NDArray[np.bool_]) -> list[slice]:
    """Columns that lie beside each other."""
    ends = np.flatnonzero(np.diff(np.r_[False, wanted, False]))
    return [slice(int(first), int(last)) for first, last in ends.reshape(-1, 2)]
