"""What a network takes the picture for, the surest first: a name, a bar and its share."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.language import _, say
from desktop.window.part import Part
from pipelines.result import Score

BAR, GAP = 4, 8
"""Pixels at 100 %: a bar's height, and from one line to the next."""


class ScoreBars(Part):
    """A heading, and a line for each of the names."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = QLabel()
        self._heading.setProperty("look", "heading")
        self._lines = Lines()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self._heading)
        self._rows.addWidget(self._lines)
        self.retranslate()
        self.restyle()
        self.hide()

    def show_scores(self, scores: tuple[Score, ...]) -> None:
        """Hidden where there are none."""
        self._lines.show_scores(scores)
        self.setVisible(bool(scores))

    def retranslate(self) -> None:
        self._heading.setText(_("What it takes this for"))
        self._lines.retranslate()

    def restyle(self) -> None:
        self._rows.setSpacing(theme.current().px(6))
        self._lines.updateGeometry()


class Lines(QWidget):
    """The names keep their places while the shares change: only where the order does they move."""

    def __init__(self, parent: QWidget | None = None, *, size: theme.Size = "body") -> None:
        super().__init__(parent)
        self._size: theme.Size = size
        self._own: theme.Theme | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._scores: tuple[Score, ...] = ()

    @property
    def look(self) -> theme.Theme:
        return self._own or theme.current()

    def fit(self, look: theme.Theme) -> None:
        """Take the measures of this look from now on."""
        self._own = look
        self.updateGeometry()
        self.update()

    def show_scores(self, scores: tuple[Score, ...]) -> None:
        if len(scores) != len(self._scores):
            self.updateGeometry()
        self._scores = scores
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName("; ".join(f"{say(one.title)} {one.share:.0%}" for one in self._scores))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(160), self._line() * max(1, len(self._scores)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(80), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font(self._size))
        metrics = painter.fontMetrics()
        for number, one in enumerate(self._scores):
            line = QRectF(0, number * self._line(), self.width(), metrics.height())
            share = f"{100 * one.share:.1f} %"
            reach = metrics.horizontalAdvance(share) + look.px(GAP)
            words = metrics.elidedText(
                say(one.title), Qt.TextElideMode.ElideRight, round(line.width() - reach)
            )
            painter.setPen(look.colour("text" if number == 0 else "soft"))
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft, words)
            painter.drawText(line, Qt.AlignmentFlag.AlignRight, share)
            self._paint_bar(painter, line, one.share)

    def _paint_bar(self, painter: QPainter, line: QRectF, share: float) -> None:
        look = self.look
        height = look.px(BAR)
        whole = QRectF(line.left(), line.bottom() + look.px(1), line.width(), height)
        painter.setPen(Qt.PenStyle.NoPen)
        parts: tuple[tuple[theme.Role, float], ...] = (
            ("raised", whole.width()),
            ("accent", whole.width() * share),
        )
        for colour, width in parts:
            painter.setBrush(look.colour(colour))
            painter.drawRoundedRect(
                QRectF(whole.left(), whole.top(), max(width, 0.0), height), height / 2, height / 2
            )

    def _line(self) -> int:
        look = self.look
        return QFontMetrics(look.font(self._size)).height() + look.px(BAR) + look.px(GAP)
