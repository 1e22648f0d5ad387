"""The parts of the column that only show: key to the colours, measured figures."""

from __future__ import annotations

import math
import re

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.language import _, say
from desktop.window.part import Part
from desktop.window.units import with_unit
from pipelines.result import Key, Reading

SWATCH = 14


class Swatch(QWidget):
    """A small square of one colour of the picture."""

    def __init__(self, colour: tuple[int, int, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = QColor(*colour)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = theme.current().px(SWATCH)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("soft"), look.px(1)))
        painter.setBrush(self._colour)
        half = look.px(1) / 2
        square = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(square, look.px(3), look.px(3))


class Legend(Part):
    """What the colours of the picture mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: tuple[Key, ...] = ()
        self._titles: list[QLabel] = []
        self._shown: list[QWidget] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.restyle()
        self.hide()

    def show_keys(self, keys: tuple[Key, ...]) -> None:
        """Hidden where there are none."""
        if keys != self._keys:
            self._keys = keys
            self._rebuild()
        self.setVisible(bool(keys))

    def retranslate(self) -> None:
        for key, title in zip(self._keys, self._titles, strict=True):
            title.setText(say(key.title))

    def restyle(self) -> None:
        px = theme.current().px
        self._rows.setSpacing(px(6))
        self._rebuild()

    def _rebuild(self) -> None:
        for row in self._shown:
            row.hide()
            row.deleteLater()
        self._titles = [QLabel(wordWrap=True) for _key in self._keys]
        self._shown = [_line(key, title) for key, title in zip(self._keys, self._titles, strict=True)]
        for row in self._shown:
            self._rows.addWidget(row)
        self.retranslate()


def _line(key: Key, title: QLabel) -> QWidget:
    title.setProperty("look", "soft")
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.current().px(8))
    line.addWidget(Swatch(key.colour))
    line.addWidget(title, 1)
    return row


class Readings(Part):
    """What the pipeline measured in the picture: one line a figure."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._readings: tuple[Reading, ...] = ()
        self._lines: list[tuple[QLabel, QLabel]] = []
        self._heading = QLabel()
        self._heading.setProperty("look", "heading")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(self._heading, 0, 0, 1, 2)
        self.retranslate()
        self.restyle()
        self.hide()

    def show_readings(self, readings: tuple[Reading, ...]) -> None:
        """Hidden where there are none. Rows are made again only when figures of other names come."""
        known = [(reading.name, reading.title) for reading in self._readings]
        self._readings = readings
        if [(reading.name, reading.title) for reading in readings] != known:
            self._rebuild()
        for reading, (_title, label) in zip(readings, self._lines, strict=True):
            label.setText(written(reading))
        self.setVisible(bool(readings))

    def retranslate(self) -> None:
        self._heading.setText(_("What it measured"))
        for reading, (title, _figure) in zip(self._readings, self._lines, strict=True):
            title.setText(breakable(say(reading.title)))

    def restyle(self) -> None:
        px = theme.current().px
        self._grid.setVerticalSpacing(px(6))
        self._grid.setHorizontalSpacing(px(12))

    def _rebuild(self) -> None:
        for label in (label for line in self._lines for label in line):
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._lines = [(QLabel(wordWrap=True), QLabel()) for _reading in self._readings]
        for row, (title, label) in enumerate(self._lines, start=1):
            title.setProperty("look", "soft")
            self._grid.addWidget(title, row, 0)
            self._grid.addWidget(label, row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.retranslate()


def breakable(words: str) -> str:
    """A long name may go on in another line after each of its points: `layer4.0.conv1.weight`."""
    return re.sub(r"(?<=\w\.)(?=\w)", "\N{ZERO WIDTH SPACE}", words)


def written(reading: Reading) -> str:
    """The figure with its digits and unit."""
    return figure(reading.value, reading.unit, reading.digits)


def figure(value: float | None, unit: str, digits: int) -> str:
    """`1,234 px`; a dash where nothing could be measured."""
    if value is None or not math.isfinite(value):
        return "–"
    return with_unit(f"{value:,.{digits}f}", unit)
