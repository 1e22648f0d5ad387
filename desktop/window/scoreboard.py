"""How two things compare, in letters that the last row reads."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.language import say
from desktop.painting.colours import paint_of
from desktop.theme import DARK
from desktop.window.caption import FIGURES, GROUND, LARGEST
from desktop.window.part import Part
from desktop.window.plot import pen
from desktop.window.sections import figure
from pipelines.result import Comparison, Role

LETTERS = LARGEST
"""Height of the letters in heights of the lane."""
WIDEST = 0.9
"""Of the lane: smaller letters rather than more."""
SMALLER = 0.6
"""Letters of what stands over the figures."""
ROLES: tuple[Role, Role] = ("first", "second")


class Scoreboard(Part):
    """The large rows of a comparison at the foot of a lane, where the caption else is: a line for each of
    the two, its figures under their names. Takes no mouse and no key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._comparison: Comparison | None = None
        self._lane = QRect()
        self._letters = 1
        self._cells: list[list[str]] = []
        self.hide()

    def show_comparison(self, comparison: Comparison | None) -> None:
        """Hidden where there is none, or nothing large in it. Figures that stay are not painted again."""
        self._comparison = comparison
        cells = self._written()
        if cells != self._cells:
            self._cells = cells
            self.setAccessibleName("; ".join(" ".join(line) for line in cells))
            self._fit()
        self.setVisible(bool(cells))

    def lie_on(self, lane: QRect) -> None:
        """Take the lower left corner of `lane`, above its line of figures."""
        if lane != self._lane:
            self._lane = lane
            self._fit()

    def retranslate(self) -> None:
        self.show_comparison(self._comparison)

    def restyle(self) -> None:
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(GROUND)
        painter.drawRoundedRect(QRectF(self.rect()), self._gap(), self._gap())
        top = self._gap()
        for number, line in enumerate(self._cells):
            font = self._font(number)
            height = QFontMetrics(font).height()
            self._paint_line(painter, font, line, QRect(self._gap(), top, 0, height), number)
            top += height

    def _paint_line(self, painter: QPainter, font: QFont, line: list[str], at: QRect, number: int) -> None:
        """Names from the left, figures to the right end of their column, each in its own colour."""
        painter.setFont(font)
        painter.setPen(Qt.GlobalColor.white if number == 0 else paint_of(ROLES[number - 1], DARK).line)
        left = at.left() + self._sample()
        for column, (words, width) in enumerate(zip(line, self._widths(), strict=True)):
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            painter.drawText(
                QRect(left, at.top(), width, at.height()), side | Qt.AlignmentFlag.AlignVCenter, words
            )
            left += width + self._gap()
        if number:
            drawn = pen(ROLES[number - 1])
            drawn.setColor(paint_of(ROLES[number - 1], DARK).line)
            drawn.setWidth(max(2, self._letters // 7))
            painter.setPen(drawn)
            middle = at.center().y()
            painter.drawLine(QLineF(at.left(), middle, at.left() + self._sample() - self._gap(), middle))

    def _written(self) -> list[list[str]]:
        """A line of titles, and one for each of the two: name and figures."""
        shown = self._comparison
        rows = [row for row in shown.rows if row.large] if shown else []
        if shown is None or not rows:
            return []
        return [
            ["", *(say(row.title) for row in rows)],
            [say(shown.first), *(figure(row.first, row.unit, row.digits) for row in rows)],
            [say(shown.second), *(figure(row.second, row.unit, row.digits) for row in rows)],
        ]

    def _fit(self) -> None:
        if self._lane.isEmpty() or not self._cells:
            return
        self._letters = max(1, round(self._lane.height() * LETTERS))
        while self._letters > 1 and self._width() > WIDEST * self._lane.width():
            self._letters -= 1
        height = sum(QFontMetrics(self._font(line)).height() for line in range(len(self._cells)))
        height += 2 * self._gap()
        left, bottom = self._lane.left() + self._gap(), self._lane.bottom() - theme.current().px(FIGURES)
        self.setGeometry(left, bottom - height, self._width(), height)
        self.update()

    def _width(self) -> int:
        widths = self._widths()
        return sum(widths) + self._sample() + self._gap() * (len(widths) + 1)

    def _widths(self) -> list[int]:
        """Of each column: the widest of its words."""
        metrics = [QFontMetrics(self._font(line)) for line in range(len(self._cells))]
        return [
            max(measured.horizontalAdvance(words) for measured, words in zip(metrics, column, strict=True))
            for column in zip(*self._cells, strict=True)
        ]

    def _font(self, line: int) -> QFont:
        font = theme.current().font("title", bold=line > 0)
        font.setPixelSize(max(1, round(self._letters * (1 if line else SMALLER))))
        return font

    def _sample(self) -> int:
        """Room for a piece of the line, with the gap behind it."""
        return round(1.6 * self._letters) + self._gap()

    def _gap(self) -> int:
        return max(1, round(self._letters / 2))
