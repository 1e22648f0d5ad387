"""One large button for each station, and the language."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop import language, theme
from desktop.kiosk.kiosk import Station
from desktop.language import say
from desktop.window.kiosk.large_button import EDGE, HEIGHT, LEAST, LETTERS, LargeButton, button_font
from desktop.window.kiosk.measures import fitting
from desktop.window.kiosk.phrases import lines, phrases
from desktop.window.part import Part

GAP = 12
"""Pixels at 100 %."""
SHARE = 0.12
"""Of the window's height: the most that one row of buttons takes."""
FILLED = 0.85
"""Of a button's height: the most that its words take."""
SMALLEST_LETTERS = 16
"""Pixels of the screen."""
LANGUAGE = {"en": "日本語", "ja": "English"}
"""What one reads who does not understand the present one."""


class StationBar(Part):
    """All buttons are of one size with letters of one size, in either language."""

    chosen = Signal(int)
    language_wanted = Signal()

    def __init__(self, stations: Sequence[Station], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stations = stations
        self._rows, self._gap = 1, GAP
        self.buttons = [LargeButton(self) for _station in stations]
        self.language = LargeButton(self, rank="second")
        for number, button in enumerate(self.buttons):
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, number=number: self.chosen.emit(number))
        self.language.clicked.connect(self.language_wanted)
        self.retranslate()

    def fit(self, width: int, window: QSize) -> int:
        """Choose rows and letters for this width; the height that it wants.

        There are two rows where the window stands upright and one would make the letters smaller, or too
        small to be read.
        """
        look = fitting(window.height() * SHARE, HEIGHT)
        self._gap = fitting(window.width(), 100 * GAP).px(GAP)
        wanted = theme.current().px(LETTERS)
        least = wanted if window.height() > window.width() else SMALLEST_LETTERS
        height = max(LEAST, look.px(HEIGHT))
        self._rows = 1
        self._rows = 1 if self._letters(width, height, wanted) >= least else 2
        letters = max(SMALLEST_LETTERS, self._letters(width, height, wanted))
        for button in (*self.buttons, self.language):
            button.fit(look, letters)
        self._lay()
        return self._rows * height + (self._rows - 1) * self._gap

    def show_station(self, number: int) -> None:
        for place, button in enumerate(self.buttons):
            button.setChecked(place == number)

    def retranslate(self) -> None:
        for station, button in zip(self._stations, self.buttons, strict=True):
            button.setText(say(station.title))
        self.language.setText(LANGUAGE[language.current()])

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay()

    @property
    def _columns(self) -> int:
        return math.ceil((len(self.buttons) + 1) / self._rows)

    def _cell(self, width: int) -> float:
        return (width - (self._columns - 1) * self._gap) / self._columns

    def _letters(self, width: int, height: int, wanted: int) -> int:
        """How large they are where no word is torn apart and no title has more than two lines; 0: nowhere."""
        titles = [words for station in self._stations for words in (station.title.en, station.title.ja)]
        room = int(self._cell(width)) - 2 * theme.current().px(EDGE)
        for size in range(wanted, SMALLEST_LETTERS - 1, -1):
            metrics = QFontMetrics(button_font(size))
            if _fits((*titles, *LANGUAGE.values()), metrics, QSize(room, round(FILLED * height))):
                return size
        return 0

    def _lay(self) -> None:
        """Row by row; the language is the last, below on the right."""
        cell = self._cell(self.width())
        height = (self.height() - (self._rows - 1) * self._gap) // self._rows
        last = self._rows * self._columns - 1
        for place, button in (*enumerate(self.buttons), (last, self.language)):
            row, column = divmod(place, self._columns)
            left, right = (round((column + end) * (cell + self._gap)) for end in (0, 1))
            button.setGeometry(QRect(left, row * (height + self._gap), right - left - self._gap, height))


def _fits(titles: Sequence[str], metrics: QFontMetrics, room: QSize) -> bool:
    return all(
        all(metrics.horizontalAdvance(phrase.rstrip()) <= room.width() for phrase in phrases(title))
        and len(lines(title, metrics, room.width())) * metrics.lineSpacing() <= room.height()
        for title in titles
    )
