"""The log file: where the traceback of a bug goes, which no user sees."""

from __future__ import annotations

import logging
import os
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

from platformdirs import user_log_path

BYTES = 1_000_000
FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"


def log_file() -> Path:
    return user_log_path("fusiform", appauthor=False) / "fusiform.log"


def debugging() -> bool:
    """Whether tracebacks are shown as well, as `FUSIFORM_DEBUG=1` asks."""
    return os.environ.get("FUSIFORM_DEBUG", "") not in ("", "0")


def keep_log() -> None:
    """Write warnings and worse of the whole program to the log file, of which three are kept.

    Where the folder cannot be written, the program does without.
    """
    logging.raiseExceptions = False
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)] if debugging() else []
    file = log_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handlers.append(RotatingFileHandler(file, maxBytes=BYTES, backupCount=2, encoding="utf-8"))
    except OSError:
        handlers.append(logging.NullHandler())
    logging.basicConfig(level=logging.WARNING, format=FORMAT, handlers=handlers, force=True)
