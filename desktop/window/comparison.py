"""Two things side by side in figures, each under its colour and its line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.language import say
from desktop.window.part import Part
from desktop.window.plot import Sample
from desktop.window.sections import figure
from models.text import Text
from pipelines.result import Comparison, Role, Row

NAMED: tuple[Role, Role] = ("first", "second")
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ComparisonTable(Part):
    """A key that says who is which, then a line a figure; large ones, for they are read from afar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Comparison | None = None
        self._figures: list[tuple[QLabel, QLabel, QLabel]] = []
        self._key = _Key()
        self._troubles = [_Trouble(role) for role in NAMED]
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        for part in (self._key, *self._troubles):
            self._rows.addWidget(part)
        self._rows.addLayout(self._grid)
        self.restyle()
        self.hide()

    def show_comparison(self, comparison: Comparison | None) -> None:
        """Hidden where there is none. Lines are made again only when other figures come."""
        former, self._shown = self._shown, comparison
        if comparison is not None:
            if former is None or _titles(former) != _titles(comparison):
                self._rebuild(comparison.rows)
            self._say(comparison)
        self.setVisible(comparison is not None)

    def retranslate(self) -> None:
        if self._shown is not None:
            self._say(self._shown)

    def restyle(self) -> None:
        px = theme.current().px
        self._rows.setSpacing(px(8))
        self._grid.setVerticalSpacing(px(2))
        self._grid.setHorizontalSpacing(px(14))
        if self._shown is not None:
            self._rebuild(self._shown.rows)
            self._say(self._shown)

    def _say(self, comparison: Comparison) -> None:
        self._key.say(comparison.first, comparison.second, comparison.soft)
        for line, text in zip(self._troubles, comparison.troubles, strict=True):
            line.say(text)
        for row, (title, first, second) in zip(comparison.rows, self._figures, strict=True):
            title.setText(say(row.title))
            first.setText(figure(row.first, row.unit, row.digits))
            second.setText(figure(row.second, row.unit, row.digits))

    def _rebuild(self, rows: tuple[Row, ...]) -> None:
        for label in (label for line in self._figures for label in line):
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._figures = [(QLabel(wordWrap=True), _figure("first"), _figure("second")) for _row in rows]
        for number, (title, first, second) in enumerate(self._figures):
            title.setProperty("look", "soft")
            self._grid.addWidget(title, number, 0)
            self._grid.addWidget(first, number, 1, RIGHT)
            self._grid.addWidget(second, number, 2, RIGHT)


class _Key(QWidget):
    """A sample of each line with what it means."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._said = {role: _Said(role) for role in (*NAMED, "soft")}
        for line in self._said.values():
            self._lines.addWidget(line)

    def say(self, first: Text, second: Text, soft: Text | None) -> None:
        self._lines.setSpacing(theme.current().px(2))
        for line, text in zip(self._said.values(), (first, second, soft), strict=True):
            line.say(text)


class _Said(QWidget):
    """Words behind a piece of line; hidden where there are none."""

    def __init__(self, role: Role) -> None:
        super().__init__()
        self.words = QLabel(wordWrap=True)
        self.words.setProperty("look", "soft" if role == "soft" else "heading")
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.addWidget(Sample(role))
        self._line.addWidget(self.words, 1)

    def say(self, text: Text | None) -> None:
        self._line.setSpacing(theme.current().px(8))
        self.words.setText(say(text) if text else "")
        self.setVisible(text is not None)


class _Trouble(_Said):
    """Why one of the two gives nothing."""

    def __init__(self, role: Role) -> None:
        super().__init__(role)
        self.words.setProperty("look", "soft")


def _figure(role: Role) -> QLabel:
    label = QLabel()
    label.setProperty("look", role)
    return label


def _titles(comparison: Comparison) -> list[Text]:
    return [row.title for row in comparison.rows]
