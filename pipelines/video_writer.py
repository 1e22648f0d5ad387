"""Frames to an H.264 file that browsers play, each shown at its true time."""

from __future__ import annotations

import os
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import av
import cv2
import numpy as np

from pipelines.frame import Image
from pipelines.h264 import TICKS, add_stream, frame_of, os_errors


class VideoWriter:
    """The file takes its name in `finish`; until then, and after `discard`, there is none. As a context
    it does the one or the other. Without a frame nothing is written.

    Raises:
        OSError: the file cannot be written.
        FusiformError: there is no encoder.
    """

    def __init__(self, path: Path, rate: Fraction) -> None:
        """`rate` is frames a second: how long the last frame is shown. The others have their times."""
        self._path, self._rate = path, rate
        self._unfinished = path.with_name(f".{path.name}.part")
        self._container: Any = None
        self._stream: Any = None
        self._last = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.finish()
        else:
            self.discard()

    def finish(self) -> None:
        """Write what the encoder still holds, and give the file its name."""
        if self._container is None:
            return
        try:
            with os_errors():
                self._mux(None)
                self._container.close()
            os.replace(self._unfinished, self._path)
        finally:
            self.discard()

    def discard(self) -> None:
        """Leave nothing behind; after `finish` there is nothing to discard."""
        container, self._container = self._container, None
        if container is not None:
            with suppress(av.error.FFmpegError):
                container.close()
            self._unfinished.unlink(missing_ok=True)

    def write(self, image: Image, seconds: float) -> None:
        """Add a frame, shown at `seconds` of the video; no earlier than the one before.

        `image` is (height, width) grey or (height, width, 3) BGR. The first one gives the size, filled
        up to even numbers; a later one of another size is scaled to it.
        """
        height, width = (side + side % 2 for side in image.shape[:2])
        with os_errors():
            if self._container is None:
                self._open(width, height)
            self._mux(self._frame(self._fitting(image), seconds))

    def _open(self, width: int, height: int) -> None:
        container = av.open(str(self._unfinished), "w", format="mp4", options={"movflags": "+faststart"})
        self._container, self._stream = container, add_stream(container, (width, height), self._rate)

    def _fitting(self, image: Image) -> Image:
        """BGR in the size of the video."""
        height, width = image.shape[:2]
        colour = cv2.cvtColor(image, cv2.COLOR_GRAY2BGR) if image.ndim == 2 else image
        even = cv2.copyMakeBorder(colour, 0, height % 2, 0, width % 2, cv2.BORDER_REPLICATE)
        size = (self._stream.width, self._stream.height)
        if even.shape[1::-1] != size:
            even = cv2.resize(even, size, interpolation=cv2.INTER_AREA)
        return even.astype(np.uint8, copy=False)

    def _frame(self, image: Image, seconds: float) -> av.VideoFrame:
        self._last = max(round(seconds * TICKS), self._last + 1)
        return frame_of(image, self._last)

    def _mux(self, frame: av.VideoFrame | None) -> None:
        """Encode; without a frame, what the encoder still holds."""
        for packet in self._stream.encode(frame):
            packet.duration = round(TICKS / self._rate)
            self._container.mux(packet)
