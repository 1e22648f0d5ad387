"""The arithmetic of one unit, over the picture of its layer."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.language import _, say
from desktop.window.part import Part
from pipelines.result import Share, Sum

CELL, SMALLEST_CELL, EDGE, GAP, ROUND = 44, 12, 12, 8, 10
"""Pixels at 100 %: a cell with its number, without one, the card's edge, and what lies between."""
SHARE = 0.96
"""Of the lane, at most."""
GROUND = QColor(10, 11, 13, 240)
ORANGE, BLUE, NOTHING = QColor(255, 159, 67), QColor(76, 159, 254), QColor(60, 64, 72)


class SumCard(Part):
    """Window, kernel and products as grids of numbers; under them the sum, term by term. Takes no mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lane = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._sum: Sum | None = None
        self.hide()

    def show_sum(self, sum_: Sum | None, *, right: bool) -> None:
        """At the right or the left of the lane; hidden where there is none."""
        self._sum = sum_
        self.setVisible(sum_ is not None)
        if sum_ is None:
            return
        self.setAccessibleName("; ".join(self._lines()))
        self._lie(right)
        self.raise_()
        self.update()

    def retranslate(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._sum is None:
            return
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(GROUND)
        painter.drawRoundedRect(QRectF(self.rect()), look.px(ROUND), look.px(ROUND))
        edge = look.px(EDGE)
        at = QPoint(edge, edge)
        title, *lines = self._lines()
        at.setY(self._write(painter, title, at.y(), bold=True))
        for grid, words, sign in self._grids(self._sum):
            self._paint_grid(painter, grid, at, words)
            at.setX(at.x() + self._grid_size(grid).width())
            if sign:
                self._paint_sign(painter, sign, at, grid)
                at.setX(at.x() + self._sign_width())
        below = at.y() + self._grid_size(self._sum.window).height() + look.px(GAP)
        for words in lines:
            below = self._write(painter, words, below)

    # --- what is said

    def _lines(self) -> list[str]:
        """The unit, then the terms, then what becomes of the sum."""
        found = self._sum
        assert found is not None
        number, row, column = found.unit
        title = _("{layer}: map {map}, row {row}, column {column}").format(
            layer=found.layer, map=number, row=row, column=column
        )
        if not found.layer:
            title = _("Row {row}, column {column}").format(row=row, column=column)
            return [title, _("sum of the products {n}").format(n=_figure(found.result)), *self._after(found)]
        if found.rule != "sum":
            words = {"maximum": _("maximum of the window: {n}"), "mean": _("mean of the window: {n}")}
            return [title, words[found.rule].format(n=_figure(found.result)), *self._after(found)]
        terms = [self._term(share) for share in found.shares]
        terms.append(_("bias {n}").format(n=_signed(found.bias)))
        return [title, *_wrapped(terms), f"= {_figure(found.result)}", *self._after(found)]

    def _term(self, share: Share) -> str:
        if share.channel is None:
            return _("all others {n}").format(n=_signed(share.value))
        return _("map {map} {n}").format(map=share.channel, n=_signed(share.value))

    def _after(self, found: Sum) -> list[str]:
        return [f"→ {say(kind)}: {_figure(value)}" for kind, value in found.after]

    def _grids(self, found: Sum) -> Iterator[tuple[NDArray[np.float32], str, str]]:
        """(numbers, what they are, the sign behind them)."""
        below = _("map {map} below").format(map=found.channel) if found.layer else _("pixels")
        if found.weights is None:
            yield found.window, below, ""
            return
        yield found.window, below, "×"
        yield found.weights, _("kernel"), "="
        yield found.window * found.weights, _("products"), ""

    # --- painting

    def _paint_grid(self, painter: QPainter, numbers: NDArray[np.float32], at: QPoint, words: str) -> None:
        cell, look = self._cell(), theme.current()
        metrics = QFontMetrics(look.font("small"))
        width = self._grid_size(numbers).width()
        painter.setFont(look.font("small"))
        painter.setPen(QColor("#c7cedb"))
        line = QRect(at.x(), at.y(), width, metrics.height())
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, words)
        written = _whole if not (numbers % 1).any() else _short
        known = numbers[np.isfinite(numbers)]
        most = float(np.abs(known).max()) if known.size else 0.0
        for row, column in np.ndindex(numbers.shape):
            place = QRect(at.x() + column * cell, line.bottom() + 1 + row * cell, cell - 1, cell - 1)
            value = float(numbers[row, column])
            painter.fillRect(place, _shade(value, most))
            if cell >= look.px(CELL) and np.isfinite(value):
                painter.setPen(Qt.GlobalColor.white)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, written(value))

    def _paint_sign(self, painter: QPainter, sign: str, at: QPoint, grid: NDArray[np.float32]) -> None:
        painter.setFont(theme.current().font("title"))
        painter.setPen(Qt.GlobalColor.white)
        room = QRect(at.x(), at.y(), self._sign_width(), self._grid_size(grid).height())
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, sign)

    def _write(self, painter: QPainter, words: str, top: int, *, bold: bool = False) -> int:
        """One line; where the next one begins."""
        font = theme.current().font("body", bold=bold)
        height = QFontMetrics(font).height()
        painter.setFont(font)
        painter.setPen(Qt.GlobalColor.white)
        edge = theme.current().px(EDGE)
        painter.drawText(QRect(edge, top, self.width() - 2 * edge, height), Qt.AlignmentFlag.AlignLeft, words)
        return top + height + theme.current().px(2)

    # --- measures

    def _lie(self, right: bool) -> None:
        assert self._sum is not None
        lane, edge = self._lane.rect(), theme.current().px(EDGE)
        size = self._wanted()
        left = lane.width() - size.width() - edge if right else edge
        self.setGeometry(left, max(edge, (lane.height() - size.height()) // 2), size.width(), size.height())

    def _wanted(self) -> QSize:
        found, look = self._sum, theme.current()
        assert found is not None
        title, *lines = self._lines()
        body, bold = QFontMetrics(look.font("body")), QFontMetrics(look.font("body", bold=True))
        written = [bold.horizontalAdvance(title), *(body.horizontalAdvance(words) for words in lines)]
        grids = [self._grid_size(grid) for grid, _words, _sign in self._grids(found)]
        across = sum(grid.width() for grid in grids) + self._sign_width() * (len(grids) - 1)
        height = (len(lines) + 1) * (body.height() + look.px(2)) + grids[0].height() + look.px(GAP)
        return QSize(max(across, *written) + 2 * look.px(EDGE), height + 2 * look.px(EDGE))

    def _cell(self) -> int:
        """As large as a number needs, smaller where a large kernel would not fit into the lane."""
        assert self._sum is not None
        look, lane = theme.current(), self._lane.rect()
        rows, columns = self._sum.window.shape
        grids = 1 if self._sum.weights is None else 3
        across = (lane.width() * SHARE - 4 * look.px(EDGE)) / (grids * columns)
        down = lane.height() * SHARE * 0.5 / rows
        return max(look.px(SMALLEST_CELL), min(look.px(CELL), int(min(across, down))))

    def _grid_size(self, numbers: NDArray[np.float32]) -> QSize:
        rows, columns = numbers.shape
        line = QFontMetrics(theme.current().font("small")).height()
        return QSize(max(columns * self._cell(), theme.current().px(2 * CELL)), rows * self._cell() + line)

    def _sign_width(self) -> int:
        return theme.current().px(28)


def _shade(value: float, most: float) -> QColor:
    """Black for 0, orange above, blue below, as in the maps; grey where there is nothing."""
    if not np.isfinite(value):
        return NOTHING
    full = ORANGE if value > 0 else BLUE
    share = 0.75 * abs(value) / most if most > 0 else 0.0
    return QColor(*(round(part * share) for part in (full.red(), full.green(), full.blue())))


def _figure(value: float) -> str:
    return f"{value:.3f}".replace("-", "−")


def _short(value: float) -> str:
    """Two digits fit into a cell; -0.00 is 0.00."""
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def _whole(value: float) -> str:
    """Grey levels, and most weights that people write."""
    return f"{value:.0f}".replace("-", "−")


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace("-", "−")


def _wrapped(terms: list[str]) -> list[str]:
    """A few on a line."""
    return ["   ".join(terms[first : first + 4]) for first in range(0, len(terms), 4)]
