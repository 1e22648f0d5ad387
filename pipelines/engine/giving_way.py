"""Threads that may wait while others work."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress

STEP = 5
"""Of niceness: a third of the share of others where cores are short."""


def give_way() -> None:
    """Let the threads of lanes and window go before this one, which should not hold Python's lock for long:
    they would wait for that. Linux alone has a niceness for each thread; elsewhere nothing happens.
    """
    if sys.platform == "linux":
        own = threading.get_native_id()
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, own, os.getpriority(os.PRIO_PROCESS, own) + STEP)
