"""A sentence on a lane's picture that leaves the picture to be seen: what went differently, and why."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.language import say
from desktop.window.part import Part
from models.text import Text

WIDEST = 520
STYLE = "color: #ffffff; background: rgba(10, 11, 13, 190); border-radius: {radius}px; padding: {pad}px;"


class LaneNote(Part):
    """White on its own dark ground; it lets the mouse through."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text: Text | None = None
        self._label = QLabel(wordWrap=True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._label)
        self.retranslate()
        self.restyle()
        self.hide()

    def show_text(self, text: Text | None) -> bool:
        """`None` hides it; whether anything has changed."""
        if text == self._text:
            return False
        self._text = text
        self.retranslate()
        self.setVisible(text is not None)
        return True

    def words(self) -> str:
        """What it says; empty while it says nothing."""
        return self._label.text()

    def fit(self, room: QRect) -> None:
        """Stand in the lower left of `room`; where it does not fit, its first lines are seen."""
        width = min(theme.current().px(WIDEST), room.width())
        height = min(self._label.heightForWidth(width), room.height())
        self.setGeometry(room.left(), room.bottom() + 1 - height, max(0, width), max(0, height))

    def retranslate(self) -> None:
        self._label.setText(say(self._text) if self._text else "")

    def restyle(self) -> None:
        px = theme.current().px
        self._label.setStyleSheet(STYLE.format(radius=px(8), pad=px(8)))
