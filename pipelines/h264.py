"""H.264 that browsers and slide programs play: an encoder that is here, colours that are true."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

import av
import cv2
import numpy as np
from msgspec import Struct

from models.errors import FusiformError
from pipelines.frame import Image

TICKS = 90_000
"""A second of the time stamps: divisible by every common rate."""
BT601 = 6
"""The colours' number in ITU-T H.273, alike for primaries, transfer and matrix. The file says so, for
players guess BT.709 for large pictures."""
LIMITED_RANGE = 1
BITS_PER_PIXEL = 4
"""A second, for encoders that are told a rate and not a quality."""
TRIAL = 64
"""Pixels of each side of the picture for which an encoder is opened to see whether it works."""
YUV = {3: cv2.COLOR_BGR2YUV_I420, 4: cv2.COLOR_BGRA2YUV_I420}


class Encoder(Struct, frozen=True):
    """One that FFmpeg may have. `quality` is in its own options; without any it is told a rate."""

    name: str
    quality: Mapping[str, str] = {}


ENCODERS = (
    Encoder("libx264", {"preset": "veryfast", "crf": "18"}),
    Encoder("libopenh264"),
    Encoder("h264_videotoolbox"),
    Encoder("h264_mf"),
)
"""The best first. PyAV's wheels have x264 on every system; builds of others have what their system allows."""


@functools.cache
def encoder() -> Encoder:
    """The first that opens here.

    Raises:
        FusiformError: there is none.
    """
    for candidate in ENCODERS:
        if _opens(candidate):
            return candidate
    raise FusiformError(
        "No video can be written, because the FFmpeg that PyAV brought has no H.264 encoder; "
        "pictures can still be saved. `pip install --force-reinstall av` brings one that has.",
        "PyAV に付属する FFmpeg に H.264 エンコーダーがないため、動画を書き込めません。画像の保存はできます。"
        "`pip install --force-reinstall av` でエンコーダー入りのものが入ります。",
    )


def add_stream(container: Any, size: tuple[int, int], rate: Fraction, **options: str) -> Any:
    """A stream of this even (width, height) in `container`; `rate` is what the file calls its usual one.

    `options` are for x264 alone, beyond or instead of those of its quality.
    """
    chosen = encoder()
    stream = container.add_stream(chosen.name, rate=rate, options=_options(chosen, options))
    _set(stream.codec_context, chosen, size)
    return stream


def frame_of(image: Image, ticks: int) -> av.VideoFrame:
    """To be encoded and shown at `ticks`. `image` has even sides and is (height, width, 3) BGR or
    (height, width, 4) with a fourth byte that counts for nothing."""
    # OpenCV's conversion, for FFmpeg's rounds down: its greys come out three steps too dark
    yuv = cv2.cvtColor(image, YUV[image.shape[2]]).astype(np.uint8, copy=False)
    frame = av.VideoFrame.from_ndarray(yuv, format="yuv420p")
    frame.pts, frame.time_base = ticks, Fraction(1, TICKS)
    return frame


@contextmanager
def os_errors() -> Iterator[None]:
    """FFmpeg's errors as the `OSError` that files raise everywhere else."""
    try:
        yield
    except av.error.FFmpegError as error:
        raise OSError(error.errno, os.strerror(error.errno)) from error


def _opens(candidate: Encoder) -> bool:
    """An encoder may be listed and yet not work: its library or its device is missing."""
    try:
        context = av.CodecContext.create(candidate.name, "w")
        context.options = dict(candidate.quality)
        context.framerate = Fraction(30)
        _set(context, candidate, (TRIAL, TRIAL))
        context.open()
    except (av.error.FFmpegError, ValueError):
        return False
    return True


def _set(context: Any, chosen: Encoder, size: tuple[int, int]) -> None:
    context.width, context.height = size
    context.pix_fmt = "yuv420p"
    context.time_base = Fraction(1, TICKS)
    context.colorspace = context.color_primaries = context.color_trc = BT601
    context.color_range = LIMITED_RANGE
    if not chosen.quality:
        context.bit_rate = BITS_PER_PIXEL * size[0] * size[1]


def _options(chosen: Encoder, more: Mapping[str, str]) -> dict[str, str]:
    return {**chosen.quality, **more} if chosen.name == "libx264" else dict(chosen.quality)
