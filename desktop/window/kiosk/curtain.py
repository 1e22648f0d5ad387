"""What lies over the whole exhibit: a call to touch it, a countdown, the dark of the closed hours."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.language import _
from desktop.window.kiosk.large_button import HEIGHT, LargeButton, button_font
from desktop.window.kiosk.measures import fitting
from desktop.window.part import Part

VEIL = QColor(10, 11, 13, 236)
"""Over everything: what lies under it is only guessed."""
RING, STROKE, BUTTON = 200, 12, 340
WORDS, MORE, GAP = 48, 34, 28
"""Pixels at 100 %: the height of the question, that of what comes, and between the three parts."""
COLUMN = WORDS + MORE + GAP + RING + GAP + HEIGHT
SHARE = 0.88
"""Of the window's height: the most that they take together."""
CALL = QSize(460, 92)
CALL_SHARE = 0.24
"""Of the pictures' height: the most that the call takes."""


class Countdown(Part):
    """Seconds until the exhibit is put back, and a button for who is still there. Any touch does the same."""

    stay_wanted = Signal()

    def __init__(self, parent: QWidget, whole: int) -> None:
        """`whole` is how many seconds are counted down."""
        super().__init__(parent)
        self._whole, self._left = whole, whole
        self._look = theme.current()
        self.stay = LargeButton(self)
        self.stay.setCheckable(True)
        self.stay.setChecked(True)  # the accent's colour: there is nothing else to do
        self.stay.clicked.connect(self.stay_wanted)
        self.retranslate()
        self.hide()

    def show_left(self, left: int) -> None:
        """Whole seconds; 0: there is no countdown."""
        self.setVisible(left > 0)
        if left != self._left:
            self._left = left
            self.update()

    def retranslate(self) -> None:
        self.stay.setText(_("I am still here"))
        self.update()

    def restyle(self) -> None:
        self._look = fitting(self.height() * SHARE, COLUMN)
        px = self._look.px
        self.stay.fit(self._look, px(24))
        width = max(px(BUTTON), self.stay.sizeHint().width())
        top = self._top() + px(COLUMN - HEIGHT)
        self.stay.setGeometry((self.width() - width) // 2, top, width, self.stay.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        px, top = self._look.px, self._top()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), VEIL)
            painter.setPen(Qt.GlobalColor.white)
            self._write(painter, QRect(0, top, self.width(), px(WORDS)), 32, _("Is anybody there?"))
            painter.setPen(QColor(theme.DARK.soft))
            more = QRect(0, top + px(WORDS), self.width(), px(MORE))
            self._write(painter, more, 20, _("The exhibit is about to start again from the beginning."))
            ring = QRectF((self.width() - px(RING)) / 2, top + px(WORDS + MORE + GAP), px(RING), px(RING))
            self._paint_ring(painter, ring.adjusted(*(side * px(STROKE) / 2 for side in (1, 1, -1, -1))))

    def _paint_ring(self, painter: QPainter, ring: QRectF) -> None:
        stroke = self._look.px(STROKE)
        painter.setPen(QPen(QColor(theme.DARK.line), stroke))
        painter.drawEllipse(ring)
        painter.setPen(QPen(self._look.colour("accent"), stroke, c=Qt.PenCapStyle.RoundCap))
        painter.drawArc(ring, 90 * 16, round(360 * 16 * self._left / self._whole))
        painter.setPen(Qt.GlobalColor.white)
        self._write(painter, ring.toRect(), 84, str(self._left))

    def _write(self, painter: QPainter, room: QRect, pixels: int, words: str) -> None:
        painter.setFont(button_font(self._look.px(pixels)))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)

    def _top(self) -> int:
        return (self.height() - self._look.px(COLUMN)) // 2


class Call(Part):
    """In both languages at once: who comes by has chosen none yet."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._look = theme.current()
        self.hide()

    def fit(self, wall: QSize) -> QSize:
        """The size that it wants on a wall of this size."""
        self._look = fitting(wall.height() * CALL_SHARE, CALL.height())
        return QSize(self._look.px(CALL.width()), self._look.px(CALL.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent"))
            painter.drawRoundedRect(QRectF(self.rect()), self.height() / 2, self.height() / 2)
            painter.setPen(look.colour("on_accent"))
            half = self.height() / 2
            for top, words, size in ((0.18, "タッチしてはじめよう", 26), (0.95, "Touch to begin", 20)):
                painter.setFont(button_font(look.px(size)))
                painter.drawText(
                    QRectF(0, top * half, self.width(), 0.85 * half), Qt.AlignmentFlag.AlignCenter, words
                )


class Dark(QWidget):
    """Outside of the opening hours."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), Qt.GlobalColor.black)
