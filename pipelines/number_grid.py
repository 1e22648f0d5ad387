"""A square of numbers, written so that it fits into a command, a scene and a cell of a table.

`0 1 0/0 1 0/0 1 0`: rows are parted by a stroke, numbers by spaces.
"""

from __future__ import annotations

import math

Rows = tuple[tuple[float, ...], ...]
LIMIT = 1000.0
"""The greatest number, above and below 0."""


def rows_of(text: str, sides: tuple[int, ...]) -> Rows:
    """The numbers, row by row; as many of both as one of `sides`.

    Raises:
        ValueError: it is no such square, or something in it is no number or beyond `LIMIT`.
    """
    rows = tuple(tuple(float(word) for word in row.split()) for row in text.split("/"))
    if len(rows) not in sides or any(len(row) != len(rows) for row in rows):
        raise ValueError("not a square of one of these sizes")
    if not all(math.isfinite(number) and abs(number) <= LIMIT for row in rows for number in row):
        raise ValueError("a number that cannot be computed with")
    return rows


def text_of(rows: Rows) -> str:
    """The same in as few digits as say it."""
    return "/".join(" ".join(f"{number + 0.0:.6g}" for number in row) for row in rows)


def resized(rows: Rows, side: int) -> Rows:
    """The middle of it, or with zeros around it."""
    shift = (len(rows) - side) // 2

    def number(row: int, column: int) -> float:
        inside = 0 <= row < len(rows) and 0 <= column < len(rows)
        return rows[row][column] if inside else 0.0

    return tuple(tuple(number(row + shift, column + shift) for column in range(side)) for row in range(side))
