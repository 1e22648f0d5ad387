"""The key to colours that are directions: a wheel of them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QConicalGradient, QPainter, QPaintEvent, QRadialGradient
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop import theme
from desktop.language import say
from desktop.window.part import Part
from pipelines.result import Wheel

SIDE = 88
STOPS = 32
"""Colours that the wheel is painted with; between them it blends."""


class WheelKey(Part):
    """A wheel, and beside it what a direction in it means."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wheel: Wheel | None = None
        self._disc = Disc()
        self._title = QLabel(wordWrap=True)
        self._title.setProperty("look", "soft")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._disc)
        self._row.addWidget(self._title, 1)
        self.restyle()
        self.hide()

    def show_wheel(self, wheel: Wheel | None) -> None:
        """Hidden where there is none."""
        if wheel is not None and wheel is not self._wheel:
            self._wheel = wheel
            self._disc.show_wheel(wheel)
            self.retranslate()
        self.setVisible(wheel is not None)

    def retranslate(self) -> None:
        if self._wheel:
            self._title.setText(say(self._wheel.title))

    def restyle(self) -> None:
        self._row.setSpacing(theme.current().px(14))
        self._disc.updateGeometry()


class Disc(QWidget):
    """Black in the middle, where nothing is strong, and in full colour at the rim."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wheel: Wheel | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_wheel(self, wheel: Wheel) -> None:
        self._wheel = wheel
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.current().px(SIDE)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._wheel is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setBrush(_around(self._wheel, room.center()))
        painter.drawEllipse(room)
        painter.setBrush(_fading(room))
        painter.drawEllipse(room)


def _around(wheel: Wheel, middle: QPointF) -> QConicalGradient:
    """From the right over the top, once or, for what looks the same after half a turn, twice."""
    gradient = QConicalGradient(middle, 0.0)
    turns = 360 // wheel.period
    for stop in range(STOPS + 1):
        share = stop / STOPS * turns % 1.0
        colour = wheel.colours[round(share * len(wheel.colours)) % len(wheel.colours)]
        gradient.setColorAt(stop / STOPS, QColor(*colour))
    return gradient


def _fading(room: QRectF) -> QRadialGradient:
    gradient = QRadialGradient(room.center(), room.width() / 2)
    gradient.setColorAt(0.0, QColor(0, 0, 0, 255))
    gradient.setColorAt(0.8, QColor(0, 0, 0, 0))
    return gradient
