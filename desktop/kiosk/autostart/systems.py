"""The three systems, by name."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Literal, TypeAlias, get_args

from desktop.kiosk.autostart import linux, macos, windows
from desktop.kiosk.autostart.autostart import Autostart

System: TypeAlias = Literal["linux", "windows", "macos"]
SYSTEMS: tuple[System, ...] = get_args(System)


def this_system() -> System:
    """Whatever else is like Linux counts as it."""
    return "windows" if sys.platform == "win32" else "macos" if sys.platform == "darwin" else "linux"


def autostart_of(system: System, command: Sequence[str]) -> Autostart:
    """What starts this command line with the machine.

    Raises:
        FusiformError: the system has no way to write a path of it.
    """
    makers = {"linux": linux.autostart, "windows": windows.autostart, "macos": macos.autostart}
    return makers[system](command)
