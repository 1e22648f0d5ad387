"""What the machine tells of itself."""

from __future__ import annotations

import psutil

PROCESSOR = ("coretemp", "k10temp", "zenpower", "x86_pkg_temp", "cpu", "soc", "acpitz")
"""How the names of the sensors begin that sit in or at a processor."""
PLAUSIBLE = (1.0, 150.0)
"""Degrees Celsius: some sensors tell nonsense where nothing is connected."""


def temperature() -> float | None:
    """Degrees Celsius of the warmest sensor of the processor; `None` where the system does not tell."""
    tell = getattr(psutil, "sensors_temperatures", None)  # only on Linux and FreeBSD
    if tell is None:
        return None
    try:
        sensors = tell()
    except (OSError, RuntimeError, ValueError):  # a driver that says anything
        return None
    low, high = PLAUSIBLE
    readings = [
        one.current
        for name, of_one_chip in sensors.items()
        if name.lower().startswith(PROCESSOR)
        for one in of_one_chip
        if one.current is not None and low <= one.current <= high
    ]
    return max(readings, default=None)


def handles() -> int:
    """How many files, pipes and sockets this process holds open."""
    process = psutil.Process()
    return int(process.num_fds() if hasattr(process, "num_fds") else process.num_handles())
