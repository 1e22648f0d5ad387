"""What a lane says instead of a fresh picture."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.window import icons
from desktop.window.part import Part

WIDEST, SIGN = 460, 28
STYLE = "color: #ffffff; background: transparent;"


class LaneMessage(Part):
    """A sign, a headline and a sentence, white on whatever the lane has darkened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._icon = ""
        self._room = QRect()
        self._sign = QLabel()
        self._headline = QLabel()
        self._sentence = QLabel()
        self._rows = QVBoxLayout(self)
        self._rows.addStretch(1)
        for label, look in ((self._sign, ""), (self._headline, "title"), (self._sentence, "")):
            label.setProperty("look", look)
            label.setStyleSheet(STYLE)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._rows.addWidget(label)
        self._rows.addStretch(1)
        self.restyle()
        self.hide()

    def say(self, icon: str, headline: str, sentence: str) -> None:
        self._icon = icon
        self._headline.setText(headline)
        self._sentence.setText(sentence)
        self.setAccessibleName(f"{headline}. {sentence}")
        self.restyle()
        self.show()
        self.fit(self._room)

    def words(self) -> str:
        """Headline and sentence; empty while nothing is said."""
        return "" if self.isHidden() else f"{self._headline.text()}\n{self._sentence.text()}"

    def fit(self, room: QRect) -> None:
        """Take the middle of `room`; where it is low the sign goes first, then the headline."""
        self._room = room
        width = min(theme.current().px(WIDEST), round(room.width() * 0.9))
        self.setGeometry(room.x() + (room.width() - width) // 2, room.y(), width, room.height())
        for label in (self._sign, self._headline):
            label.show()
        for label in (self._sign, self._headline):
            self._rows.invalidate()
            if self._rows.heightForWidth(width) > room.height():
                label.hide()

    def restyle(self) -> None:
        px = theme.current().px
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(px(6))
        if self._icon:
            side = round(px(SIGN) * self.devicePixelRatioF())
            colour = theme.DARK.second if self._icon == "warning" else "#ffffff"
            sign = QPixmap.fromImage(icons.image(self._icon, colour, side))
            sign.setDevicePixelRatio(self.devicePixelRatioF())
            self._sign.setPixmap(sign)
