"""Text in columns of a terminal, where a Japanese character is two columns wide."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

GAP = "  "
_NEVER_FIRST = "。、，．）」』】〕〉》！？：；…ー々％"
_PIECES = re.compile(rf"[^\s\u3000-\u9fff\uff00-\uffef]+|\s+|[^\s][{_NEVER_FIRST}]*")


def columns(text: str) -> int:
    """How many columns of a terminal `text` takes."""
    return sum(_columns_of(character) for character in text)


def padded(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def table(rows: Sequence[Sequence[str]], indent: str = "") -> str:
    """Rows of cells as aligned lines; the last cell of a row may be as long as it likes."""
    count = max(map(len, rows), default=0)
    widths = [max((columns(row[i]) for row in rows if i < len(row) - 1), default=0) for i in range(count)]
    return "\n".join((indent + GAP.join(map(padded, row, widths))).rstrip() for row in rows)


def wrapped(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` columns, broken at spaces and between Japanese characters.

    A word that is wider than a line keeps a line of its own, so that a path can be copied whole.
    """
    lines, line = [], ""
    for piece in _PIECES.findall(" ".join(text.split())):
        if line and columns(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


def _columns_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
