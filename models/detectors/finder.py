"""Any face detector behind one question: where are faces in this picture, and how sure is it?"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

import numpy as np

from models.detectors.finding import Finding, Floats, Heat
from models.detectors.layout import Cells, Fitted, Layout
from models.detectors.ours import SIGNATURE
from models.detectors.recognise import layout_of
from models.detectors.suppression import best_of
from models.errors import ModelError
from models.runtimes.choosing import SIZE
from models.runtimes.device import DEVICES, Device, Wish
from models.runtimes.network import Network, Picture, Signature
from models.runtimes.opening import is_installed
from models.runtimes.steady import SteadyNetwork
from models.runtimes.words import NO_RUNTIME
from models.text import Text

__all__ = ["FaceFinder", "Finding", "Heat"]
THINNEST: Final = 1.0
"""Pixels; of a face that lies outside of the picture no more than this is left."""


class FaceFinder:
    """Used from one thread at a time."""

    def __init__(self, path: Path, device: Wish = "auto", threads: int = 1) -> None:
        """
        Raises:
            ModelError: the file cannot be read, or is no detector that we know, or nothing can run it.
        """
        spare, self._signature, self._layout = _on_cpu(path, threads)
        rows, columns = self._signature.inputs[0].shape[2:4]
        size = (rows or SIZE[0], columns or SIZE[1])
        self._network = SteadyNetwork(path, device, spare, self._layout.intake, threads, size)
        self.milliseconds = 0.0
        """Of network and decoding, for the last picture."""

    @property
    def device(self) -> Device:
        """Where it really computes."""
        return self._network.device

    @property
    def half(self) -> bool:
        """Whether it computes in half precision."""
        return self._network.half

    @property
    def notice(self) -> Text | None:
        """What a person should know of the device: it is being tried, cannot be used, has failed."""
        return self._network.notice

    @property
    def choice(self) -> Text | None:
        """How the device was chosen, where that was left to us and there was a choice."""
        return self._network.choice

    def find(self, image: Picture, threshold: float, long_side: int, *, heat: bool = False) -> Finding:
        """`image` is (h, w, 3) BGR; a larger one is shrunk to `long_side` first, where the network can
        take any size. With `heat` also the heat maps.
        """
        fitted = self._layout.fitted(image, long_side, self._signature)

        def look(network: Network) -> tuple[Cells, tuple[Heat, ...], float]:
            values = network.values(fitted.picture)
            began = time.perf_counter()
            outputs = network.run(values)
            cells = self._layout.cells(outputs, fitted.picture.shape[1::-1], threshold)
            seconds = time.perf_counter() - began
            return cells, self._layout.heat(outputs, fitted) if heat else (), seconds

        cells, maps, seconds = self._network.through(look)
        began = time.perf_counter()
        best = best_of(cells, self._layout.overlap, self._layout.blended)
        boxes, scores = _in_picture(best, fitted, image.shape[1::-1])
        self.milliseconds = (seconds + time.perf_counter() - began) * 1000
        return Finding(boxes, scores, maps, len(cells.scores))

    def settle(self, seconds: float) -> None:
        """Wait until it computes where it will, at most this long; a live picture does not wait."""
        self._network.settle(seconds)

    def close(self) -> None:
        """May be called twice."""
        self._network.close()


def reason_without_runtime() -> Text | None:
    """Why no network can be run here; imports neither runtime."""
    return None if is_installed("onnxruntime") or is_installed("torch") else NO_RUNTIME


def _on_cpu(path: Path, threads: int) -> tuple[Network, Signature, Layout]:
    """The network on the processor, through ONNX Runtime where that is installed."""
    if is_installed("onnxruntime"):
        from models.runtimes.onnx_network import OnnxNetwork, session_on, signature_of

        session = session_on(DEVICES["cpu"], path, threads)
        layout = layout_of(signature_of(session), path.name)
        return OnnxNetwork(session, layout.intake), signature_of(session), layout
    if is_installed("torch"):
        from models.runtimes.torch_network import TorchNetwork

        network = TorchNetwork(path, "torch-cpu", threads)
        return network, SIGNATURE, layout_of(SIGNATURE, path.name)
    raise ModelError(*NO_RUNTIME)


def _in_picture(found: Cells, fitted: Fitted, size: tuple[int, ...]) -> tuple[Floats, Floats]:
    """(n, 4) x, y, width, height in pixels of the picture, cut at its edges, and their scores."""
    most = np.tile(np.array(size, np.float32), 2)
    scale = most / np.tile(np.array(fitted.size, np.float32), 2)
    corners = np.clip(found.boxes * scale, 0, most)
    sides = corners[:, 2:] - corners[:, :2]
    seen = (sides >= np.minimum(THINNEST, most[:2])).all(1)
    boxes = np.concatenate([corners[:, :2], sides], 1)[seen].astype(np.float32, copy=False)
    return boxes, found.scores[seen]
