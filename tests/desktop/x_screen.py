"""A real X screen for a test: Xvfb, whose picture lies in a file."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import numpy as np

from pipelines.frame import Image

SIZE = (1280, 800)


class Screen:
    """An X server whose screen lies in a file in the format of `xwd`."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "Xvfb_screen0"
        reading, writing = os.pipe()
        words = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "{}x{}x24".format(*SIZE)]
        words += ["-fbdir", str(folder), "-dpi", "96", "-nolisten", "tcp", "-noreset"]
        self._server = subprocess.Popen(words, pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as answer:
            self.name = f":{answer.readline().strip()}"

    def picture(self) -> Image:
        """(height, width, 3) BGR, as it is at this moment.

        Source: X11/XWDFile.h: a header of big-endian 32-bit numbers, a colour map, then the pixels.
        """
        data = self._file.read_bytes()
        header = np.frombuffer(data, ">u4", 25)
        size, width, height, line, colours = (int(header[at]) for at in (0, 4, 5, 12, 19))
        pixels = np.frombuffer(data, np.uint8, line * height, size + 12 * colours)
        return pixels.reshape(height, line)[:, : 4 * width].reshape(height, width, 4)[..., :3].copy()

    def close(self) -> None:
        self._server.terminate()
        self._server.wait(10)
