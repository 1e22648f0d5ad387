"""A square of numbers: a list of known ones, its size, and a field for each number."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from desktop import theme
from desktop.language import _, say
from desktop.window.controls.choice import DropDown
from desktop.window.controls.control import BLEED, Control
from models.errors import ParameterError
from pipelines.number_grid import resized, text_of
from pipelines.parameters import Spec

GAP = 3
"""Pixels at 100 % between two numbers."""


class NumberGrid(Control):
    """Choosing a known one fills the fields; editing a field makes it one's own."""

    def __init__(self, spec: Spec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self._names, self._sizes = DropDown(), DropDown()
        self._fields: list[list[QLineEdit]] = []
        self._cells = QGridLayout()
        self._above = QHBoxLayout()
        self._above.addWidget(self._names, 1)
        self._above.addWidget(self._sizes)
        self.body.addLayout(self._above)
        self.body.addLayout(self._cells)
        self._fill()
        self._names.currentIndexChanged.connect(self._choose)
        self._sizes.currentIndexChanged.connect(self._resize)
        self.retranslate()
        self.restyle()
        self.set_value(spec.default)

    def retranslate(self) -> None:
        self._names.setItemText(0, _("Your own"))
        for place, name in enumerate(self.spec.choices, start=1):
            self._names.setItemText(place, say(self.spec.title_of(name)))
        self._sizes.setAccessibleName(_("Size"))
        for row, column, field in self._each():
            field.setAccessibleName(_("Row {row}, column {column}").format(row=row + 1, column=column + 1))
        super().retranslate()

    def restyle(self) -> None:
        super().restyle()
        px = theme.current().px
        self._above.setContentsMargins(px(BLEED), 0, px(BLEED), px(4))
        self._above.setSpacing(px(6))
        self._cells.setContentsMargins(px(BLEED), 0, px(BLEED), 0)
        self._cells.setSpacing(px(GAP))

    def written(self) -> str:
        if self._value in self.spec.choices:
            return say(self.spec.title_of(self._value))
        return str(self._value)

    def field(self) -> QWidget:
        return self._names

    def _fill(self) -> None:
        """The lists; their words come with the language."""
        with QSignalBlocker(self._names), QSignalBlocker(self._sizes):
            for name in ("", *self.spec.choices):
                self._names.addItem("", name)
            for side in self.spec.knob.sides:
                self._sizes.addItem(f"{side} × {side}", side)

    def _show_value(self, value: str) -> None:
        rows = self.spec.numbers(value)
        with QSignalBlocker(self._names), QSignalBlocker(self._sizes):
            self._names.setCurrentIndex(max(0, self._names.findData(value)))
            self._sizes.setCurrentIndex(self._sizes.findData(len(rows)))
        if len(rows) != len(self._fields):
            self._rebuild(len(rows))
        for row, column, field in self._each():
            field.setText(f"{rows[row][column] + 0.0:.6g}".replace("-", "−"))
            field.setCursorPosition(0)

    def _rebuild(self, side: int) -> None:
        for _row, _column, field in self._each():
            self._cells.removeWidget(field)
            field.hide()
            field.deleteLater()
        self._fields = [[self._made(row, column) for column in range(side)] for row in range(side)]
        self.retranslate()

    def _made(self, row: int, column: int) -> QLineEdit:
        field = QLineEdit()
        field.setProperty("look", "cell")
        field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        field.setMinimumWidth(1)
        field.editingFinished.connect(self._take)
        self._cells.addWidget(field, row, column)
        return field

    def _each(self) -> list[tuple[int, int, QLineEdit]]:
        return [
            (row, column, field)
            for row, fields in enumerate(self._fields)
            for column, field in enumerate(fields)
        ]

    def _choose(self, place: int) -> None:
        """A known one; “your own” keeps the numbers that are there."""
        name = self._names.itemData(place)
        self._edit(name or text_of(self.spec.numbers(self._value)))

    def _resize(self, place: int) -> None:
        side = self._sizes.itemData(place)
        self._edit(text_of(resized(self.spec.numbers(self._value), side)))

    def _take(self) -> None:
        """What was typed, full-width figures included."""
        if not any(field.isModified() for _row, _column, field in self._each()):
            return
        text = "/".join(" ".join(_plain(field.text()) for field in fields) for fields in self._fields)
        try:
            value = self.spec.check(text)
        except ParameterError:
            self.refuse(lambda: _("Only numbers from −1000 to 1000 can be weights; the last ones stay."))
            self._show_value(self._value)
            return
        self._refusal.hide()
        self._edit(value)
        self._show_value(self._value)


def _plain(words: str) -> str:
    """An empty field is no number, and one word whatever is in it."""
    return unicodedata.normalize("NFKC", words).replace("−", "-").replace(" ", "") or "?"
