"""Tells systemd that the supervisor runs, where systemd has started it.

Source: sd_notify(3), "Standalone Implementations".
"""

from __future__ import annotations

import contextlib
import os
import socket

ADDRESS = "NOTIFY_SOCKET"
OF_SYSTEMD = (ADDRESS, "WATCHDOG_USEC", "WATCHDOG_PID")
"""Variables that are meant for the supervisor, not for what it starts."""
READY, ALIVE, STOPPING = "READY=1", "WATCHDOG=1", "STOPPING=1"


def notify(state: str) -> None:
    """Never waits; without systemd it does nothing."""
    address = os.environ.get(ADDRESS, "")
    if not hasattr(socket, "AF_UNIX") or address[:1] not in ("/", "@"):
        return
    name = f"\0{address[1:]}" if address.startswith("@") else address
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as telling:
        telling.setblocking(False)
        telling.sendto(state.encode(), name)
