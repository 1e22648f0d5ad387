"""Optic flow at every pixel."""

from __future__ import annotations

from typing import Literal, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.flow.former import Pair

Method = Literal["dis-fast", "dis-medium", "farneback"]
PRESETS = {
    "dis-fast": cv2.DISOPTICAL_FLOW_PRESET_FAST,
    "dis-medium": cv2.DISOPTICAL_FLOW_PRESET_MEDIUM,
}
SMALLEST = 32
"""Pixels that a picture must have across and down: in fewer there is no patch to look for."""


class Flow:
    """Its memory belongs to one lane."""

    def __init__(self) -> None:
        self._by_dis: dict[Method, cv2.DISOpticalFlow] = {}

    def of(self, pair: Pair, method: Method) -> NDArray[np.float32]:
        """(h, w, 2): how far to the right and down each point of the later picture has come, in pixels a
        frame of the source. All 0 in a picture too small for it."""
        if min(pair.now.shape) < SMALLEST:
            return np.zeros((*pair.now.shape, 2), np.float32)
        # from now to before, and turned round: so a point's motion lies where the point is now
        start = np.zeros((*pair.now.shape, 2), np.float32)
        if method == "farneback":
            back = cv2.calcOpticalFlowFarneback(pair.now, pair.before, start, 0.5, 4, 15, 3, 5, 1.1, 0)
        else:
            back = self._dis(method).calc(pair.now, pair.before, start)
        return cast(NDArray[np.float32], back * np.float32(-1 / pair.frames))

    def _dis(self, method: Method) -> cv2.DISOpticalFlow:
        if method not in self._by_dis:
            self._by_dis[method] = cv2.DISOpticalFlow.create(PRESETS[method])
        return self._by_dis[method]
