"""What lies over every lane's picture: soft shadows for the words, round corners, the ring.

All of it is drawn once and kept, so that a live picture pays for nothing but copying.
"""

from __future__ import annotations

import functools

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPainterPath, QPen, QPixmap

DARKEST = 0.63
"""Opacity of a shadow under its words: white on it is 6 : 1 even where the picture is white."""
WORDS = 0.4
"""Share of the strip that is as dark as that; from there it fades."""
BESIDE = 0.4
"""How much of the shadow is left beside the words."""
STEPS = 8


class Shadow:
    """A dark strip at the upper or lower edge, darkest where words are, fading towards the middle."""

    def __init__(self, *, upwards: bool) -> None:
        self._upwards = upwards
        self._kept: tuple[tuple[int, int, int, float], QImage] | None = None

    def strip(self, size: QSize, height: int, reach: int, ratio: float) -> tuple[int, QImage]:
        """Where it begins, from the top in device pixels, and what it looks like.

        `size` is the lane's, `height` the strip's; words reach from the left edge to `reach`. All in pixels
        that `ratio` device pixels make.
        """
        top = size.height() - height if self._upwards else 0
        return round(top * ratio), self._strip(size.width(), height, reach, ratio)

    def _strip(self, width: int, height: int, reach: int, ratio: float) -> QImage:
        key = (width, height, reach, ratio)
        if self._kept is None or self._kept[0] != key:
            self._kept = (key, self._drawn(width, height, reach, ratio))
        return self._kept[1]

    def _drawn(self, width: int, height: int, reach: int, ratio: float) -> QImage:
        format_ = QImage.Format.Format_ARGB32_Premultiplied
        strip = QImage(round(width * ratio), round(height * ratio), format_)
        strip.fill(Qt.GlobalColor.transparent)
        near, far = (height, 0) if self._upwards else (0, height)
        painter = QPainter(strip)
        painter.scale(ratio, ratio)
        painter.setOpacity(DARKEST)
        painter.fillRect(0, 0, width, height, _fading(QPointF(0, near), QPointF(0, far), WORDS, 0.0))
        painter.setOpacity(1.0)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
        painter.fillRect(0, 0, width, height, _fading(QPointF(0, 0), QPointF(2 * reach, 0), 0.5, BESIDE))
        painter.end()
        return strip


def _fading(start: QPointF, end: QPointF, full: float, rest: float) -> QLinearGradient:
    """Opaque black over the share `full` of the way, then softly down to `rest`."""
    fade = QLinearGradient(start, end)
    for step in range(STEPS + 1):
        share = step / STEPS
        left = 1 - (1 - rest) * share * share * (3 - 2 * share)
        fade.setColorAt(full + (1 - full) * share, QColor(0, 0, 0, round(255 * left)))
    return fade


def paint_rim(
    painter: QPainter,
    size: QSize,
    radius: int,
    ground: QColor,
    rings: tuple[tuple[str, int], ...],
    ratio: float,
) -> None:
    """Round off the corners with `ground` and draw rings inwards from the edge: colour and width each."""
    patch = _patch(radius, ground.name(), rings, ratio)
    side, half = patch.width(), patch.width() // 2
    edge = round(half / ratio)
    right, bottom = size.width() - edge, size.height() - edge
    for x, source_x in ((0, 0), (right, side - half)):
        for y, source_y in ((0, 0), (bottom, side - half)):
            painter.drawPixmap(QRect(x, y, edge, edge), patch, QRect(source_x, source_y, half, half))
    inset = 0
    for colour, width in rings:
        across, down = size.width() - 2 * edge, size.height() - 2 * edge
        far_right, far_bottom = size.width() - inset - width, size.height() - inset - width
        for bar in (
            QRect(edge, inset, across, width),
            QRect(edge, far_bottom, across, width),
            QRect(inset, edge, width, down),
            QRect(far_right, edge, width, down),
        ):
            painter.fillRect(bar, QColor(colour))
        inset += width


@functools.lru_cache(maxsize=32)
def _patch(radius: int, ground: str, rings: tuple[tuple[str, int], ...], ratio: float) -> QPixmap:
    """A small square with all four corners; its middle is clear."""
    side = 4 * radius
    patch = _blank(side, side, ratio)
    painter = QPainter(patch)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outside = QPainterPath()
    outside.addRect(QRectF(0, 0, side, side))
    rounded = QPainterPath()
    rounded.addRoundedRect(QRectF(0, 0, side, side), radius, radius)
    painter.fillPath(outside - rounded, QColor(ground))
    inset = 0.0
    for colour, width in rings:
        middle = inset + width / 2
        painter.setPen(QPen(QColor(colour), width))
        area = QRectF(middle, middle, side - 2 * middle, side - 2 * middle)
        painter.drawRoundedRect(area, radius - middle, radius - middle)
        inset += width
    painter.end()
    return patch


def _blank(width: int, height: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(round(width * ratio), round(height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap
