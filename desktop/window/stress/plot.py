"""The growing curves, with a line at the strength that is looked at."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.language import _
from desktop.painting.chart import Chart
from desktop.window.part import Part
from pipelines.stress.curve import StressCurve
from pipelines.stress.sweeps import Sweep

LEAST = (200, 220)
EDGE, RADIUS = 6, 8
KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class StressPlot(Part):
    """Passive. Moving over it, touching it or the arrow keys look at another strength."""

    looked_at = Signal(float)
    """A measured strength that a person points at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._sweep: Sweep | None = None
        self._curve: StressCurve | None = None
        self._cursor: float | None = None
        self._focus_shown = False
        self.retranslate()

    def show_curve(self, sweep: Sweep, curve: StressCurve) -> None:
        self._sweep, self._curve = sweep, curve
        self.update()

    def show_cursor(self, strength: float | None) -> None:
        self._cursor = strength
        self.update()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Curves of the stress test"))
        self.update()

    def restyle(self) -> None:
        self.update()

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(480), px(320))

    def minimumSizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(LEAST[0]), px(LEAST[1]))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._look_at(event.position().x())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._look_at(event.position().x())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif self._curve and self._curve.points:
            strengths = [point.strength for point in self._curve.points]
            at = strengths.index(self._cursor) if self._cursor in strengths else 0
            self.looked_at.emit(strengths[min(max(0, at + step), len(strengths) - 1)])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._focus_shown = event.reason() in KEYBOARD
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._focus_shown = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._sweep is None or self._curve is None:
            return
        look = theme.current()
        with QPainter(self) as painter:
            Chart(self._curve, self._sweep, look, self._cursor).paint(painter, self._area())
            if self._focus_shown:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(look.colour("accent"), look.px(2)))
                ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
                painter.drawRoundedRect(ring, look.px(RADIUS), look.px(RADIUS))

    def _area(self) -> QRectF:
        edge = theme.current().px(EDGE)
        return QRectF(self.rect()).adjusted(edge, 0, -edge, -edge)

    def _look_at(self, x: float) -> None:
        if self._sweep is None or self._curve is None:
            return
        chart = Chart(self._curve, self._sweep, theme.current())
        if point := self._curve.nearest(chart.strength_at(x, self._area())):
            self.looked_at.emit(point.strength)
