"""What an exhibit says about its camera: what it is for, and where its pictures are while it is away."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from desktop import theme
from desktop.language import _
from desktop.window import icons
from desktop.window.kiosk.measures import fitting
from desktop.window.kiosk.phrases import lines

PRIVACY = (
    "このカメラは、今この画面に映すためだけに使います。映像は保存も送信もしません。",
    "This camera only makes the picture on this screen. Nothing is kept, nothing is sent.",
)
"""In both languages at once, whatever language is chosen."""
BETWEEN = "　　"
SCREEN = 540
"""The height in pixels for which a notice's letters are meant."""
GROUND = QColor(10, 11, 13, 205)
"""Over pictures, behind white words."""
LOWEST_WALL = 360
"""The height in pixels of pictures that leave room for a line on them, at 100 %."""
PAD, SIGN, GAP, ROUND = 20, 26, 12, 14
"""Pixels at 100 %."""


class Notice(QLabel):
    """The privacy notice: on one line where that has room, otherwise on one for each language."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def fit(self, width: int, window: QSize) -> int:
        """The height that it wants."""
        self.setFont(fitting(window.height(), SCREEN).font("small"))
        metrics = self.fontMetrics()
        beside = BETWEEN.join(PRIVACY)
        self.setText(beside if metrics.horizontalAdvance(beside) <= width else "\n".join(PRIVACY))
        return metrics.lineSpacing() * (1 + self.text().count("\n"))


class Resting(QWidget):
    """On the pictures while they are not the camera's, so that nobody looks for himself in them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._look = theme.current()
        self._lines: list[str] = []
        self.hide()

    def fit(self, wall: QSize) -> QSize:
        """The size that it wants on a wall of this size."""
        words = _("The camera is taking a break. Until it is back, you see a film.")
        self.setAccessibleName(words)
        self._look = fitting(wall.height(), LOWEST_WALL)
        px = self._look.px
        metrics = QFontMetrics(self._look.font("title"))
        beside = 2 * px(PAD) + px(SIGN) + px(GAP)
        self._lines = lines(words, metrics, max(1, wall.width() - 2 * px(PAD) - beside))
        width = max(metrics.horizontalAdvance(line) for line in self._lines) + beside
        return QSize(width, len(self._lines) * metrics.lineSpacing() + px(PAD))

    def paintEvent(self, event: QPaintEvent) -> None:
        px, round_ = self._look.px, self._look.px(ROUND)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(GROUND)
            painter.drawRoundedRect(QRectF(self.rect()), round_, round_)
            side = px(SIGN)
            sign = icons.image("camera", theme.DARK.second, round(side * self.devicePixelRatioF()))
            painter.drawImage(QRectF(px(PAD), (self.height() - side) / 2, side, side), sign)
            painter.setPen(Qt.GlobalColor.white)
            painter.setFont(self._look.font("title"))
            words = QRectF(self.rect()).adjusted(px(PAD) + side + px(GAP), 0, -px(PAD), 0)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(words, flags, "\n".join(self._lines))
