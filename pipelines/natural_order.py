"""Files in the order in which a person would put them."""

from __future__ import annotations

import re
from pathlib import Path


def natural(file: Path) -> tuple[list[str | int], str]:
    """Sorts picture2 before picture10, capitals beside small letters."""
    parts = re.split(r"([0-9]+)", file.name.casefold())
    return [int(part) if index % 2 else part for index, part in enumerate(parts)], file.name
