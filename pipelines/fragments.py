"""MP4 files in fragments, each of which plays without those behind it (ISO/IEC 14496-12, section 8.8)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import av

from pipelines.h264 import TICKS, os_errors

FRAGMENTED = {
    "movflags": "empty_moov+default_base_moof",
    "frag_duration": "1000000",
    "flush_packets": "1",
}
"""Of the writer: a fragment each second, given to the system at once, and nothing is ever written again."""
HEADER = 8
"""Bytes before a box's contents: its length and its name."""


def keep_whole(path: Path) -> bool:
    """Cut off what is not a whole fragment; whether there is one at all.

    Raises:
        OSError: the file cannot be read or cut.
    """
    end = 0
    for name, box_end in _boxes(path):
        end = box_end if name == b"mdat" else end
    os.truncate(path, end)
    return end > 0


def write_plain(fragmented: Path, path: Path, goes_on: Callable[[], bool]) -> bool:
    """The same video as a file that has its index in front, as a browser likes it, and no fragments.

    False, and `path` is of no use, where it does not go on.

    Raises:
        OSError: it cannot be read or written.
    """
    options = {"movflags": "+faststart", "video_track_timescale": str(TICKS)}
    with (
        os_errors(),
        av.open(str(fragmented)) as source,
        av.open(str(path), "w", format="mp4", options=options) as target,
    ):
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if not goes_on():
                return False
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    return True


def _boxes(path: Path) -> Iterator[tuple[bytes, int]]:
    """The name of each whole box of the file, and where it ends."""
    length = path.stat().st_size
    with path.open("rb") as file:
        start = 0
        while start + HEADER <= length:
            file.seek(start)
            header = file.read(HEADER)
            start += int.from_bytes(header[:4], "big")
            if int.from_bytes(header[:4], "big") < HEADER or start > length:
                return  # also 0 and 1, a box without end or of more than 4 GB: a fragment has neither
            yield header[4:], start
