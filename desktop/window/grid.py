"""Where one, two or four pictures stand side by side."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRect, QSize

GAP = 8
"""Pixels at 100 %."""
PICTURE = (16, 9)
"""Width and height of most cameras' pictures."""


def areas(room: QSize, count: int, gap: int, picture: tuple[int, int] = PICTURE) -> list[QRect]:
    """Equal rectangles for pictures of this shape, rows from the left.

    What the division leaves over stays free right and below.
    """
    columns = 1 if count == 1 or (count == 2 and _suits_stacking(room, gap, picture[0] / picture[1])) else 2
    rows = ceil(count / columns)
    width = (room.width() - (columns - 1) * gap) // columns
    height = (room.height() - (rows - 1) * gap) // max(1, rows)
    return [
        QRect(place % columns * (width + gap), place // columns * (height + gap), width, height)
        for place in range(count)
    ]


def _suits_stacking(room: QSize, gap: int, shape: float) -> bool:
    """Whether two pictures are larger over one another than side by side."""
    stacked = min(room.width(), (room.height() - gap) / 2 * shape)
    beside = min((room.width() - gap) / 2, room.height() * shape)
    return stacked > beside
