"""How the lanes are told apart where their numbers stand in one plot."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from desktop import theme

OTHERS = {True: ("#a37fc2", "#00ab9d"), False: ("#7d55a3", "#007a70")}
"""Purple and teal, on dark and on light: told from each other and from blue and orange also by people who do
not see red or green."""
LINES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.SolidLine, Qt.PenStyle.DashDotLine)


def colour(lane: int, look: theme.Theme) -> QColor:
    """Of the lane in this place, from 0: blue, orange, purple, teal."""
    place = lane % len(LINES)
    return look.colour("second" if place else "accent") if place < 2 else QColor(OTHERS[look.dark][place - 2])


def pen(lane: int, width: float = 1.0) -> QPen:
    """For a curve on a panel: solid, dashed, solid, dash and dot. Of width 0 it is a fine line."""
    drawn = QPen(colour(lane, theme.current()), width, LINES[lane % len(LINES)])
    drawn.setCosmetic(True)
    return drawn
