"""On what was measured, in one line."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path

PATIENCE = 5.0


def describe() -> str:
    """Processor, cores, graphics card if any, system, Python."""
    cores = f"{os.cpu_count()} cores"
    system = f"{platform.system()} {platform.release()}"
    python = f"Python {platform.python_version()}"
    return " · ".join(part for part in (processor(), cores, graphics_card(), system, python) if part)


def processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            name, _colon, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return _answer("sysctl", "-n", "machdep.cpu.brand_string") or platform.processor() or platform.machine()


def graphics_card() -> str:
    """NVIDIA's, the only kind that the networks use; empty without one."""
    return _answer("nvidia-smi", "--query-gpu=name", "--format=csv,noheader")


def _answer(program: str, *arguments: str) -> str:
    """The first line that a program prints; empty where it is missing or fails."""
    path = shutil.which(program)
    if path is None:
        return ""
    try:
        asked = subprocess.run([path, *arguments], capture_output=True, text=True, timeout=PATIENCE)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return asked.stdout.partition("\n")[0].strip() if asked.returncode == 0 else ""
