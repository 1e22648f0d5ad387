"""Threads that may wait while others work."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress

STEP = 5
"""Of niceness: a third of the share of others where cores are short. Less would be bad for all, for whoever
holds Python's lock must get on."""


def give_way() -> None:
    """Let the threads of lanes and window go before this one. Linux alone has a niceness for each thread;
    elsewhere nothing happens."""
    if sys.platform == "linux":
        own = threading.get_native_id()
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, own, os.getpriority(os.PRIO_PROCESS, own) + STEP)
