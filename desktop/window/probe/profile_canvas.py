"""The curves of the line profile, drawn by pyqtgraph at the rate of a camera."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from desktop import theme
from desktop.window.axis import calm
from desktop.window.plot_axis import dress
from desktop.window.probe.lane_colours import pen
from pipelines.intensity import Numbers

MARGIN = 0.03
"""Share of the level axis at both ends. pyqtgraph leaves out a label that would reach beyond."""
FINEST = 800
"""Points that a curve is drawn with, at most: more than there are pixels for it."""
GREY, SIGNED = (0.0, 128.0, 255.0), (-255.0, 0.0, 255.0)
"""What is written at the upright axis; its ends are those of all pictures, so that it never moves."""


class ProfileCanvas:
    """A curve a lane, over the distance from the line's start.

    Qt takes 0.3 s to stroke four wide lines with many corners and a few ms for fine ones: so a curve is
    several fine lines beside each other. They are Qt's own items, for those of pyqtgraph look for their least
    and greatest numbers again and again, which takes longer than to paint them.
    """

    def __init__(self) -> None:
        import pyqtgraph

        self._curves: dict[int, list[QGraphicsPathItem]] = {}
        self._path = pyqtgraph.arrayToQPath
        self._length = 0.0
        self._signed: bool | None = None
        self.widget: Any = pyqtgraph.PlotWidget(enableMenu=False)
        self.widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.widget.setFrameShape(self.widget.Shape.NoFrame)
        self._item = self.widget.getPlotItem()
        self._item.hideButtons()
        self._item.setMouseEnabled(False, False)
        self._item.showGrid(y=True, alpha=1.0)
        self._item.disableAutoRange()
        self.widget.setAntialiasing(True)
        self._item.getViewBox().sigResized.connect(self._make_room)
        self.restyle()

    def draw(self, distances: Numbers, numbers: Mapping[int, Numbers], *, signed: bool) -> None:
        """`numbers` by the place of the lane, as many as there are distances; `signed`: some may be below
        0."""
        step = -(-len(distances) // FINEST)
        for lane in [lane for lane in self._curves if lane not in numbers]:
            for line in self._curves.pop(lane):
                self._item.removeItem(line)
        for lane, curve in numbers.items():
            if lane not in self._curves:
                self._curves[lane] = self._fresh(lane, QPainterPath())
            path = self._path(distances[::step], curve[::step], connect="all")
            for line in self._curves[lane]:
                line.setPath(path)
        self._set_range(signed)

    def show_length(self, length: float, *, dragged: bool) -> None:
        """Pixels of the line; while it is `dragged` the axis stays as it is as long as that will do."""
        length = calm(self._length, length) if dragged and self._length else length
        if length != self._length:
            self._length = length
            self._item.getViewBox().setXRange(0, max(length, 1.0), padding=MARGIN)
            self._make_room()

    def say(self, below: str, beside: str) -> None:
        """The titles of both axes."""
        self._item.setLabel("bottom", below)
        self._item.setLabel("left", beside)

    def restyle(self) -> None:
        look = theme.current()
        self.widget.setBackground(look.colour("panel"))
        for side in ("left", "bottom"):
            dress(self._item.getAxis(side), titled=True)
        self._item.getAxis("left").setTickPen(QPen(look.colour("line"), look.px(1)))
        self._item.getAxis("left").setZValue(-1)  # its lines run behind the curves
        self._item.getAxis("bottom").setStyle(tickAlpha=0)
        self._item.layout.setContentsMargins(0, look.px(8), look.px(8), 0)
        former, self._curves = self._curves, {}
        for lane, lines in former.items():
            for line in lines:
                self._item.removeItem(line)
            self._curves[lane] = self._fresh(lane, lines[0].path())
        self._signed = None

    def _fresh(self, lane: int, path: QPainterPath) -> list[QGraphicsPathItem]:
        """So many that they look as wide as other lines."""
        lines = [QGraphicsPathItem(path) for _n in range(theme.current().px(2))]
        for line in lines:
            line.setPen(pen(lane, 0))  # as fine as can be, whatever the axes
            self._item.addItem(line)
        self._spread(lines)
        return lines

    def _set_range(self, signed: bool) -> None:
        if signed != self._signed:
            self._signed = signed
            marks = SIGNED if signed else GREY
            self._item.getAxis("left").setTicks([[(mark, f"{mark:g}".replace("-", "−")) for mark in marks]])
            self._make_room()

    def _make_room(self) -> None:
        """Half a label is written beyond each end of the upright axis; and the lines beside each other are
        a pixel apart whatever the size."""
        box = self._item.getViewBox()
        label = QFontMetrics(theme.current().font("small")).height()
        bottom, _middle, top = SIGNED if self._signed else GREY
        box.setYRange(bottom, top, padding=0.6 * label / max(box.height(), 2.0 * label))
        for lines in self._curves.values():
            self._spread(lines)

    def _spread(self, lines: list[QGraphicsPathItem]) -> None:
        across, down = self._item.getViewBox().viewPixelSize()
        for number, line in enumerate(lines):
            line.setPos(number * across / 2, number * down / 2)
