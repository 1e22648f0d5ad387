"""The way out for the staff: digits on the screen. It goes by itself when nobody types."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from desktop.kiosk.pin import PinLock
from desktop.language import _
from desktop.window.kiosk.curtain import VEIL
from desktop.window.kiosk.large_button import HEIGHT, LargeButton, button_font
from desktop.window.kiosk.measures import fitting
from desktop.window.part import Part

LONGEST = 12
AWAY_MS = 20_000
"""Without a touch for so long, it goes."""
WIDTH, LINE, GAP, APART = 330, 40, 8, 20
"""Pixels at 100 %: across, the height of a line of words, between keys, and around the keys."""
COLUMN = 2 * LINE + 5 * HEIGHT + 3 * GAP + 2 * APART
SHARE = 0.96
"""Of the window's height: the most that they take together."""


class PinPad(Part):
    opened = Signal()
    """The right PIN was typed."""

    def __init__(self, parent: QWidget, lock: PinLock) -> None:
        super().__init__(parent)
        self._lock = lock
        self._typed = ""
        self._words, self._dots = QLabel(self), QLabel(self)
        for label in (self._words, self._dots):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.digits = [LargeButton(self) for _digit in range(10)]
        self.back, self.done, self.leave = LargeButton(self), LargeButton(self), LargeButton(self)
        for digit, button in enumerate(self.digits):
            button.setText(str(digit))
            button.clicked.connect(lambda _on=False, digit=digit: self._type(str(digit)))
        self.back.setText("←")
        self.back.clicked.connect(lambda: self._put(self._typed[:-1]))
        self.done.clicked.connect(self._try)
        self.leave.clicked.connect(self.hide)
        self._away = QTimer(self, singleShot=True, interval=AWAY_MS)
        self._away.timeout.connect(self.hide)
        self._pause = QTimer(self, interval=500)
        self._pause.timeout.connect(self._show_pause)
        self.retranslate()
        self.restyle()
        self.hide()

    def ask(self) -> None:
        self._put("")
        self.show()
        self.raise_()

    def retranslate(self) -> None:
        self.done.setText(_("OK"))
        self.leave.setText(_("Back to the exhibit"))
        self._show_pause()

    def restyle(self) -> None:
        """Words, dots, keys and the way back under one another, in the middle."""
        look = fitting(self.height() * SHARE, COLUMN)
        px, keys = look.px, (*self.digits[1:], self.back, self.digits[0], self.done)
        left, top = (self.width() - px(WIDTH)) // 2, (self.height() - px(COLUMN)) // 2
        for label in (self._words, self._dots):
            label.setFont(button_font(px(20)))
            label.setGeometry(0, top, self.width(), px(LINE))
            top += px(LINE)
        across = (px(WIDTH) + px(GAP)) // 3
        for place, key in enumerate(keys):
            row, column = divmod(place, 3)
            key.fit(look, px(28))
            down = top + px(APART) + row * px(HEIGHT + GAP)
            key.setGeometry(left + column * across, down, across - px(GAP), px(HEIGHT))
        self.leave.fit(look, px(22))
        self.leave.setGeometry(left, top + px(COLUMN - 2 * LINE - HEIGHT), px(WIDTH), px(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.restyle()

    def hideEvent(self, event: object) -> None:
        self._typed = ""
        self._away.stop()
        self._pause.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(QRectF(self.rect()), VEIL)

    def _type(self, digit: str) -> None:
        self._put((self._typed + digit)[:LONGEST])

    def _put(self, typed: str) -> None:
        self._typed = typed
        self._dots.setText("●" * len(typed) or " ")
        self._away.start()
        self._show_pause()

    def _try(self) -> None:
        if self._lock.opens(self._typed):
            self.opened.emit()
            return
        self._put("")
        self._pause.start()
        self._show_pause(wrong=True)

    def _show_pause(self, *, wrong: bool = False) -> None:
        """What is to be done; after wrong tries, how long none is taken."""
        left = math.ceil(self._lock.pause)
        for button in (*self.digits, self.done):
            button.setEnabled(left == 0)
        if left:
            self._words.setText(_("Too many wrong tries: wait {n} s").format(n=left))
        elif wrong:
            self._words.setText(_("That was not the PIN"))
        else:
            self._words.setText(_("PIN of the staff"))
