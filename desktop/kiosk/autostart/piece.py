"""A file or a link that the operating system reads, and whether it is still as it was written."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from pathlib import Path
from typing import Literal, TypeAlias

from msgspec import Struct

from pipelines.files import replace_file

State: TypeAlias = Literal["missing", "as written", "older", "changed"]
"""`older`: as this program wrote it for another kiosk, or in another version; `changed`: a person's work."""
SEAL = "written by fusiform kiosk install, sha256:{seal}"
"""Stands as a comment in each file: the sum of all its other characters."""
_SUM = re.compile(r"sha256:([0-9a-f]{64})")


class File(Struct, frozen=True):
    path: Path
    text: str
    encoding: str = "utf-8"

    def state(self) -> State:
        if not os.path.lexists(self.path):
            return "missing"
        try:
            there = self.path.read_bytes().decode(self.encoding)
        except (OSError, UnicodeError):
            return "changed"
        if there == self.text:
            return "as written"
        return "older" if _is_sealed(there) else "changed"

    def write(self) -> None:
        """Raises `OSError`."""
        replace_file(self.path, self.text.encode(self.encoding))

    def remove(self) -> None:
        """Raises `OSError`."""
        self.path.unlink()


class Link(Struct, frozen=True):
    """A symbolic link in a folder that has no other use and goes with its last link."""

    path: Path
    target: str

    def state(self) -> State:
        if not os.path.lexists(self.path):
            return "missing"
        same = self.path.is_symlink() and os.readlink(self.path) == self.target
        return "as written" if same else "changed"

    def write(self) -> None:
        """Raises `OSError`."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.symlink_to(self.target)

    def remove(self) -> None:
        """Raises `OSError`."""
        self.path.unlink()
        with contextlib.suppress(OSError):  # others' links are in it
            self.path.parent.rmdir()


Piece: TypeAlias = File | Link


def sealed(text: str) -> str:
    """`text` with the sum in the place of `{seal}`, which stands in it once."""
    before, _place, after = text.partition("{seal}")
    return f"{before}{_sum(before + after)}{after}"


def _is_sealed(text: str) -> bool:
    found = _SUM.search(text)
    return found is not None and found[1] == _sum(text[: found.start(1)] + text[found.end(1) :])


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
