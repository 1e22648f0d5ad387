"""A video file that grows while people look on, and plays whatever happens to it."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from pipelines.fragments import FRAGMENTED, keep_whole, write_plain
from pipelines.frame import Image
from pipelines.h264 import TICKS, add_stream, frame_of, os_errors

log = logging.getLogger(__name__)
USUAL_RATE = Fraction(30)
"""What encoders that think in frames are told; every frame has its own time."""
LIVE = {
    "preset": "superfast",
    "crf": "20",
    "bf": "0",
    "rc-lookahead": "0",
    "threads": "1",
    "g": "60",
}
"""x264 is quick, keeps few frames back, leaves the other cores to the lanes, and is sought to two seconds."""
UNFINISHED = ".part.mp4"
"""Ends the name of a file that is still written. On a stick that was pulled it is found so, and plays."""
SECURE = 5.0
"""Seconds of the video after which what was written is brought to the disk."""


class RecordingFile:
    """H.264 with the true time of each frame. Ended by `finish`, or by `rescue` where anything failed.

    Raises:
        OSError: it cannot be written any further.
        FusiformError: there is no encoder.
    """

    def __init__(self, path: Path, size: tuple[int, int]) -> None:
        """`size` is the (width, height) of all frames, both even. Makes the folder where it is missing."""
        self._path = path
        self._unfinished = path.with_name(path.stem + UNFINISHED)
        path.parent.mkdir(parents=True, exist_ok=True)
        self._container: Any = av.open(str(self._unfinished), "w", format="mp4", options=FRAGMENTED)
        self._stream = add_stream(self._container, size, USUAL_RATE, **LIVE)
        self._newest: av.Packet | None = None
        """How long it is shown is known when the next one comes."""
        self._begun = False
        """Whether there is a file, be it empty."""
        self._last = -1
        self._secured = 0.0

    def write(self, image: Image, seconds: float) -> None:
        """Add a frame, shown from `seconds` of the video on; no earlier than the one before.

        `image` is (height, width, 3) BGR or (height, width, 4) with a fourth byte that counts for nothing.
        """
        self._last = max(round(seconds * TICKS), self._last + 1)
        with os_errors():
            self._encode(frame_of(image, self._last))
        if seconds - self._secured > SECURE:
            self._secured = seconds
            self._secure()

    def finish(self, seconds: float, goes_on: Callable[[], bool]) -> Path | None:
        """Give the file its name; its last frame is shown until `seconds`. `None` where there was no frame.

        It is made a plain file, unless that does not go on or finds no room: then it stays in fragments.
        """
        if self._last < 0:
            return None
        with os_errors():
            self._encode(None)
            self._mux_newest(max(round(seconds * TICKS), self._last + 1))
            self._container.close()
        os.replace(self._unfinished, self._path)
        self._make_plain(goes_on)
        return self._path

    def rescue(self, goes_on: Callable[[], bool]) -> Path | None:
        """Keep what plays, up to the failure, and tell where it is: under its first name where it could not
        be given another, for its disk is gone. `None` where nothing plays.
        """
        with suppress(av.error.FFmpegError):
            self._container.close()
        if not self._begun:
            return None
        try:
            if not keep_whole(self._unfinished):
                self._unfinished.unlink()
                return None
            os.replace(self._unfinished, self._path)
        except OSError:
            return self._unfinished
        self._make_plain(goes_on)
        return self._path

    def _encode(self, frame: av.VideoFrame | None) -> None:
        """Without a frame, what the encoder still holds."""
        for packet in self._stream.encode(frame):
            self._mux_newest(packet.pts)
            self._newest = packet

    def _mux_newest(self, until: int) -> None:
        packet, self._newest = self._newest, None
        if packet is not None:
            packet.duration = until - packet.pts
            self._begun = True
            self._container.mux(packet)

    def _secure(self) -> None:
        with self._unfinished.open("r+b") as file:
            os.fsync(file.fileno())

    def _make_plain(self, goes_on: Callable[[], bool]) -> None:
        plain = self._path.with_name(f".{self._path.name}.part")
        try:
            if write_plain(self._path, plain, goes_on):
                os.replace(plain, self._path)
        except OSError as error:
            log.info("%s stays in fragments: %s", self._path, error)
        finally:
            with suppress(OSError):
                plain.unlink(missing_ok=True)
