"""What a visitor touches: a large button that each finger presses by itself."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTouchEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop import theme
from desktop.window.kiosk.phrases import lines

HEIGHT, EDGE, ROUND, LETTERS = 84, 8, 14, 19
"""Pixels at 100 %."""
LEAST = 64
"""Pixels of the screen: the least height, whatever the room; a finger wants 60."""


class LargeButton(QAbstractButton):
    """Touched, not hovered: it has two looks, chosen or not, and a third while it is pressed.

    It takes touches as they come: Qt would make a mouse of the first finger on the screen, and a bag that
    leans on a corner, or a second child, would keep everybody else from pressing anything.
    """

    def __init__(self, parent: QWidget | None = None, *, rank: Literal["first", "second"] = "first") -> None:
        """Of `second` rank it has an outline only."""
        super().__init__(parent)
        self._rank = rank
        self._height, self._letters = 0, 0
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.fit(theme.current())

    def fit(self, look: theme.Theme, letters: int | None = None) -> None:
        """Take the measures of `look`, with letters of this many pixels instead."""
        self._height = max(LEAST, look.px(HEIGHT))
        self._letters = letters or look.px(LETTERS)
        self.updateGeometry()
        self.update()

    def lettering(self) -> QFont:
        return button_font(self._letters)

    def room(self) -> int:
        """Pixels across for its words."""
        return self.width() - 2 * theme.current().px(EDGE)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self.lettering()).horizontalAdvance(self.text())
        return QSize(words + 4 * theme.current().px(EDGE), self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, self._height)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent) and self.isEnabled():
            self._feel(event)
            return True
        return super().event(event)

    def nextCheckState(self) -> None:
        """Only the exhibit says what is chosen: a second tap takes nothing back."""

    def hideEvent(self, event: QHideEvent) -> None:
        self.setDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(self._outline())
            painter.setBrush(self._ground())
            inset = painter.pen().widthF() / 2
            area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(area, look.px(ROUND), look.px(ROUND))
            painter.setFont(self.lettering())
            painter.setPen(look.colour("on_accent" if self.isChecked() else "text"))
            words = lines(self.text(), painter.fontMetrics(), self.room())
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "\n".join(words))

    def _feel(self, event: QTouchEvent) -> None:
        """Down while a finger is on it; the last one to leave has clicked."""
        inside = any(self.rect().contains(point.position().toPoint()) for point in event.points())
        match event.type():
            case QEvent.Type.TouchBegin | QEvent.Type.TouchUpdate:
                self.setDown(inside)
            case QEvent.Type.TouchEnd if inside and self.isDown():
                self.click()
            case _:
                self.setDown(False)

    def _ground(self) -> QBrush:
        look = theme.current()
        if self.isChecked():
            return QBrush(look.colour("accent"))
        if self._rank == "second" and not self.isDown():
            return QBrush(Qt.BrushStyle.NoBrush)
        return QBrush(look.colour("line" if self.isDown() else "raised"))

    def _outline(self) -> QPen:
        if self._rank == "first":
            return QPen(Qt.PenStyle.NoPen)
        return QPen(QColor(theme.current().palette.line), theme.current().px(2))


def button_font(letters: int) -> QFont:
    """Also of large words elsewhere; `letters` is in pixels of the screen."""
    font = theme.current().font("title", bold=True)
    font.setPixelSize(letters)
    return font
