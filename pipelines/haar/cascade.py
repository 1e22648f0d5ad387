"""What one Haar cascade finds in a grey picture, and how surely.

OpenCV's `detectMultiScale3` gives scores, but with them it groups windows by the stage they reached
instead of by their number, and then its boxes are not `detectMultiScale`'s. So this asks for every
window that passed all stages, and groups them the way `detectMultiScale` does.

Source: P. Viola and M. Jones, "Rapid object detection using a boosted cascade of simple features",
CVPR 2001; R. Lienhart and J. Maydt, "An extended set of Haar-like features for rapid object detection",
ICIP 2002.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models.errors import PipelineError
from pipelines.frame import Image

Boxes = NDArray[np.int32]
SIMILAR = 0.2  # of their size: how far the sides of windows of one group may lie apart, as in OpenCV
PAIRS = 100_000  # of a box and a window that are compared at once: a few megabytes, whatever is found


class Detections(Struct, frozen=True, eq=False):
    """The best first: `boxes` (n, 4) x, y, width, height in pixels, `scores` (n,) from 0 up.

    A score is how far the surest window of the group was above the bar of the last stage; scores of
    different cascades do not compare. `windows` is how many windows passed every stage.
    """

    boxes: Boxes
    scores: NDArray[np.float64]
    windows: int

    def from_score(self, least: float) -> Detections:
        """Those with a score of at least `least`."""
        kept = self.scores >= least
        return Detections(self.boxes[kept], self.scores[kept], self.windows)

    def moved(self, x: int, y: int) -> Detections:
        """The same in a picture in which this one starts at x, y."""
        return Detections(self.boxes + np.array([x, y, 0, 0], np.int32), self.scores, self.windows)


NOTHING = Detections(np.empty((0, 4), np.int32), np.empty(0), 0)


class Cascade:
    """A cascade in memory.

    Raises:
        PipelineError: the file is missing or no cascade.
    """

    def __init__(self, path: Path) -> None:
        self._classifier = cv2.CascadeClassifier()
        try:
            # Python opens it, for OpenCV cannot open every path on Windows.
            text = path.read_text(encoding="utf-8")
            storage = cv2.FileStorage()
            storage.open(text, cv2.FILE_STORAGE_READ | cv2.FILE_STORAGE_MEMORY)
            root = storage.getFirstTopLevelNode()
            if not self._classifier.read(root):
                self._classifier.load(str(path))  # of the old format, which `read` does not take
            self._bar = _last_bar(root)
        except (OSError, ValueError, cv2.error) as error:
            raise _unusable(path) from error
        if self._classifier.empty():
            raise _unusable(path)

    def find(self, grey: Image, scale_factor: float, neighbours: int, minimum: int) -> Detections:
        """What `detectMultiScale` finds with these settings in `grey`, (height, width)."""
        windows, _, weights = self._classifier.detectMultiScale3(
            grey,
            scaleFactor=scale_factor,
            minNeighbors=0,
            minSize=(minimum, minimum),
            outputRejectLevels=True,
        )
        if len(windows) == 0:
            return NOTHING
        found = np.asarray(windows, np.int32)
        margins = np.asarray(weights, np.float64) - self._bar
        whole = _unclipped(found, self._classifier.getOriginalWindowSize(), scale_factor, grey.shape)
        return gathered(whole, margins, neighbours, grey.shape)


def gathered(
    windows: Boxes, margins: NDArray[np.float64], neighbours: int, shape: tuple[int, ...]
) -> Detections:
    """What `detectMultiScale` makes of the windows that passed every stage, in a picture of this `shape`.

    `windows` (n, 4) are in full size, `margins` (n,) how far each was above the bar of the last stage.
    """
    if len(windows) == 0:
        return NOTHING
    margins = np.maximum(margins, 0.0)
    if neighbours == 0:
        boxes, scores = windows, margins
    else:
        groups, _ = cv2.groupRectangles(windows.tolist(), neighbours, SIMILAR)
        boxes = np.asarray(groups, np.int32).reshape(-1, 4)
        scores = _best_margins(boxes, windows, margins) if len(boxes) else NOTHING.scores
    boxes = _clipped(boxes, shape)
    order = np.lexsort((*boxes.T, -scores))  # OpenCV's own order depends on its threads
    return Detections(boxes[order], scores[order], len(windows))


def _last_bar(root: cv2.FileNode) -> float:
    stages = root.getNode("stages")
    last = stages.at(stages.size() - 1)
    bar = last.getNode("stageThreshold")
    return (last.getNode("stage_threshold") if bar.empty() else bar).real()  # the second: the old format


def _unclipped(windows: Boxes, first: Sequence[int], factor: float, shape: tuple[int, ...]) -> Boxes:
    """The windows in full size where OpenCV has cut them off at the right and lower border.

    `detectMultiScale` cuts only after grouping. The full size is the least of its scales that is
    neither narrower nor lower.
    """
    height, width = shape
    cut = (windows[:, 0] + windows[:, 2] == width) | (windows[:, 1] + windows[:, 3] == height)
    if not cut.any():
        return windows
    count = math.ceil(math.log(max(width / first[0], height / first[1])) / math.log(factor)) + 1
    scales = np.cumprod([1.0, *[factor] * count]).astype(np.float32).astype(np.float64)
    widths, heights = np.rint(scales * first[0]), np.rint(scales * first[1])
    index = np.maximum(np.searchsorted(widths, windows[cut, 2]), np.searchsorted(heights, windows[cut, 3]))
    whole = windows.copy()
    whole[cut, 2], whole[cut, 3] = widths[index], heights[index]
    return whole


def _clipped(boxes: Boxes, shape: tuple[int, ...]) -> Boxes:
    start = np.maximum(boxes[:, :2], 0)
    end = np.minimum(boxes[:, :2] + boxes[:, 2:], (shape[1], shape[0]))
    return np.hstack((start, end - start)).astype(np.int32)


def _best_margins(boxes: Boxes, windows: Boxes, margins: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each box the greatest margin among the windows like it, or of the nearest one."""
    rows = max(1, PAIRS // len(windows))
    portions = [boxes[first : first + rows] for first in range(0, len(boxes), rows)]
    return np.concatenate([_best_of_portion(portion, windows, margins) for portion in portions])


def _best_of_portion(boxes: Boxes, windows: Boxes, margins: NDArray[np.float64]) -> NDArray[np.float64]:
    apart = np.abs(_sides(boxes)[:, None] - _sides(windows)[None]).max(axis=2)
    smaller = np.minimum(boxes[:, None, 2:], windows[None, :, 2:])
    like = apart <= np.maximum(SIMILAR * smaller.sum(axis=2) / 2, apart.min(axis=1, keepdims=True))
    best: NDArray[np.float64] = np.where(like, margins[None], 0.0).max(axis=1)
    return best


def _sides(boxes: Boxes) -> Boxes:
    """(n, 4) left, top, right, bottom."""
    return np.hstack((boxes[:, :2], boxes[:, :2] + boxes[:, 2:]))


def _unusable(path: Path) -> PipelineError:
    return PipelineError(
        f"OpenCV cannot read the cascade {path.name}; copy its file again.",
        f"OpenCV がカスケード {path.name} を読み込めません。ファイルをもう一度コピーしてください。",
    )
