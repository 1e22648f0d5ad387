"""What has come of a file so far: beside the place of the whole, which it takes when it is complete.

A file that is being written carries the number of its process and thread, so that nobody else touches
it. Left unfinished, it is renamed to `.NAME.VALIDATOR.part`; whoever renames that first may go on with it.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

FORGOTTEN = 24 * 3600.0
"""Seconds after which what a killed process was writing is removed."""
NO_VALIDATOR = "-"
LONGEST = 80
"""Characters of a validator; with a longer one the file's name could be refused."""


class Partial:
    """On leaving, what came is kept for the next fetch, unless it was installed or dropped."""

    def __init__(self, whole: Path) -> None:
        self._whole = whole
        self._path = whole.with_name(f".{whole.name}.{os.getpid()}-{threading.get_ident()}.now")
        self.validator = ""
        """What the server called its version of the file (ETag or date), empty where it said nothing."""

    def __enter__(self) -> Self:
        self._whole.parent.mkdir(parents=True, exist_ok=True)
        for left in sorted(self._siblings("part"), key=_size, reverse=True):
            if not self._path.exists():
                with contextlib.suppress(OSError):  # another fetch was first
                    os.rename(left, self._path)
                    self.validator = _validator(left)
            else:
                left.unlink(missing_ok=True)
        for left in self._siblings("now"):
            with contextlib.suppress(OSError):
                if time.time() - left.stat().st_mtime > FORGOTTEN:
                    left.unlink()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.size:
            with contextlib.suppress(OSError):
                os.replace(self._path, self._whole.with_name(f".{self._whole.name}.{self._named()}.part"))
        else:
            self.drop()

    @property
    def size(self) -> int:
        """Bytes that have come."""
        return _size(self._path)

    @property
    def path(self) -> Path:
        return self._path

    def open_at(self, start: int) -> BinaryIO:
        """The file, to go on at byte `start`; what was behind it goes."""
        file = self._path.open("r+b" if self._path.exists() else "wb")
        file.truncate(start)
        file.seek(start)
        return file

    def drop(self) -> None:
        """It is of no use."""
        self._path.unlink(missing_ok=True)
        self.validator = ""

    def install(self) -> None:
        """Take the place of the whole, in one step. Raises `OSError`."""
        os.replace(self._path, self._whole)

    def _siblings(self, ending: str) -> list[Path]:
        return list(self._whole.parent.glob(f".{self._whole.name}.*.{ending}"))

    def _named(self) -> str:
        coded = self.validator.encode().hex()
        return coded if 0 < len(coded) <= LONGEST * 2 else NO_VALIDATOR


def _validator(path: Path) -> str:
    coded = path.name.split(".")[-2]
    return "" if coded == NO_VALIDATOR else bytes.fromhex(coded).decode()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
