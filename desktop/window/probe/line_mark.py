"""The line of the profile over a lane, with a grip at each end."""

from __future__ import annotations

import functools

from PySide6.QtCore import QEvent, QLineF, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.painting.colours import CASING
from desktop.window.lane_view import LaneView
from desktop.window.probe.lane_colours import colour
from desktop.window.probe.lane_places import area_of, place_of
from pipelines.intensity import Line

GRIP = 9
"""Radius of a ring at 100 %: what the line begins and ends on is seen in it."""
NAMES = ("A", "B")
ON_PICTURE = theme.Theme(dark=True)
"""Whose colours are seen on a dark picture, and in their casing on a bright one."""


class LineMark(QWidget):
    """As large as its lane, and in the colour of the lane's curve. Takes no mouse."""

    def __init__(self, view: LaneView) -> None:
        super().__init__(view)
        self._view = view
        self._line: Line | None = None
        self._lane = 0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        view.installEventFilter(self)
        self.hide()

    def show_line(self, line: Line | None, lane: int) -> None:
        """`lane` is the place of the lane, from 0. Hidden where there is no line, or the lane has no place
        for it."""
        moved, self._line, self._lane = (line, lane) != (self._line, self._lane), line, lane
        shown = line is not None and area_of(self._view) is not None
        if shown and self.isHidden():
            self.setGeometry(self._view.rect())
            self.lower()  # what is written on the lane stays readable
        self.setVisible(shown)
        if moved:
            self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._view.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._line is None:
            return
        start, end = place_of(self._view, self._line.start), place_of(self._view, self._line.end)
        if start is not None and end is not None:
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._paint(painter, start, end)

    def _paint(self, painter: QPainter, start: QPointF, end: QPointF) -> None:
        look = theme.current()
        radius, whole = look.px(GRIP), QLineF(start, end)
        for drawn, width in ((CASING, look.px(4)), (colour(self._lane, ON_PICTURE), look.px(2))):
            painter.setPen(QPen(drawn, width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if whole.length() > 2 * radius:
                share = radius / whole.length()
                painter.drawLine(QLineF(whole.pointAt(share), whole.pointAt(1 - share)))
            for place in (start, end):
                painter.drawEllipse(place, radius, radius)
        self._write(painter, (start, end), whole)

    def _write(self, painter: QPainter, places: tuple[QPointF, QPointF], whole: QLineF) -> None:
        """A and B, beyond the ends of the line."""
        ratio = self.devicePixelRatioF()
        names = [_tag(name, theme.current().scale, ratio) for name in NAMES]
        size = names[0].deviceIndependentSize()
        way = theme.current().px(GRIP) + size.height() * 0.7
        out = whole.unitVector().p2() - whole.p1() if whole.length() else QPointF(1, 0)
        for name, place, sense in zip(names, places, (-1, 1), strict=True):
            box = QRectF(QPointF(), size)
            box.moveCenter(place + out * sense * way)
            box.moveLeft(min(max(box.left(), 0.0), self.width() - box.width()))
            if QLineF(place, box.center()).length() < way - 1:  # at the lane's edge there is no room beyond
                box.moveBottom(place.y() - theme.current().px(GRIP) - 2)
            box.moveTop(min(max(box.top(), 0.0), self.height() - box.height()))
            painter.drawPixmap(box.topLeft(), name)


@functools.lru_cache(maxsize=8)
def _tag(name: str, scale: float, ratio: float) -> QPixmap:
    """A letter on its ground, drawn once: text costs more than the rest of the line."""
    look = theme.Theme(scale=scale)
    font = look.font("body", bold=True)
    high = QFontMetricsF(font).height()
    box = QRectF(0, 0, round(high * 1.1), round(high))
    drawn = QPixmap((box.size() * ratio).toSize())
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    with QPainter(drawn) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(CASING)
        painter.drawRoundedRect(box, look.px(4), look.px(4))
        painter.setFont(font)
        painter.setPen(Qt.GlobalColor.white)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
    return drawn
