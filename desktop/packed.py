"""What differs where the program runs from a folder without Python (`make build`)."""

from __future__ import annotations

import os
import sys

LIBRARIES = "LD_LIBRARY_PATH"


def packed() -> bool:
    """Whether it does."""
    return bool(getattr(sys, "frozen", False))


def own_command() -> list[str]:
    """The beginning of a command line that runs this program once more."""
    return [sys.executable] if packed() else [sys.executable, "-m", "desktop"]


def settle() -> None:
    """Become one of the program's helping processes where that is what was started; and let other programs
    that we start, a file manager say, find their own libraries instead of ours.
    """
    import multiprocessing

    multiprocessing.freeze_support()
    if (before := os.environ.pop(f"{LIBRARIES}_ORIG", None)) is not None:
        os.environ[LIBRARIES] = before
    else:
        os.environ.pop(LIBRARIES, None)
