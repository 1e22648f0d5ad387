"""What a person's own file is called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
"""What Windows takes for devices."""


def free_name(stem: str, known: Iterable[str], otherwise: str) -> str:
    """A name like the file's that is not `known` yet; `otherwise` where nothing of the file's can be used."""
    plain = unicodedata.normalize("NFKC", stem).lower()
    name = re.sub(r"[^\w.-]+", "-", plain).strip("-._")[:60] or otherwise
    if DEVICES.fullmatch(name):
        name = f"my-{name}"
    taken = {one.casefold() for one in known}
    number, free = 2, name
    while free.casefold() in taken:
        number, free = number + 1, f"{name}-{number}"
    return free
