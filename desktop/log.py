"""The log file: where the traceback of a bug goes, which no user sees."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

NAME = "fusiform"
BYTES = 1_000_000
"""Of a file; three are kept."""
LONGEST = 20_000
"""Characters of a record with its traceback; of a longer one, the middle is left out."""
FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"


def log_file() -> Path:
    """The one that this process writes to."""
    own = (one.path for one in logging.getLogger().handlers if isinstance(one, _LogFile))
    return next(own, None) or _path(NAME, None)


def debugging() -> bool:
    """Whether tracebacks are shown as well, as `FUSIFORM_DEBUG=1` asks."""
    return os.environ.get("FUSIFORM_DEBUG", "") not in ("", "0")


def keep_log(name: str = NAME, folder: Path | None = None) -> None:
    """Write warnings and worse of the whole program to the log file of this name, of which three are kept;
    in this folder, or in the person's for logs.

    Two processes that run side by side need two names. Where the folder cannot be written, the program does
    without, and tries again with the next record.
    """
    logging.raiseExceptions = False
    handlers: list[logging.Handler] = [_LogFile(name, folder)]
    if debugging():
        handlers.append(logging.StreamHandler(sys.stderr))
    for handler in handlers:
        handler.setFormatter(_Bounded(FORMAT))
    logging.basicConfig(level=logging.WARNING, handlers=handlers, force=True)


class _Bounded(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        written = super().format(record)
        return (
            written if len(written) <= LONGEST else f"{written[: LONGEST // 2]} … {written[-LONGEST // 2 :]}"
        )


class _LogFile(logging.Handler):
    """Opened when there is something to say: what it needs is slow to import, and most often not needed."""

    def __init__(self, name: str, folder: Path | None) -> None:
        super().__init__()
        self._name, self._folder = name, folder
        self._file: logging.Handler | None = None

    @property
    def path(self) -> Path:
        return _path(self._name, self._folder)

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            self._file = _opened(self.path)
            if self._file is None:
                return
            self._file.setFormatter(self.formatter)
        self._file.handle(record)

    def close(self) -> None:
        if self._file:
            self._file.close()
        super().close()


def _path(name: str, folder: Path | None) -> Path:
    from platformdirs import user_log_path  # late, as below

    return (folder or user_log_path("fusiform", appauthor=False)) / f"{name}.log"


def _opened(path: Path) -> logging.Handler | None:
    from logging.handlers import RotatingFileHandler

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return RotatingFileHandler(path, maxBytes=BYTES, backupCount=2, encoding="utf-8")
    except OSError:
        return None
