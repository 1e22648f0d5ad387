"""How the lanes are told apart where their numbers stand in one plot."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from desktop import theme

TEAL = {True: "#00ab9d", False: "#007a70"}
"""By dark and light."""
LINES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.SolidLine, Qt.PenStyle.DashDotLine)


def colour(lane: int) -> QColor:
    """Of the lane in this place, from 0: blue, orange, the colour of text, teal."""
    look = theme.current()
    if lane % len(LINES) == 3:
        return QColor(TEAL[look.dark])
    roles: tuple[theme.Role, ...] = ("accent", "second", "text")
    return look.colour(roles[lane % len(LINES)])


def pen(lane: int, width: float = 1.0) -> QPen:
    """Solid, dashed, solid, dash and dot."""
    drawn = QPen(colour(lane), width, LINES[lane % len(LINES)])
    drawn.setCosmetic(True)
    return drawn
