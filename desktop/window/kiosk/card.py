"""What a station is about: its name, one sentence, a drawing of what to try, and what a network answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.kiosk.kiosk import Station
from desktop.language import say
from desktop.theme import Theme
from desktop.window.kiosk.drawing import Drawing
from desktop.window.kiosk.measures import smaller_and_smaller
from desktop.window.kiosk.words import Set, Words, set_words
from desktop.window.part import Part
from desktop.window.score_bars import Lines
from pipelines.result import Score

DRAWING, GAP = 132, 24
"""Pixels at 100 %: a side of the drawing, and what lies between it and the words."""
SCORES, MOST = 320, 3
"""How wide the answers of a network are, and how many of them stand beside the sentence."""


class _Way(NamedTuple):
    """Of showing a station."""

    look: Theme
    drawn: bool
    scored: bool = False


class Card(Part):
    """Its letters are of one size at all `stations` and in both languages, so that nothing jumps."""

    def __init__(self, stations: Sequence[Station], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stations = stations
        self._station = stations[0]
        self._look = theme.current()
        self._side = 0
        self._drawing = Drawing(self)
        self._words = Words(self)
        self._scores = Lines(self, size="title")
        self._scored = False

    def fit(self, width: int, most: int) -> int:
        """Letters as large as all words find room with, in so many pixels; the height that it wants then."""
        words = [words for one in self._stations for words in zip(one.title, one.sentence, strict=True)]
        drawn = any(one.picture for one in self._stations)
        for look in smaller_and_smaller(theme.current()):
            self._look, self._side = look, min(look.px(DRAWING), most)
            room = self._room(_Way(look, drawn), width)
            heights = [set_words(title, sentence, look, room).height for title, sentence in words]
            if max(heights) <= most:
                break
        self._lay()
        return min(most, max(*heights, self._side))

    def show_station(self, station: Station) -> None:
        self._station = station
        self._drawing.show_picture(station.picture)
        self._scored = False
        self._lay()

    def show_scores(self, scores: tuple[Score, ...]) -> None:
        """What the network of this station takes the picture for, the surest first."""
        self._scores.show_scores(scores[:MOST])
        if bool(scores) != self._scored:
            self._scored = bool(scores)
            self._lay()

    def retranslate(self) -> None:
        self._scores.retranslate()
        self._lay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay()

    def _lay(self) -> None:
        way = self._way()
        left = self._side + way.look.px(GAP) if way.drawn else 0
        self._drawing.setVisible(way.drawn)
        self._drawing.setGeometry(0, (self.height() - self._side) // 2, self._side, self._side)
        room = QRect(left, 0, self._room(way, self.width()), self.height())
        self._words.show(self._set(way), way.look, room)
        self._scores.setVisible(way.scored)
        self._scores.fit(way.look)
        width, height = way.look.px(SCORES), self._scores.sizeHint().height()
        self._scores.setGeometry(self.width() - width, (self.height() - height) // 2, width, height)

    def _way(self) -> _Way:
        """The drawing, then the size of the letters, make room for the answers, for which a visitor waits."""
        drawn = self._station.picture is not None
        ways = (
            _Way(look, drawn and beside, True)
            for look in smaller_and_smaller(self._look)
            for beside in (True, False)
        )
        return next(filter(self._fits, ways if self._scored else ()), _Way(self._look, drawn))

    def _fits(self, way: _Way) -> bool:
        self._scores.fit(way.look)
        return max(self._set(way).height, self._scores.sizeHint().height()) <= self.height()

    def _set(self, way: _Way) -> Set:
        title, sentence = say(self._station.title), say(self._station.sentence)
        return set_words(title, sentence, way.look, self._room(way, self.width()))

    def _room(self, way: _Way, width: int) -> int:
        """Pixels across for the words."""
        px = way.look.px
        taken = (self._side + px(GAP) if way.drawn else 0) + (px(SCORES + GAP) if way.scored else 0)
        return max(1, width - taken)
