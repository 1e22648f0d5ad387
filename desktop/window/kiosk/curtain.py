"""What lies over the whole exhibit: a call to touch it, a countdown, the dark of the closed hours."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.language import _
from desktop.window.kiosk.stations import LargeButton
from desktop.window.part import Part

VEIL = QColor(10, 11, 13, 205)
RING, STROKE = 190, 12


class Countdown(Part):
    """Seconds until the exhibit is put back, and a button for who is still there. Any touch does the same."""

    stay_wanted = Signal()

    def __init__(self, parent: QWidget, whole: int) -> None:
        """`whole` is how many seconds are counted down."""
        super().__init__(parent)
        self._whole, self._left = whole, whole
        self.stay = LargeButton(self)
        self.stay.setCheckable(True)
        self.stay.setChecked(True)  # the accent's colour: there is nothing else to do
        self.stay.clicked.connect(self._stay)
        self._rows = QVBoxLayout(self)
        self._rows.addStretch(4)
        self._rows.addWidget(self.stay, 0, Qt.AlignmentFlag.AlignHCenter)
        self._rows.addStretch(1)
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
        self.stay.setMinimumWidth(theme.current().px(320))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), VEIL)
            side = look.px(RING)
            ring = QRectF((self.width() - side) / 2, self.height() * 0.42 - side / 2, side, side)
            painter.setPen(QPen(QColor("#333944"), look.px(STROKE)))
            painter.drawEllipse(ring)
            painter.setPen(QPen(look.colour("accent"), look.px(STROKE), c=Qt.PenCapStyle.RoundCap))
            painter.drawArc(ring, 90 * 16, round(360 * 16 * self._left / self._whole))
            painter.setPen(Qt.GlobalColor.white)
            painter.setFont(_sized(84, bold=True))
            painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, str(self._left))
            painter.setFont(_sized(30, bold=True))
            words = QRectF(0, ring.top() - look.px(110), self.width(), look.px(80))
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, _("Is anybody there?"))

    def _stay(self) -> None:
        self.stay.setChecked(True)
        self.stay_wanted.emit()


class Call(Part):
    """In both languages at once: who comes by has chosen none yet."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(460), px(92))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent"))
            painter.drawRoundedRect(QRectF(self.rect()), self.height() / 2, self.height() / 2)
            painter.setPen(look.colour("on_accent"))
            half = self.height() / 2
            for top, words, size in ((0.18, "タッチしてはじめよう", 26), (0.95, "Touch to begin", 19)):
                painter.setFont(_sized(size, bold=True))
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


def _sized(pixels: int, *, bold: bool = False) -> QFont:
    """At 100 %."""
    font = theme.current().font("title", bold=bold)
    font.setPixelSize(theme.current().px(pixels))
    return font
