"""Live curves with axes, drawn by pyqtgraph, which is imported when the first plot is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QLineF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.language import say
from desktop.window.axis import calm
from desktop.window.part import Part
from desktop.window.plot_axis import dress
from models.text import Text
from pipelines.result import Curve, Plot, Role

if TYPE_CHECKING:
    import pyqtgraph

PICTURES_FIRST_MS = 500
"""pyqtgraph takes up to a second to import: the first pictures are on the screen before that."""
HEIGHT = 150
ROOM_FOR_LABELS = 0.1
"""Share of the axis above and below: pyqtgraph leaves out a label that would reach beyond."""
COLOURS: dict[Role, theme.Role] = {"first": "accent", "second": "second", "soft": "soft"}
LINES: dict[Role, Qt.PenStyle] = {
    "first": Qt.PenStyle.SolidLine,
    "second": Qt.PenStyle.DashLine,
    "soft": Qt.PenStyle.SolidLine,
}


def pen(role: Role) -> QPen:
    """Blue and solid, orange and dashed, grey: as the marks on the picture."""
    look = theme.current()
    drawn = QPen(look.colour(COLOURS[role]), look.px(2), LINES[role])
    drawn.setCosmetic(True)
    return drawn


class PlotView(Part):
    """One `Plot` under its title, with a key of its curves. It is for looking at: no mouse, no menu."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plot: Plot | None = None
        self._explained = False
        self._highest: int | None = None
        self._canvas: Canvas | None = None
        self._coming = QTimer(self, singleShot=True, interval=PICTURES_FIRST_MS)
        self._coming.timeout.connect(self._make_canvas)
        self._title = QLabel(wordWrap=True)
        self._title.setProperty("look", "heading")
        self._key = CurveKey()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self._title)
        self._rows.addWidget(self._key)
        self.restyle()
        self.hide()

    def show_plot(self, plot: Plot | None, *, explained: bool = False) -> None:
        """Hidden where there is none. Curves that have not changed are not drawn again.

        `explained`: what the colours mean stands above, and needs no key of its own.
        """
        self._explained = explained
        if plot is None:
            self._plot = None
            self.hide()
            return
        same = self._plot is not None and _same(self._plot, plot)
        self._plot = plot
        if not same:
            self._draw()
        self.show()

    def keep_within(self, height: int) -> None:
        """Pixels that the curves take at most, however large the text is."""
        self._highest = height
        if self._canvas is not None:
            self._canvas.suit(height)

    def retranslate(self) -> None:
        if self._plot is not None:
            self._draw()

    def restyle(self) -> None:
        self._rows.setSpacing(theme.current().px(6))
        if self._canvas is not None:
            self._canvas.restyle()
            self._canvas.suit(self._highest)
        self.retranslate()

    def _draw(self) -> None:
        if self._plot is None:
            return
        title = say(self._plot.title)
        self._title.setText(title)
        self._key.show_curves(() if self._explained else self._plot.curves)
        if self._canvas is None:
            if not self._coming.isActive():  # curves that change with every picture do not put it off
                self._coming.start()
            return
        self._canvas.widget.setAccessibleName(title)
        self._canvas.draw(self._plot)

    def _make_canvas(self) -> None:
        self._canvas = Canvas()
        self._canvas.suit(self._highest)
        self._rows.insertWidget(1, self._canvas.widget)
        self._draw()


