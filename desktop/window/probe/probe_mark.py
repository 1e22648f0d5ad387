"""One place of a lane, and what the lane has there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QLineF, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPixmap

from desktop import theme
from desktop.painting.colours import CASING
from desktop.window.part import Part

if TYPE_CHECKING:
    from desktop.window.lane_view import LaneView

GROUND = QColor(10, 11, 13, 240)
EDGE, GAP, ROUND, SWATCH = 8, 6, 8, 14
ARM, FREE = 11, 4
"""Pixels at 100 % from the place to the ends of the cross, and what it leaves free in its middle."""
AWAY = 16
"""From the place to the words, across and down: what is pointed at is never under them."""


class Told(Struct, frozen=True):
    """A line of words, and the colour that they are about: red, green, blue."""

    words: str
    colour: tuple[int, int, int] | None = None


class ProbeMark(Part):
    """A cross with words beside it, inside the lane. Takes no mouse."""

    def __init__(self, lane: LaneView) -> None:
        super().__init__(lane)
        self._lane = lane
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._at: QPointF | None = None
        self._told: tuple[Told, ...] = ()
        self._tag = QRect()
        self._drawn = QPixmap()
        self.hide()

    def tell(self, told: Sequence[Told], at: QPointF | None, *, marked: bool) -> None:
        """At a place of the lane, with a cross where it is `marked`; at the lane's side where the place is
        out of sight, or the lane has none. Nothing at all where nothing is said or marked."""
        self._told = tuple(told)
        self._at = at if at and marked else None
        self._tag = self._beside(at)
        whole = self._tag.united(self._cross(self._at).toAlignedRect()) if self._at else self._tag
        self.setAccessibleName("; ".join(line.words for line in told))
        if whole.isEmpty():
            self.hide()
            return
        if self.isHidden():
            self.show()
            self.raise_()
        self.setGeometry(whole)
        self._drawn = self._draw()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """With every picture of the lane, which comes oftener than the words change."""
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._drawn)

    def _draw(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        drawn = QPixmap(self.size() * ratio)
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(Qt.GlobalColor.transparent)
        with QPainter(drawn) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(-self.pos())
            if self._at:
                self._paint_cross(painter, self._at)
            if self._told:
                self._paint_tag(painter)
        return drawn

    def _paint_cross(self, painter: QPainter, at: QPointF) -> None:
        px = theme.current().px
        arms = [
            QLineF(at + way * px(FREE), at + way * px(ARM))
            for way in (QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1))
        ]
        for colour, width in ((CASING, px(4)), (QColor(Qt.GlobalColor.white), px(2))):
            painter.setPen(QPen(colour, width))
            painter.drawLines(arms)

    def _paint_tag(self, painter: QPainter) -> None:
        look = theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(GROUND)
        painter.drawRoundedRect(QRectF(self._tag), look.px(ROUND), look.px(ROUND))
        painter.setFont(look.font("body"))
        line, side = self._line(), look.px(SWATCH)
        left, top = self._tag.left() + look.px(EDGE), self._tag.top() + look.px(EDGE) // 2
        for told in self._told:
            words = QRect(left, top, self._tag.width(), line)
            if told.colour:
                painter.setPen(QPen(QColor("#c7cedb"), look.px(1)))
                painter.setBrush(QColor(*told.colour))
                painter.drawRect(QRect(left, top + (line - side) // 2, side, side))
                words.setLeft(left + side + look.px(GAP))
            painter.setPen(Qt.GlobalColor.white)
            painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, told.words)
            top += line

    def _beside(self, at: QPointF | None) -> QRect:
        """Across and down from the place, to where there is room and the lane's own words are not covered."""
        if not self._told:
            return QRect()
        lane, size, away = self._lane.rect(), self._size(), theme.current().px(AWAY)
        if at is None:
            right = lane.width() - size.width() - theme.current().px(EDGE)
            return QRect(right, (lane.height() - size.height()) // 2, size.width(), size.height())
        places = [QRect(corner, size) for corner in self._corners(at.toPoint(), size, away)]
        inside = [place for place in places if lane.contains(place)]
        free = [place for place in inside if not any(words.intersects(place) for words in self._words())]
        return next(iter((*free, *inside)), None) or self._pushed_in(places[0])

    @staticmethod
    def _corners(at: QPoint, size: QSize, away: int) -> list[QPoint]:
        """Right above the place, left above, right below, left below."""
        across = at.x() + away, at.x() - away - size.width()
        return [
            QPoint(left, top) for top in (at.y() - away - size.height(), at.y() + away) for left in across
        ]

    def _pushed_in(self, place: QRect) -> QRect:
        """Where the lane is too small for it beside what is pointed at."""
        lane = self._lane.rect()
        left = max(0, min(place.left(), lane.width() - place.width()))
        top = max(0, min(place.top(), lane.height() - place.height()))
        return QRect(QPoint(left, top), place.size())

    def _words(self) -> list[QRect]:
        """The lane's own."""
        return [words.toAlignedRect() for words in self._lane.words_on_it()]

    def _size(self) -> QSize:
        look = theme.current()
        metrics = QFontMetrics(look.font("body"))
        aside = look.px(SWATCH) + look.px(GAP)
        widths = [metrics.horizontalAdvance(told.words) + aside * bool(told.colour) for told in self._told]
        return QSize(max(widths) + 2 * look.px(EDGE), len(widths) * self._line() + look.px(EDGE))

    def _line(self) -> int:
        return QFontMetrics(theme.current().font("body")).height() + theme.current().px(4)

    def _cross(self, at: QPointF) -> QRectF:
        reach = theme.current().px(ARM) + theme.current().px(3)
        return QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach)
