"""How the axes of all curves look."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QPen

from desktop import theme

APART = 0.5
"""Of a line's height: pyqtgraph leaves less room for a title than it is high."""


def dress(axis: Any, *, titled: bool) -> None:
    """A pyqtgraph axis in the colours and the size of text of the moment, without a line of its own;
    `titled` is one that says what its numbers are."""
    look = theme.current()
    font = look.font("small")
    apart = look.px(6) + (round(APART * QFontMetrics(font).height()) if titled else 0)
    axis.setPen(QPen(Qt.PenStyle.NoPen))
    axis.setTextPen(QPen(look.colour("soft")))
    axis.setStyle(tickFont=font, tickLength=0, tickTextOffset=apart, maxTickLevel=0)
    axis.label.setFont(font)
