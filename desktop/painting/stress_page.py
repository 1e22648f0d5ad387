"""A finished stress test as a picture for a slide or a report."""

from __future__ import annotations

import cv2
import numpy as np
from msgspec import Struct
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPen

from desktop.language import _, say
from desktop.painting.chart import COLOURS, DASHES, Chart
from desktop.painting.picture import ensure_fonts
from desktop.painting.stress_words import counted, how_to_read
from desktop.theme import Theme
from pipelines.stress.curve import StressCurve
from pipelines.stress.sweeps import Sweep

SIZE = (1600, 1200)
LOOK = Theme(dark=False, scale=2.0)
EDGE, SAMPLE = 24, 30
"""Pixels at 100 %: the margin, and the piece of a curve before its name."""
Align = Qt.AlignmentFlag
WRAPPED = Align.AlignLeft | Align.AlignTop | Qt.TextFlag.TextWordWrap


def page(curve: StressCurve, sweep: Sweep) -> bytes:
    """A PNG in the current language, on white; called from any thread.

    Without an application a small one is made that opens no display.
    """
    ensure_fonts()
    width, height = SIZE
    pixels = np.empty((height, width, 4), np.uint8)
    canvas = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB32)
    canvas.fill(LOOK.colour("panel"))
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        _Page(painter, curve, sweep).paint()
    finally:
        painter.end()
    return cv2.imencode(".png", pixels[..., :3])[1].tobytes()


class _Page(Struct, frozen=True, eq=False):
    """From above: title and counts, the names of the curves, the curves, how to read them."""

    painter: QPainter
    curve: StressCurve
    sweep: Sweep

    def paint(self) -> None:
        px = LOOK.px
        area = QRectF(0, 0, *SIZE).adjusted(px(EDGE), px(EDGE), -px(EDGE), -px(EDGE))
        top = self._paint_title(area)
        for detector in (0, 1):
            top = self._paint_name(detector, area, top)
        bottom = self._paint_note(area)
        chart = QRectF(area.left(), top + px(6), area.width(), bottom - top - px(14))
        Chart(self.curve, self.sweep, LOOK).paint(self.painter, chart)

    def _paint_title(self, area: QRectF) -> float:
        """Gives where it ends."""
        painter = self.painter
        painter.setFont(LOOK.font("title", bold=True))
        painter.setPen(LOOK.colour("text"))
        title = _("Stress test: {distortion}").format(distortion=say(self.sweep.title))
        painter.drawText(area, Align.AlignLeft | Align.AlignTop, title)
        bottom = area.top() + QFontMetricsF(painter.font()).height() + LOOK.px(6)
        painter.setFont(LOOK.font("small"))
        painter.setPen(LOOK.colour("soft"))
        painter.drawText(area, Align.AlignRight | Align.AlignTop, counted(self.curve))
        return bottom

    def _paint_name(self, detector: int, area: QRectF, top: float) -> float:
        painter, px = self.painter, LOOK.px
        painter.setFont(LOOK.font("body"))
        metrics = QFontMetricsF(painter.font())
        pen = QPen(LOOK.colour(COLOURS[detector]), px(2))
        if DASHES[detector]:
            pen.setDashPattern(DASHES[detector])
        painter.setPen(pen)
        middle = top + metrics.height() / 2
        painter.drawLine(QLineF(area.left(), middle, area.left() + px(SAMPLE), middle))
        painter.setPen(LOOK.colour("text"))
        left = area.left() + px(SAMPLE + 8)
        words = metrics.elidedText(
            say(self.curve.detectors[detector]), Qt.TextElideMode.ElideRight, area.right() - left
        )
        painter.drawText(QRectF(left, top, area.right() - left, metrics.height()), Align.AlignLeft, words)
        return top + metrics.height() + px(2)

    def _paint_note(self, area: QRectF) -> float:
        """At the lower edge; gives where it begins."""
        painter, words = self.painter, how_to_read()
        painter.setFont(LOOK.font("small"))
        painter.setPen(LOOK.colour("soft"))
        height = QFontMetricsF(painter.font()).boundingRect(area, WRAPPED, words).height()
        place = QRectF(area.left(), area.bottom() - height, area.width(), height)
        painter.drawText(place, WRAPPED, words)
        return place.top()
