"""One large button for each station, the language, and the privacy notice under them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from desktop import language, theme
from desktop.kiosk.kiosk import Station
from desktop.language import say
from desktop.window.part import Part

HEIGHT, EDGE, GAP, ROUND = 84, 16, 12, 14
"""Pixels at 100 %; the least that is touched is 60."""
LANGUAGE = {"en": "日本語", "ja": "English"}
"""What one reads who does not understand the present one."""


class LargeButton(QAbstractButton):
    """Touched, not hovered: it has two looks, chosen or not, and a third while it is pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        px = theme.current().px
        words = QFontMetrics(self._font()).horizontalAdvance(self.text())
        return QSize(words + 2 * px(EDGE), px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(HEIGHT), px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._ground())
            painter.drawRoundedRect(QRectF(self.rect()), look.px(ROUND), look.px(ROUND))
            painter.setFont(self._font())
            painter.setPen(look.colour("on_accent" if self.isChecked() else "text"))
            inside = self.rect().adjusted(look.px(EDGE) // 2, 0, -look.px(EDGE) // 2, 0)
            painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.text())

    def _ground(self) -> QColor:
        look = theme.current()
        if self.isChecked():
            return look.colour("accent")
        return look.colour("line" if self.isDown() else "raised")

    def _font(self) -> QFont:
        font = theme.current().font("title", bold=True)
        font.setPixelSize(theme.current().px(19))
        return font


class StationBar(Part):
    chosen = Signal(int)
    language_wanted = Signal()

    def __init__(self, stations: Sequence[Station], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stations = stations
        self.buttons = [LargeButton() for _station in stations]
        self.language = LargeButton()
        self.language.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        for number, button in enumerate(self.buttons):
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, number=number: self.chosen.emit(number))
            self._row.addWidget(button, 1)
        self._row.addWidget(self.language)
        self.language.clicked.connect(self.language_wanted)
        self.retranslate()
        self.restyle()

    def show_station(self, number: int) -> None:
        for place, button in enumerate(self.buttons):
            button.setChecked(place == number)

    def retranslate(self) -> None:
        for station, button in zip(self._stations, self.buttons, strict=True):
            button.setText(say(station.title))
        self.language.setText(LANGUAGE[language.current()])

    def restyle(self) -> None:
        px = theme.current().px
        self._row.setContentsMargins(px(EDGE), 0, px(EDGE), 0)
        self._row.setSpacing(px(GAP))
