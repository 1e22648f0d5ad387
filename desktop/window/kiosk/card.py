"""What a station is about: its name, one sentence, a drawing of what to try, and what a network answers."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.kiosk.kiosk import Station
from desktop.language import say
from desktop.window.part import Part
from desktop.window.score_bars import Lines
from pipelines.result import Score

DRAWING = 132
EDGE, GAP = 24, 6
TITLE, SENTENCE = 30, 22
"""Pixels at 100 %: read from two steps away, by children who stand and move."""
SCORES, MOST = 240, 4
"""How wide the answers of a network are, and how many of them stand beside the drawing."""
WIDE = 900
"""A narrower card has no room for them beside its sentence."""


class Drawing(Part):
    """An SVG, as large as it fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._renderer = QSvgRenderer(self)
        self._renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        self.restyle()

    def show_picture(self, station: Station) -> None:
        self.setVisible(station.picture is not None)
        if station.picture:
            self._renderer.load(str(station.picture))
        self.update()

    def restyle(self) -> None:
        side = theme.current().px(DRAWING)
        self.setFixedSize(QSize(side, side))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._renderer.render(painter, QRectF(self.rect()))


class Card(Part):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station: Station | None = None
        self._drawing = Drawing()
        self._title, self._sentence = QLabel(), QLabel()
        for label in (self._title, self._sentence):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._scores = Lines()
        self._words = QVBoxLayout()
        self._words.addStretch(1)
        self._words.addWidget(self._title)
        self._words.addWidget(self._sentence)
        self._words.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._drawing)
        self._row.addLayout(self._words, 1)
        self._row.addWidget(self._scores, 0, Qt.AlignmentFlag.AlignVCenter)
        self._scores.hide()
        self.restyle()

    def show_station(self, station: Station) -> None:
        self._station = station
        self._drawing.show_picture(station)
        self._scores.hide()
        self.retranslate()

    def show_scores(self, scores: tuple[Score, ...]) -> None:
        """What the network of this station takes the picture for, the surest first, where there is room."""
        self._scores.show_scores(scores[:MOST])
        self._scores.setVisible(bool(scores) and self.width() >= theme.current().px(WIDE))

    def retranslate(self) -> None:
        if self._station:
            self._title.setText(say(self._station.title))
            self._sentence.setText(say(self._station.sentence))
        self._scores.retranslate()

    def restyle(self) -> None:
        look = theme.current()
        font = look.font("title", bold=True)
        font.setPixelSize(look.px(TITLE))
        self._title.setFont(font)
        font = look.font("body")
        font.setPixelSize(look.px(SENTENCE))
        self._sentence.setFont(font)
        self._scores.setFixedWidth(look.px(SCORES))
        self._row.setContentsMargins(look.px(EDGE), look.px(GAP), look.px(EDGE), look.px(GAP))
        self._row.setSpacing(look.px(EDGE))
        self._words.setSpacing(look.px(GAP))
