"""Which Debian package brought a library, asked of the system's own list; nothing where there is none."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

LIST: Final = "dpkg-query"
PATIENCE: Final = 60.0
"""Seconds that the list has to answer."""


def owner(library: Path) -> str:
    """The package's name, or nothing."""
    shorter = Path("/", library.relative_to("/usr")) if library.is_relative_to("/usr") else library
    for path in (library, shorter):  # the list knows /lib, which is a link to /usr/lib now
        if answer := _asked("--search", str(path)):
            return answer.partition(":")[0]
    return ""


def version_of(package: str) -> str:
    return _asked("--show", "--showformat=${Version}", package)


def _asked(*words: str) -> str:
    if shutil.which(LIST) is None:
        return ""
    done = subprocess.run([LIST, *words], capture_output=True, text=True, timeout=PATIENCE, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""
