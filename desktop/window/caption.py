"""What a lane shows, in letters that the last row reads."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.language import say
from desktop.window.part import Part
from models.text import Text

LARGEST, SMALLEST = 1 / 18, 1 / 28
"""Height of the title in heights of the lane: one eighteenth is read from the last row of a lecture hall."""
SMALLER = 0.72
"""The explanation's letters beside the title's."""
SHARE = 0.27
"""How much of the lane's height it may take, from below: the centre stays free."""
FIGURES, SPARE = 34, 0.06
"""Pixels at 100 % left free for the lane's figures, where that is no more than this share of the height."""
GROUND = QColor(8, 9, 11)
WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
STEPS = 12


class LargeCaption(Part):
    """Title and explanation on a dark ground over the lower part of a lane. Takes no mouse and no key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._title, self._explanation = Text("", ""), Text("", "")
        self._lane = QRect()
        self._size = 1.0
        self._explained = True

    def say(self, title: Text, explanation: Text) -> None:
        self._title, self._explanation = title, explanation
        self.retranslate()

    def lie_on(self, lane: QRect) -> None:
        """Take the lower part of `lane`, in letters as large as there is room for."""
        self._lane = lane
        self._fit()

    def retranslate(self) -> None:
        self.setAccessibleName(f"{say(self._title)}. {say(self._explanation)}")
        self._fit()

    def restyle(self) -> None:
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(GROUND)
        painter.drawRoundedRect(QRectF(self.rect()), self._padding(), self._padding())
        painter.setPen(Qt.GlobalColor.white)
        area = self._inner(self.width())
        area.setHeight(self.height() - 2 * self._padding())
        for font, words in self._lines():
            painter.setFont(font)
            painter.drawText(area, WRAPPED, words)
            area.setTop(area.top() + QFontMetrics(font).boundingRect(area, WRAPPED, words).height())

    def _fit(self) -> None:
        """Smaller letters, then no explanation, until it is low enough."""
        if self._lane.isEmpty():
            return
        lane, figures = self._lane, theme.current().px(FIGURES)
        sizes = [LARGEST + (SMALLEST - LARGEST) * step / STEPS for step in range(STEPS + 1)]
        for self._explained, size in [*((True, size) for size in sizes), (False, LARGEST)]:
            self._size = lane.height() * size
            gap = round(self._size / 2)
            width = lane.width() - 2 * gap
            height = self._wanted(width)
            if height <= SHARE * lane.height():
                break
        below = figures if figures <= SPARE * lane.height() else gap // 2
        self.setGeometry(lane.left() + gap, lane.bottom() - below - height, width, height)
        self.update()

    def _wanted(self, width: int) -> int:
        area = self._inner(width)
        heights = [
            QFontMetrics(font).boundingRect(area, WRAPPED, words).height() for font, words in self._lines()
        ]
        return sum(heights) + 2 * self._padding()

    def _inner(self, width: int) -> QRect:
        padding = self._padding()
        return QRect(padding, padding, max(1, width - 2 * padding), 10_000)

    def _padding(self) -> int:
        return round(self._size / 2)

    def _lines(self) -> list[tuple[QFont, str]]:
        title, body = theme.current().font("title", bold=True), theme.current().font()
        title.setPixelSize(max(1, round(self._size)))
        body.setPixelSize(max(1, round(self._size * SMALLER)))
        lines = [(title, say(self._title)), (body, say(self._explanation))]
        return lines if self._explained else lines[:1]
