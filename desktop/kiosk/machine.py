"""What the machine tells of itself."""

from __future__ import annotations

import psutil

PROCESSOR = ("coretemp", "k10temp", "cpu_thermal", "zenpower", "acpitz", "soc_thermal")
"""Names of the sensors that sit in or at a processor."""


def temperature() -> float | None:
    """Degrees Celsius of the warmest sensor of the processor; `None` where the system does not tell."""
    tell = getattr(psutil, "sensors_temperatures", None)  # only on Linux and FreeBSD
    if tell is None:
        return None
    try:
        sensors = tell()
    except (OSError, RuntimeError):
        return None
    readings = [one.current for name in PROCESSOR for one in sensors.get(name, ()) if one.current]
    return max(readings, default=None)


def handles() -> int:
    """How many files, pipes and sockets this process holds open."""
    process = psutil.Process()
    return int(process.num_fds() if hasattr(process, "num_fds") else process.num_handles())
