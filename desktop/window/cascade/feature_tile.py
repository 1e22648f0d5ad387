"""One feature of a cascade over the window that it was computed in, and what came out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPainterPath, QPolygonF

from desktop import theme
from pipelines.frame import Image
from pipelines.verdict import FeatureTest, Vote

ORANGE, BLUE = QColor(255, 159, 67, 165), QColor(76, 159, 254, 165)
SOFT = QColor("#c7cedb")
SIDE = 64
"""Pixels at 100 % of a window's longer side."""


class Tile(Struct, frozen=True):
    """A test, and the vote that it led to: `None` where another test followed."""

    test: FeatureTest
    vote: float | None


def tiles_of(votes: Sequence[Vote]) -> Iterator[Tile]:
    for vote in votes:
        *before, last = vote.tests
        yield from (Tile(test, None) for test in before)
        yield Tile(last, vote.vote)


def tile_size(picture: Image) -> QSize:
    """With its two lines of figures."""
    across, down = _window_size(picture)
    line = QFontMetrics(theme.current().font("small"))
    figures = max(line.horizontalAdvance(f"−0.000 {sign} −0.000") for sign in "<≥")
    return QSize(max(across, figures), down + 2 * line.height())


def paint_tile(painter: QPainter, tile: Tile, picture: Image, place: QRect) -> None:
    across, down = _window_size(picture)
    window = QRect(place.left() + (place.width() - across) // 2, place.top(), across, down)
    _paint_feature(painter, tile.test, picture, window)
    line = QFontMetrics(theme.current().font("small")).height()
    below = QRect(place.left(), window.bottom() + 1, place.width(), line)
    painter.setFont(theme.current().font("small"))
    painter.setPen(SOFT)
    painter.drawText(below, Qt.AlignmentFlag.AlignCenter, compared(tile.test))
    painter.setFont(theme.current().font("small", bold=True))
    painter.setPen(Qt.GlobalColor.white)
    words = "→" if tile.vote is None else signed(tile.vote)
    painter.drawText(below.translated(0, line), Qt.AlignmentFlag.AlignCenter, words)


def compared(test: FeatureTest) -> str:
    """The value and the threshold."""
    sign = "<" if test.value < test.threshold else "≥"
    return f"{test.value:.3f} {sign} {test.threshold:.3f}".replace("-", "−")


def signed(vote: float) -> str:
    return f"{vote:+.2f}".replace("-", "−")


def _paint_feature(painter: QPainter, test: FeatureTest, picture: Image, window: QRect) -> None:
    height, width = picture.shape
    grey = QImage(picture.data, width, height, picture.strides[0], QImage.Format.Format_Grayscale8)
    painter.drawImage(window, grey)
    adds, takes = QPainterPath(), QPainterPath()
    for x, y, across, down, weight in test.rectangles:
        part = QPainterPath()
        part.addPolygon(_outline(QRectF(x, y, across, down), test.tilted))
        part.closeSubpath()
        if weight > 0:
            adds = adds.united(part)
        else:
            takes = takes.united(part)
    painter.save()
    painter.translate(window.topLeft())
    painter.scale(window.width() / width, window.height() / height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillPath(takes.subtracted(adds), BLUE)
    painter.fillPath(adds, ORANGE)
    painter.restore()


def _outline(box: QRectF, tilted: bool) -> QPolygonF:
    """Upper, right, lower and left corner of a tilted one."""
    if not tilted:
        return QPolygonF(box)
    x, y, across, down = box.x(), box.y(), box.width(), box.height()
    ways = ((0.0, 0.0), (across, across), (across - down, across + down), (-down, down))
    return QPolygonF([QPointF(x + right, y + below) for right, below in ways])


def _window_size(picture: Image) -> tuple[int, int]:
    height, width = picture.shape
    scale = theme.current().px(SIDE) / max(height, width)
    return round(width * scale), round(height * scale)
