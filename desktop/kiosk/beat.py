"""What the window process says of itself, once a second: a line of JSON on its standard output, which is a
pipe to the supervisor. No socket is opened for it."""

from __future__ import annotations

import msgspec
from msgspec import Struct

EVERY = 1.0
"""Seconds between two beats."""
LONGEST = 65_536
"""Bytes of a line that may be a beat."""


class LaneBeat(Struct, frozen=True):
    pipeline: str
    fps: float
    """Pictures a second on screen, over the last seconds."""
    silent: float
    """Seconds since it began with a frame that it has not finished; 0 while it waits for one."""


class Counted(Struct, frozen=True):
    """Of this day."""

    visits: int = 0
    minutes: float = 0.0
    faces: int = 0
    """The most that were in view at once."""
    stations: tuple[int, ...] = ()
    """How often each was chosen."""


class Beat(Struct, frozen=True):
    """From the window's own thread: no beat comes from a window that stands still."""

    mode: str
    """One of `visit.Mode`, or `closed` outside of the opening hours."""
    station: int
    source: str
    """Its address."""
    live: bool
    """Whether pictures of the kiosk's own source come, not those of what stands in for it."""
    age: float | None = None
    """Seconds since the newest frame was captured; `None` before the first, and while closed."""
    lanes: tuple[LaneBeat, ...] = ()
    trouble: str = ""
    """What is wrong, in a sentence in English; empty while nothing is."""
    threads: int = 0
    handles: int = 0
    counts: Counted = Counted()


def written(beat: Beat) -> bytes:
    return msgspec.json.encode(beat) + b"\n"


def read(line: bytes) -> Beat | None:
    """`None` of what is no beat: a library may print what it likes."""
    try:
        return msgspec.json.decode(line, type=Beat)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
