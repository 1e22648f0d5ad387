"""How long the pipeline needed for each picture of the last 20 seconds."""

from __future__ import annotations

import statistics
from collections import deque

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.language import _
from desktop.window.axis import calm
from desktop.window.part import Part

SECONDS = 20.0
HEIGHT = 64
Measure = tuple[float, float]
"""(when in seconds, how long in milliseconds)"""


class Timing(Part):
    """A heading with the median, and a trace whose axis begins at 0 and ends at the newest picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measures: deque[Measure] = deque()
        self._heading = QLabel(wordWrap=True)
        self._heading.setProperty("look", "heading")
        self._median = QLabel()
        self._trace = Trace()
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addWidget(self._median, 0, Qt.AlignmentFlag.AlignTop)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addLayout(head)
        self._rows.addWidget(self._trace)
        self.retranslate()
        self.restyle()
        self.hide()

    def add(self, now: float, milliseconds: float) -> None:
        """Remember one picture; it is seen with the next `refresh`."""
        self._measures.append((now, milliseconds))
        while self._measures[0][0] < now - SECONDS:
            self._measures.popleft()

    def clear(self) -> None:
        self._measures.clear()
        self._trace.forget()
        self.hide()

    def refresh(self) -> None:
        """Draw and write what is remembered."""
        if not self._measures:
            return
        self.show()
        self._trace.show_measures(list(self._measures))
        self._write_median()

    def retranslate(self) -> None:
        self._heading.setText(_("Time for one picture"))
        self._trace.setAccessibleName(_("Time for one picture, last 20 seconds"))
        self._write_median()
        self._trace.update()

    def restyle(self) -> None:
        self._rows.setSpacing(theme.current().px(6))
        self._trace.updateGeometry()

    def _write_median(self) -> None:
        if self._measures:
            median = statistics.median(milliseconds for _when, milliseconds in self._measures)
            self._median.setText(_("median {n} ms").format(n=f"{median:.1f}"))


class Trace(QWidget):
    """Each picture is drawn, so that a single slow one is seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._measures: list[Measure] = []
        self._top = 0.0

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(160), px(HEIGHT) + theme.current().px(20))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(80), self.sizeHint().height())

    def show_measures(self, measures: list[Measure]) -> None:
        self._measures = measures
        self._top = calm(self._top, max(milliseconds for _when, milliseconds in measures))
        self.update()

    def forget(self) -> None:
        self._measures = []
        self._top = 0.0
        self.update()

    def top(self) -> float:
        """Milliseconds at the upper end of the axis."""
        return self._top

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._measures:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.current().font("small"))
        plot = self._plot(painter)
        self._paint_axes(painter, plot)
        self._paint_line(painter, plot)

    def _plot(self, painter: QPainter) -> QRectF:
        metrics, px = painter.fontMetrics(), theme.current().px
        left = max(metrics.horizontalAdvance(text) for text in self._labels()) + px(8)
        above, below = metrics.height() / 2, metrics.height() + px(2)
        return QRectF(left, above, self.width() - left - px(1), self.height() - above - below)

    def _labels(self) -> tuple[str, str]:
        return f"{self._top:g} ms", "0"

    def _paint_axes(self, painter: QPainter, plot: QRectF) -> None:
        look, metrics = theme.current(), painter.fontMetrics()
        painter.setPen(QPen(look.colour("line"), look.px(1)))
        painter.drawLine(QLineF(plot.topLeft(), plot.topRight()))
        painter.drawLine(QLineF(plot.bottomLeft(), plot.bottomRight()))
        painter.setPen(look.colour("soft"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for text, y in zip(self._labels(), (plot.top(), plot.bottom()), strict=True):
            place = QRectF(0, y - metrics.height() / 2, plot.left() - look.px(8), metrics.height())
            painter.drawText(place, right, text)
        below = QRectF(plot.left(), plot.bottom() + look.px(2), plot.width(), metrics.height())
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, f"−{SECONDS:g} s")
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, _("newest"))

    def _paint_line(self, painter: QPainter, plot: QRectF) -> None:
        newest = self._measures[-1][0]
        line = QPolygonF(
            [
                QPointF(
                    plot.right() - (newest - when) / SECONDS * plot.width(),
                    plot.bottom() - min(milliseconds / self._top, 1.0) * plot.height(),
                )
                for when, milliseconds in self._measures
            ]
        )
        look = theme.current()
        painter.setPen(QPen(look.colour("accent"), 1.25 * look.scale))
        painter.drawPolyline(line)
