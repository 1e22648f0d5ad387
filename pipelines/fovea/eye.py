"""A picture as it arrives in the cortex, and what can still be made of it."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np

from pipelines.fovea.cortex import Fixation, Size, places, seen
from pipelines.frame import Image


def sent(image: Image, fixation: Fixation, size: Size) -> Image:
    """(h, w, 3) BGR: a cortex of `size`. Every pixel is a mean over about as much as it stands for: large
    receptive fields far out are looked up in a picture that was blurred and halved."""
    cortex = np.empty((size[1], size[0], 3), np.uint8)
    small, times = image, 0
    for columns, halvings, x, y in seen(fixation, size).stretches:
        while times < halvings:
            small, times = cast(Image, cv2.pyrDown(small)), times + 1
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
