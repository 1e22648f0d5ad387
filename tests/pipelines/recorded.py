"""What a video file holds, read back by PyAV."""

from __future__ import annotations

from pathlib import Path

import av


def frames_of(path: Path) -> list[av.VideoFrame]:
    with av.open(str(path)) as container:
        return list(container.decode(video=0))


def length_of(path: Path) -> float:
    """Seconds."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        return float(stream.duration * stream.time_base)