class Canvas:
    """A pyqtgraph plot in our look: horizontal lines, two quiet axes, nothing to click."""

    def __init__(self) -> None:
        import pyqtgraph

        self._curves: list[pyqtgraph.PlotDataItem] = []
        self._title = Text("", "")
        self._range = (0.0, 0.0)
        self._span: tuple[float, float] | None = None
        self.widget: Any = pyqtgraph.PlotWidget(enableMenu=False)
        self.widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.widget.setFrameShape(self.widget.Shape.NoFrame)
        item = self.widget.getPlotItem()
        item.hideButtons()
        item.setMouseEnabled(False, False)
        item.showGrid(y=True, alpha=1.0)
        self.restyle()

    def draw(self, plot: Plot) -> None:
        item = self.widget.getPlotItem()
        if plot.title != self._title:
            self._title, self._range = plot.title, (0.0, 0.0)
        if len(self._curves) != len(plot.curves):
            item.clear()
            self._curves = [item.plot(antialias=True) for _curve in plot.curves]
        for drawn, curve in zip(self._curves, plot.curves, strict=True):
            drawn.setData(curve.x, curve.y, pen=pen(curve.role))
        item.setLabel("bottom", say(plot.x_title))
        self._set_span(plot.x_range)
        self._set_range(plot.curves)

    def suit(self, highest: int | None) -> None:
        """As high as usual, or so many pixels where that is less."""
        usual = theme.current().px(HEIGHT)
        self.widget.setFixedHeight(usual if highest is None else min(usual, highest))

    def restyle(self) -> None:
        look = theme.current()
        self.widget.setBackground(look.colour("panel"))
        item = self.widget.getPlotItem()
        left = item.getAxis("left")
        left.setTickPen(QPen(look.colour("line"), look.px(1)))
        left.setZValue(-1)  # its lines run behind the curves
        item.getAxis("bottom").setTickPen(QPen(Qt.PenStyle.NoPen))
        item.layout.setContentsMargins(0, look.px(8), look.px(2), 0)
        for side in ("left", "bottom"):
            dress(item.getAxis(side), titled=side == "bottom")

    def _set_span(self, span: tuple[float, float] | None) -> None:
        if span != self._span:
            self._span = span
            box = self.widget.getPlotItem().getViewBox()
            if span is None:
                box.enableAutoRange(axis="x")
            else:
                box.setXRange(*span, padding=0.02)

    def _set_range(self, curves: tuple[Curve, ...]) -> None:
        """From 0 where nothing is negative, and calm: it does not breathe with each picture."""
        finite = np.concatenate([curve.y[np.isfinite(curve.y)] for curve in curves] or [np.zeros(0)])
        if not finite.size:
            return
        low, high = float(min(finite.min(), 0)), float(max(finite.max(), 0))
        bottom = -calm(-self._range[0], -low) if low < 0 else 0.0
        top = calm(self._range[1], high) if high > 0 or low == 0 else 0.0
        if (bottom, top) != self._range:
            self._range = (bottom, top)
            item = self.widget.getPlotItem()
            item.getViewBox().setYRange(bottom, top, padding=ROOM_FOR_LABELS)
            marks = {bottom, 0.0, top} if bottom < 0 < top else {bottom, (bottom + top) / 2, top}
            item.getAxis("left").setTicks([[(mark, f"{mark:g}") for mark in sorted(marks)]])


class CurveKey(Part):
    """Which line is which: a sample of each with its name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._shown: tuple[tuple[str, Role], ...] = ()
        self._lines: list[QWidget] = []

    def show_curves(self, curves: tuple[Curve, ...]) -> None:
        """A single curve needs no key: the title says what it is."""
        wanted = tuple((say(curve.title), curve.role) for curve in curves) if len(curves) > 1 else ()
        if wanted != self._shown:
            self._shown = wanted
            self._rebuild()
        self.setVisible(bool(wanted))

    def restyle(self) -> None:
        self._rebuild()

    def _rebuild(self) -> None:
        for row in self._lines:
            row.hide()
            row.deleteLater()
        self._rows.setSpacing(theme.current().px(4))
        self._lines = [_key_line(words, role) for words, role in self._shown]
        for row in self._lines:
            self._rows.addWidget(row)


def _key_line(words: str, role: Role) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.current().px(8))
    title = QLabel(words, wordWrap=True)
    title.setProperty("look", "soft")
    line.addWidget(Sample(role))
    line.addWidget(title, 1)
    return row


class Sample(QWidget):
    """A short piece of a curve."""

    def __init__(self, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(26), px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen(self._role))
        y = self.height() / 2
        painter.drawLine(QLineF(1, y, self.width() - 1, y))


def _same(one: Plot, other: Plot) -> bool:
    return (
        one.title == other.title
        and one.x_title == other.x_title
        and one.x_range == other.x_range
        and len(one.curves) == len(other.curves)
        and all(map(_same_curve, one.curves, other.curves))
    )


def _same_curve(one: Curve, other: Curve) -> bool:
    return (
        one.title == other.title
        and one.role == other.role
        and np.array_equal(one.x, other.x, equal_nan=True)
        and np.array_equal(one.y, other.y, equal_nan=True)
    )
