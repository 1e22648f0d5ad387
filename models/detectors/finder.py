"""Any face detector behind one question: where are faces in this picture, and how sure is it?"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

import numpy as np

from models.detectors.finding import Finding, Floats, Heat
from models.detectors.layout import Cells, Fitted
from models.detectors.recognise import layout_of
from models.detectors.suppression import best_of
from models.runtimes.device import DEVICES, Device
from models.runtimes.network import Network, Picture
from models.runtimes.onnx_network import OnnxNetwork, session_on, signature_of

__all__ = ["FaceFinder", "Finding", "Heat"]
THINNEST: Final = 1.0
"""Pixels; of a face that lies outside of the picture no more than this is left."""


class FaceFinder:
    """Used from one thread at a time."""

    def __init__(self, path: Path, device: str = "auto", threads: int = 1) -> None:
        """
        Raises:
            ModelError: the file cannot be read, or is no detector that we know.
        """
        session = session_on(DEVICES["cpu"], path, threads)
        self._signature = signature_of(session)
        self._layout = layout_of(self._signature, path.name)
        self._network: Network = OnnxNetwork(session, self._layout.intake)
        self.milliseconds = 0.0
        """Of network and decoding, for the last picture."""

    @property
    def device(self) -> Device:
        """Where it really computes."""
        return self._network.device

    def find(self, image: Picture, threshold: float, long_side: int, *, heat: bool = False) -> Finding:
        """`image` is (h, w, 3) BGR; a larger one is shrunk to `long_side` first, where the network can
        take any size. With `heat` also the heat maps.
        """
        fitted = self._layout.fitted(image, long_side, self._signature)
        values = self._network.values(fitted.picture)
        began = time.perf_counter()
        outputs = self._network.run(values)
        height, width = fitted.picture.shape[:2]
        cells = self._layout.cells(outputs, (width, height), threshold)
        boxes, scores = _in_picture(best_of(cells, self._layout.overlap), fitted, image.shape[1::-1])
        self.milliseconds = (time.perf_counter() - began) * 1000
        maps = self._layout.heat(outputs, fitted) if heat else ()
        return Finding(boxes, scores, maps, len(cells.scores))

    def close(self) -> None:
        self._network.close()


def _in_picture(found: Cells, fitted: Fitted, size: tuple[int, ...]) -> tuple[Floats, Floats]:
    """(n, 4) x, y, width, height in pixels of the picture, cut at its edges, and their scores."""
    most = np.tile(np.array(size, np.float32), 2)
    scale = most / np.tile(np.array(fitted.size, np.float32), 2)
    corners = np.clip(found.boxes * scale, 0, most)
    sides = corners[:, 2:] - corners[:, :2]
    seen = (sides >= np.minimum(THINNEST, most[:2])).all(1)
    boxes = np.concatenate([corners[:, :2], sides], 1)[seen].astype(np.float32, copy=False)
    return boxes, found.scores[seen]
