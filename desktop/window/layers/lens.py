"""One map, large, while the pointer is on it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.language import _
from desktop.window.layers.written import scaled, short
from desktop.window.part import Part
from pipelines.frame import Image
from pipelines.result import Result
from pipelines.units import Units

SHARE = 0.55
"""Of the lane's height, at most."""
WIDEST = 0.45
"""Of the lane's width, at most."""
EDGE, ROUND = 8, 8
WIDEST_NUMBER = "−0.00 "
BRIGHT = 110
"""Level of grey from which on black is read better than white."""
GROUND = QColor(10, 11, 13, 235)


class Lens(Part):
    """Lies over the side of a lane where the pointer is not. Takes no mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lane = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._map: Image | None = None
        self._numbers: NDArray[np.float32] | None = None
        self._words = ""
        self.hide()

    def look(self, result: Result, point: tuple[float, float], pointer: QPointF, *, mirror: bool) -> None:
        """At what stands at `point` (pixels of the result's picture), the `pointer` being there in the lane;
        hidden where nothing does."""
        found = [(units, place) for units in result.units if (place := units.place_at(*point)) is not None]
        if not found:
            self.hide()
            return
        ((units, place),) = found
        self._map = _cut_out(result.picture, units, place, mirror=mirror and units.turns)
        self._words, self._numbers = _described(units, place), None
        if units.numbers is not None:
            self._numbers, power = scaled(units.numbers[units.grid.units[place]])
            self._words += _("  numbers {power}").format(power=power) if power else ""
        self._lie_beside(pointer)
        self.setAccessibleName(self._words)
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._map is not None:
            with QPainter(self) as painter:
                self._paint(painter, self._map)

    def _paint(self, painter: QPainter, shown: Image) -> None:
        look = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(GROUND)
        painter.drawRoundedRect(QRectF(self.rect()), look.px(ROUND), look.px(ROUND))
        edge, line = look.px(EDGE), self._line()
        room = self.rect().adjusted(edge, edge, -edge, -edge - line)
        self._paint_map(painter, room, shown)
        painter.setFont(look.font("body", bold=True))
        painter.setPen(Qt.GlobalColor.white)
        words = QRect(room.left(), room.bottom() + 1, room.width(), line + edge)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._words)

    def _paint_map(self, painter: QPainter, room: QRect, shown: Image) -> None:
        """Its pixels as squares: they are the units."""
        height, width = shown.shape[:2]
        image = QImage(shown.data, width, height, shown.strides[0], QImage.Format.Format_BGR888)
        path = QPainterPath()
        path.addRoundedRect(QRectF(room), theme.current().px(4), theme.current().px(4))
        painter.save()
        painter.setClipPath(path)
        painter.drawImage(room, image)
        if self._numbers is not None:
            self._write_numbers(painter, QRectF(room), shown, self._numbers)
        painter.restore()

    def _write_numbers(
        self, painter: QPainter, room: QRectF, shown: Image, numbers: NDArray[np.float32]
    ) -> None:
        """Each on its square, where that has room for it."""
        rows, columns = numbers.shape
        across, down = room.width() / columns, room.height() / rows
        font = theme.current().font("small")
        metrics = QFontMetrics(font)
        if across < metrics.horizontalAdvance(WIDEST_NUMBER) or down < metrics.height():
            return
        painter.setFont(font)
        for row, column in np.ndindex(rows, columns):
            blue, green, red = shown[row, column].tolist()
            bright = 0.3 * red + 0.59 * green + 0.11 * blue > BRIGHT
            painter.setPen(Qt.GlobalColor.black if bright else Qt.GlobalColor.white)
            square = QRectF(room.left() + column * across, room.top() + row * down, across, down)
            painter.drawText(square, Qt.AlignmentFlag.AlignCenter, short(float(numbers[row, column])))

    def _lie_beside(self, pointer: QPointF) -> None:
        lane, edge, line = self._lane.rect(), theme.current().px(EDGE), self._line()
        assert self._map is not None
        height, width = self._map.shape[:2]
        scale = min(lane.height() * SHARE / height, lane.width() * WIDEST / width)
        across, down = max(1, round(width * scale)), max(1, round(height * scale))
        wanted = QFontMetrics(theme.current().font("body", bold=True)).horizontalAdvance(self._words)
        size = max(across, wanted) + 2 * edge, down + line + 2 * edge
        left = edge if pointer.x() > lane.width() / 2 else lane.width() - size[0] - edge
        self.setGeometry(left, (lane.height() - size[1]) // 2, *size)

    def _line(self) -> int:
        return QFontMetrics(theme.current().font("body", bold=True)).height()


def _cut_out(picture: Image, units: Units, place: int, *, mirror: bool) -> Image:
    x, y = units.corner(place)
    width, height = units.grid.cell
    cell = picture[y : y + height, x : x + width]
    return (cell[:, ::-1] if mirror else cell).copy()


def _described(units: Units, place: int) -> str:
    unit = units.grid.units[place]
    value = f"{units.strengths[unit]:.3g}".replace("-", "−")
    if units.labels:
        return _("{name}  strongest {value}").format(name=units.labels[unit], value=value)
    return _("{layer}  no. {unit}  strongest {value}").format(layer=units.layer, unit=unit, value=value)
