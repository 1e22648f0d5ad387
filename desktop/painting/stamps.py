"""Round marks, drawn once and then stamped: hundreds of them cost no more than their copying."""

from __future__ import annotations

import functools
from math import pi

from msgspec.structs import replace
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QImage, QPainter

from desktop.painting.colours import CASING, Paint
from desktop.painting.outline import DASH, GAP, pens

FEWEST = 6
"""Dashes below which a ring falls to pieces: it is solid then."""


@functools.lru_cache(maxsize=64)
def dot(diameter: int, rim: int, paint: Paint) -> QImage:
    """A filled dot with its casing; (diameter + 2 · rim) pixels square."""
    stamp = _blank(diameter + 2 * rim)
    painter = _on(stamp)
    painter.setPen(Qt.PenStyle.NoPen)
    whole = QRectF(stamp.rect())
    for brush, area in ((CASING, whole), (paint.line, whole.adjusted(rim, rim, -rim, -rim))):
        painter.setBrush(QBrush(brush))
        painter.drawEllipse(area)
    painter.end()
    return stamp


@functools.lru_cache(maxsize=512)
def ring(diameter: int, width: int, rim: int, paint: Paint) -> QImage:
    """A circle of this diameter in a line of this width, with its casing; room for both around it."""
    edge = width + 2 * rim
    stamp = _blank(diameter + edge)
    painter = _on(stamp)
    is_long = diameter * pi > FEWEST * (DASH + GAP) * width
    for pen in pens(paint if is_long else replace(paint, dashed=False), width, rim):
        painter.setPen(pen)
        painter.drawEllipse(QRectF(edge / 2, edge / 2, diameter, diameter))
    painter.end()
    return stamp


def _blank(side: int) -> QImage:
    stamp = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    stamp.fill(Qt.GlobalColor.transparent)
    return stamp


def _on(stamp: QImage) -> QPainter:
    painter = QPainter(stamp)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter
