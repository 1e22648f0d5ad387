"""The log file: where the traceback of a bug goes, which no user sees."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

BYTES = 1_000_000
FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"


def log_file() -> Path:
    from platformdirs import user_log_path  # late, as below

    return user_log_path("fusiform", appauthor=False) / "fusiform.log"


def debugging() -> bool:
    """Whether tracebacks are shown as well, as `FUSIFORM_DEBUG=1` asks."""
    return os.environ.get("FUSIFORM_DEBUG", "") not in ("", "0")


def keep_log() -> None:
    """Write warnings and worse of the whole program to the log file, of which three are kept.

    Where the folder cannot be written, the program does without.
    """
    logging.raiseExceptions = False
    handlers: list[logging.Handler] = [_LogFile()]
    if debugging():
        handlers.append(logging.StreamHandler(sys.stderr))
    logging.basicConfig(level=logging.WARNING, format=FORMAT, handlers=handlers, force=True)


class _LogFile(logging.Handler):
    """Opened when there is something to say: what it needs is slow to import, and most often not needed."""

    def __init__(self) -> None:
        super().__init__()
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            self._file = _opened()
            self._file.setFormatter(self.formatter)
        self._file.handle(record)

    def close(self) -> None:
        if self._file:
            self._file.close()
        super().close()


def _opened() -> logging.Handler:
    from logging.handlers import RotatingFileHandler

    file = log_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        return RotatingFileHandler(file, maxBytes=BYTES, backupCount=2, encoding="utf-8")
    except OSError:
        return logging.NullHandler()
