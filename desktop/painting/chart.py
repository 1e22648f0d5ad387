"""The curves of a stress test, painted by one painter for the window and for a file.

Two plots over one axis: the share of faces found, and how much of each detector's score is left. Shares
are the same quantity for both detectors. Scores are not, so each is drawn in per cent of what the same
detector gave without distortion.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from msgspec import Struct
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from desktop.language import _, say
from desktop.painting.ticks import Tick, above, along
from desktop.theme import Role, Theme
from pipelines.stress.curve import StressCurve
from pipelines.stress.sweeps import Sweep

HEADING, AXIS, AXIS_TITLE, GAP = 30, 20, 20, 14
"""Heights in pixels at 100 %: over each plot, under the lower one for figures and for words, between both."""
DOT = 3.5
COLOURS: tuple[Role, Role] = ("accent", "second")
DASHES: tuple[list[float], list[float]] = ([], [3.0, 3.0])


class Chart(Struct, frozen=True, eq=False):
    """What is drawn; `cursor` is the strength at which a line stands, if any."""

    curve: StressCurve
    sweep: Sweep
    look: Theme
    cursor: float | None = None

    def paint(self, painter: QPainter, area: QRectF) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plots = self.plots(area)
        panels = (
            (_("Faces found"), [self.curve.shares(detector) for detector in (0, 1)]),
            (_("Score left, of that without distortion"), [self.curve.kept(detector) for detector in (0, 1)]),
        )
        for plot, (title, values) in zip(plots, panels, strict=True):
            _Panel(self, painter, plot, values).paint(title)
        self._paint_axis(painter, plots[1])
        painter.restore()

    def plots(self, area: QRectF) -> tuple[QRectF, QRectF]:
        """Where the curves are, without what is written around them."""
        px = self.look.px
        left = area.left() + self._figures_width() + px(8)
        width = max(1.0, area.right() - px(10) - left)
        height = (area.height() - 2 * px(HEADING) - px(GAP) - px(AXIS) - px(AXIS_TITLE)) / 2
        height = max(1.0, height)
        upper = QRectF(left, area.top() + px(HEADING), width, height)
        return upper, upper.translated(0, height + px(GAP) + px(HEADING))

    def strength_at(self, x: float, area: QRectF) -> float:
        """Which strength lies at this place: the inverse of what is drawn."""
        plot = self.plots(area)[0]
        low, high = self.sweep.strengths[0], self.sweep.strengths[-1]
        return low + (x - plot.left()) / plot.width() * (high - low)

    def across(self, strength: float, plot: QRectF) -> float:
        """Where a strength lies in a plot."""
        low, high = self.sweep.strengths[0], self.sweep.strengths[-1]
        return plot.left() + (strength - low) / (high - low) * plot.width()

    def _figures_width(self) -> float:
        metrics = QFontMetricsF(self.look.font("small"))
        return metrics.horizontalAdvance("100 %")

    def _paint_axis(self, painter: QPainter, plot: QRectF) -> None:
        """Figures at round strengths and at the neutral one, and what they measure."""
        look = self.look
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("soft"))
        metrics = QFontMetricsF(painter.font())
        top = plot.bottom() + look.px(4)
        for tick in self._ticks(metrics, plot.width()):
            width = metrics.horizontalAdvance(tick.words)
            x = min(self.across(tick.value, plot) - width / 2, plot.right() + look.px(10) - width)
            painter.drawText(QPointF(x, top + metrics.ascent()), tick.words)
        title = say(self.sweep.axis)
        if self.sweep.unit:
            title = _("{axis} ({unit})").format(axis=title, unit=self.sweep.unit)
        place = QRectF(plot.left(), top + look.px(AXIS), plot.width(), look.px(AXIS_TITLE))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, title)

    def _ticks(self, metrics: QFontMetricsF, width: float) -> Sequence[Tick]:
        low, high = self.sweep.strengths[0], self.sweep.strengths[-1]
        room = 2.2 * metrics.horizontalAdvance("−00.0")
        return along(low, high, self.sweep.neutral, most=max(2, int(width / room)))


class _Panel:
    """One of the two plots."""

    def __init__(
        self, chart: Chart, painter: QPainter, plot: QRectF, values: Sequence[Sequence[float]]
    ) -> None:
        self._chart, self._painter, self._plot, self._values = chart, painter, plot, values
        self._look = chart.look
        self._ticks = above([value for both in values for value in both])
        self._top = self._ticks[-1].value

    def paint(self, title: str) -> None:
        self._paint_heading(title)
        self._paint_grid()
        self._paint_upright(self._chart.sweep.neutral, "line")
        for detector in (0, 1):
            self._paint_curve(detector)
        if self._chart.cursor is not None:
            self._paint_upright(self._chart.cursor, "text")

    def _paint_heading(self, title: str) -> None:
        look, painter, plot = self._look, self._painter, self._plot
        painter.setFont(look.font("small", bold=True))
        painter.setPen(look.colour("text"))
        left = plot.left() - self._chart._figures_width() - look.px(8)
        place = QRectF(left, plot.top() - look.px(HEADING), plot.right() - left, look.px(HEADING - 10))
        words = QFontMetricsF(painter.font()).elidedText(title, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_grid(self) -> None:
        look, painter, plot = self._look, self._painter, self._plot
        painter.setFont(look.font("small"))
        height = QFontMetricsF(painter.font()).height()
        for tick in self._ticks:
            y = self._down(tick.value)
            painter.setPen(QPen(look.colour("line"), look.px(1)))
            painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
            painter.setPen(look.colour("soft"))
            left = plot.left() - self._chart._figures_width() - look.px(8)
            place = QRectF(left, y - height / 2, self._chart._figures_width(), height)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, tick.words)

    def _paint_upright(self, strength: float, role: Role) -> None:
        x = self._chart.across(strength, self._plot)
        self._painter.setPen(QPen(self._look.colour(role), self._look.px(1)))
        self._painter.drawLine(QLineF(x, self._plot.top(), x, self._plot.bottom()))

    def _paint_curve(self, detector: int) -> None:
        """The line, and a dot wherever it was measured: rings for the second, so that both are seen."""
        look, painter = self._look, self._painter
        colour = look.colour(COLOURS[detector])
        pen = QPen(colour, look.px(2))
        if DASHES[detector]:
            pen.setDashPattern(DASHES[detector])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pieces = list(self._pieces(detector))
        for piece in pieces:
            painter.drawPolyline(QPolygonF(piece))
        painter.setPen(QPen(colour, look.px(1.5)))
        painter.setBrush(Qt.BrushStyle.NoBrush if detector else colour)
        radius = DOT * look.scale
        for point in (point for piece in pieces for point in piece):
            painter.drawEllipse(point, radius, radius)

    def _pieces(self, detector: int) -> Iterator[list[QPointF]]:
        """The measured points, apart where one between them is not a number."""
        piece: list[QPointF] = []
        for point, value in zip(self._chart.curve.points, self._values[detector], strict=True):
            if math.isnan(value):
                if piece:
                    yield piece
                piece = []
            else:
                piece.append(QPointF(self._chart.across(point.strength, self._plot), self._down(value)))
        if piece:
            yield piece

    def _down(self, value: float) -> float:
        return self._plot.bottom() - value / self._top * self._plot.height()
