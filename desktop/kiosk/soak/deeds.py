"""What a soak does to the window process from inside: lines of JSON on its standard input."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec
from msgspec import Struct

CAMERA = "camera:"
"""The address of the exhibit's own camera in a soak, whatever the kiosk file says."""
CameraFault = Literal["gone", "busy", "frozen", "black", "hanging"]
LaneFault = Literal["failing", "hanging"]


class Touch(Struct, frozen=True, tag="touch"):
    """A finger, at a place given in shares of the window."""

    x: float
    y: float


class CameraDeed(Struct, frozen=True, tag="camera"):
    """The camera's driver behaves like this for a while."""

    fault: CameraFault
    seconds: float


class LaneDeed(Struct, frozen=True, tag="lane"):
    """So does the pipeline of the first lane."""

    fault: LaneFault
    seconds: float


class Stall(Struct, frozen=True, tag="stall"):
    """The window's own thread stands still."""

    seconds: float


class ClockJump(Struct, frozen=True, tag="clock"):
    """The clock on the wall is set, by so many seconds."""

    seconds: float


Deed: TypeAlias = Touch | CameraDeed | LaneDeed | Stall | ClockJump


def written(deed: Deed) -> bytes:
    return msgspec.json.encode(deed) + b"\n"


def read(line: bytes) -> Deed | None:
    """`None` of what is no deed."""
    try:
        return msgspec.json.decode(line, type=Deed)  # type: ignore[no-any-return]
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
