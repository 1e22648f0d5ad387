"""A station's title and its sentence under one another, set in lines."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QLabel, QWidget

from desktop.theme import Theme
from desktop.window.kiosk.phrases import lines

TITLE, SENTENCE, GAP = 30, 22, 4
"""Pixels at 100 %: read from two steps away, by children who stand and move."""


class Set(NamedTuple):
    title: str
    sentence: str
    heights: tuple[int, int]
    """Pixels of the two, without the gap between them."""
    gap: int

    @property
    def height(self) -> int:
        return sum(self.heights) + self.gap


def set_words(title: str, sentence: str, look: Theme, width: int) -> Set:
    """In lines no longer than `width` pixels."""
    parts, heights = [], []
    for words, font in zip((title, sentence), _fonts(look), strict=True):
        metrics = QFontMetrics(font)
        broken = lines(words, metrics, width)
        parts.append("\n".join(broken))
        heights.append(len(broken) * metrics.lineSpacing())
    return Set(parts[0], parts[1], (heights[0], heights[1]), look.px(GAP))


class Words:
    """Two labels of `parent`."""

    def __init__(self, parent: QWidget) -> None:
        self.title, self.sentence = QLabel(parent), QLabel(parent)
        for label in (self.title, self.sentence):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)

    def show(self, words: Set, look: Theme, room: QRect) -> None:
        """In the middle of the height of `room`."""
        top = room.top() + (room.height() - words.height) // 2
        for label, text, font, height in zip(
            (self.title, self.sentence), words[:2], _fonts(look), words.heights, strict=True
        ):
            label.setFont(font)
            label.setText(text)
            label.setGeometry(room.left(), top, room.width(), height)
            top += height + words.gap


def _fonts(look: Theme) -> tuple[QFont, QFont]:
    title, sentence = look.font("title", bold=True), look.font("body")
    title.setPixelSize(look.px(TITLE))
    sentence.setPixelSize(look.px(SENTENCE))
    return title, sentence
