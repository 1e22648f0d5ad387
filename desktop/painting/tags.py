"""Words on a filled tag."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

import numpy as np
from msgspec import Struct
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from desktop.painting.colours import CASING, Paint
from desktop.painting.labels import Labels, Rectangles, arrange

PADDING = 0.4
"""Left and right of the words, in heights of the text."""
CORNER = 0.25
LEGIBLE = 60
"""More tags than this cannot be read in one picture: the later ones are left out."""


class Tag(Struct, frozen=True):
    """`box` is what the words belong to, in pixels of the target; a `fixed` tag stands on its lower left
    corner, any other beside it.
    """

    words: str
    paint: Paint
    box: QRectF
    fixed: bool = False


def legible(tags: Iterable[Tag], within: QRectF) -> list[Tag]:
    """The first `LEGIBLE` that have words and a box in sight; no more are made than it takes to find them."""
    return list(islice((tag for tag in tags if tag.words and _is_in_sight(tag.box, within)), LEGIBLE))


def paint_tags(
    painter: QPainter, tags: Sequence[Tag], font: QFont, within: QRectF, reserved: Sequence[QRectF]
) -> None:
    """Paint those that find a place inside `within`; at most `LEGIBLE`, the most important first.

    `font` is measured in pixels of the target.
    """
    metrics = QFontMetricsF(font)
    padding = PADDING * font.pixelSize()
    fitted = [_fitted(tag.words, metrics, within.width() - 2 * padding) for tag in tags]
    labels = Labels(
        edges([tag.box for tag in tags]),
        np.ceil([(width + 2 * padding, metrics.height()) for _, width in fitted]),
        np.array([tag.paint.dashed for tag in tags]),
        np.array([tag.fixed for tag in tags]),
    )
    painter.setFont(font)
    for tag, (words, _), place in zip(
        tags, fitted, arrange(labels, edges([within]), edges(reserved)).tolist(), strict=True
    ):
        if words and not np.isnan(place[0]):
            _paint_ground(painter, place, tag.paint, CORNER * font.pixelSize())
            painter.drawText(QPoint(round(place[0] + padding), round(place[1] + metrics.ascent())), words)


def edges(rectangles: Sequence[QRectF]) -> Rectangles:
    """(n, 4) left, top, right, bottom."""
    listed = [(r.x(), r.y(), r.x() + r.width(), r.y() + r.height()) for r in rectangles]
    return np.array(listed, float).reshape(-1, 4)


def _is_in_sight(box: QRectF, within: QRectF) -> bool:
    """Also where it only touches, or has no area."""
    across = box.left() <= within.right() and box.right() >= within.left()
    return across and box.top() <= within.bottom() and box.bottom() >= within.top()


def _fitted(words: str, metrics: QFontMetricsF, widest: float) -> tuple[str, float]:
    """The words and their width, cut to the widest that there is room for."""
    width = metrics.horizontalAdvance(words)
    if width <= widest:
        return words, width
    words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, widest)
    return words, metrics.horizontalAdvance(words)


def _paint_ground(painter: QPainter, place: Sequence[float], paint: Paint, corner: float) -> None:
    left, top, right, bottom = place
    painter.setPen(QPen(CASING, 1))
    painter.setBrush(paint.line)
    painter.drawRoundedRect(QRectF(left + 0.5, top + 0.5, right - left - 1, bottom - top - 1), corner, corner)
    painter.setPen(paint.ink)
