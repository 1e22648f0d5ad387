"""Videos made for a test, whose every picture carries its own number."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from pipelines.frame import Image

BITS = 10
BLOCK = 16
SIZE = (BITS * BLOCK, 96)


def numbered(number: int) -> Image:
    """A picture with the number in its top rows, one block a bit, over a grey that changes with it."""
    image = np.full((SIZE[1], SIZE[0], 3), 40 + number * 7 % 150, np.uint8)
    for bit in range(BITS):
        image[: 2 * BLOCK, bit * BLOCK : (bit + 1) * BLOCK] = 230 if number >> bit & 1 else 20
    return image


def number_in(image: Image) -> int:
    """The number that `numbered` painted."""
    return sum(
        1 << bit
        for bit in range(BITS)
        if image[4 : 2 * BLOCK - 4, bit * BLOCK + 4 : (bit + 1) * BLOCK - 4].mean() > 128
    )


def make_video(
    path: Path,
    count: int = 50,
    *,
    rate: int = 25,
    milliseconds: Sequence[int] | None = None,
    key_every: int = 12,
    faststart: bool = False,
    codec: str = "libx264",
    noisy: bool = False,
) -> Path:
    """Write a video of `count` numbered pictures, evenly or at the given times; a large file with noise."""
    noise = np.random.default_rng(0)
    options = {"movflags": "faststart"} if faststart else {}
    with av.open(str(path), "w", options=options) as container:
        stream = container.add_stream(codec, rate=rate)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        stream.gop_size = key_every
        if milliseconds is not None:
            stream.codec_context.time_base = Fraction(1, 1000)
        for number in range(count):
            image = numbered(number)
            if noisy:
                image[3 * BLOCK :] = noise.integers(0, 256, image[3 * BLOCK :].shape)
            frame = av.VideoFrame.from_ndarray(image, format="bgr24")
            if milliseconds is not None:
                frame.pts, frame.time_base = milliseconds[number], Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def make_sound(path: Path) -> Path:
    """Write a second of silence without a picture."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=44100)
        stream.layout = "mono"
        silence = av.AudioFrame.from_ndarray(np.zeros((1, 44100), np.float32), format="fltp", layout="mono")
        silence.sample_rate = 44100
        container.mux(stream.encode(silence))
        container.mux(stream.encode(None))
    return path


def turn_video(path: Path, degrees: int) -> None:
    """Say in an MP4's track header that it is to be shown turned clockwise.

    Source: ISO/IEC 14496-12, section 8.3.2, `tkhd`: nine 32-bit numbers, 16.16 fixed point.
    """
    cos, sin = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[degrees]
    one = 1 << 16
    upright = struct.pack(">9i", one, 0, 0, 0, one, 0, 0, 0, 1 << 30)
    turned = struct.pack(">9i", cos * one, sin * one, 0, -sin * one, cos * one, 0, 0, 0, 1 << 30)
    data = path.read_bytes()
    head = data.index(b"tkhd")
    at = data.index(upright, head)
    path.write_bytes(data[:at] + turned + data[at + len(turned) :])
