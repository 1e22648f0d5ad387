"""The arithmetic of one unit, over the picture of its layer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.language import _, say
from desktop.window.layers.written import short, whole
from desktop.window.part import Part
from pipelines.arithmetic import Share, Sum

CELL, SMALLEST_CELL, EDGE, GAP, ROUND = 44, 12, 12, 8, 10
"""Pixels at 100 %: a cell with its number, without one, the card's edge, and what lies between."""
GRIDS = 3
"""Window, kernel and products."""
WIDEST_WORDS = 480
"""Pixels at 100 %, where the grids need no more."""
BETWEEN, NO_BREAK, JOINER = "    ", "\N{NO-BREAK SPACE}", "\N{WORD JOINER}"
"""Between the terms of the sum, and inside them, where Japanese would break between any two letters."""
WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
SHARE = 0.96
"""Of the lane, at most."""
GROUND = QColor(10, 11, 13)
ORANGE, BLUE, NOTHING = QColor(255, 159, 67), QColor(76, 159, 254), QColor(60, 64, 72)


class Fit(NamedTuple):
    """How the card is laid out in its lane."""

    font: theme.Size
    cell: int
    """Pixels of a square."""
    lines: tuple[str, ...]
    """The title, then what is said under the grids; each may take several lines."""


class SumCard(Part):
    """Window, kernel and products as grids of numbers; under them the sum, term by term. Takes no mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lane = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._sum: Sum | None = None
        self._unit = QPointF()
        self._fit = Fit("body", 0, ())
        self.hide()

    def show_sum(self, sum_: Sum | None, unit: QPointF) -> None:
        """Beside the `unit`, which is at this place of the lane; inside the lane, whatever its size. Hidden
        where there is none."""
        self._sum = sum_
        self.setVisible(sum_ is not None)
        if sum_ is None:
            return
        self.setAccessibleName("; ".join(self._lines()).replace(JOINER, ""))
        self._unit = unit
        self._lie()
        self.raise_()
        self.update()

    def retranslate(self) -> None:
        if self._sum is not None:
            self.setAccessibleName("; ".join(self._lines()).replace(JOINER, ""))
        self.restyle()

    def restyle(self) -> None:
        if self._sum is not None:
            self._lie()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._sum is not None:
            with QPainter(self) as painter:
                self._paint(painter, self._sum)

    def _paint(self, painter: QPainter, found: Sum) -> None:
        look = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(GROUND)
        painter.drawRoundedRect(QRectF(self.rect()), look.px(ROUND), look.px(ROUND))
        edge = look.px(EDGE)
        at = QPoint(edge, edge)
        title, *lines = self._fit.lines
        at.setY(self._write(painter, title, at.y(), bold=True))
        for grid, words, sign in self._grids(found):
            self._paint_grid(painter, grid, at, words)
            at.setX(at.x() + self._grid_size(grid, self._fit.cell).width())
            if sign:
                self._paint_sign(painter, sign, at, grid)
                at.setX(at.x() + self._sign_width())
        below = at.y() + self._grid_size(found.window, self._fit.cell).height() + look.px(GAP)
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
        added = BETWEEN.join(JOINER.join(term.replace(" ", NO_BREAK)) for term in terms)
        return [title, added, f"= {_figure(found.result)}", *self._after(found)]

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
        cell, look = self._fit.cell, theme.current()
        metrics = QFontMetrics(look.font("small"))
        width = self._grid_size(numbers, self._fit.cell).width()
        painter.setFont(look.font("small"))
        painter.setPen(QColor("#c7cedb"))
        line = QRect(at.x(), at.y(), width, metrics.height())
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, words)
        written = whole if not (numbers % 1).any() else short
        known = numbers[np.isfinite(numbers)]
        most = float(np.abs(known).max()) if known.size else 0.0
        widest = max((metrics.horizontalAdvance(written(value)) for value in known.tolist()), default=0)
        readable = cell > widest
        for row, column in np.ndindex(numbers.shape):
            place = QRect(at.x() + column * cell, line.bottom() + 1 + row * cell, cell - 1, cell - 1)
            value = float(numbers[row, column])
            painter.fillRect(place, _shade(value, most))
            if readable and np.isfinite(value):
                painter.setPen(Qt.GlobalColor.white)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, written(value))

    def _paint_sign(self, painter: QPainter, sign: str, at: QPoint, grid: NDArray[np.float32]) -> None:
        painter.setFont(theme.current().font("title"))
        painter.setPen(Qt.GlobalColor.white)
        room = QRect(at.x(), at.y(), self._sign_width(), self._grid_size(grid, self._fit.cell).height())
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, sign)

    def _write(self, painter: QPainter, words: str, top: int, *, bold: bool = False) -> int:
        """In as many lines as it takes; where the next words begin."""
        look = theme.current()
        font, edge = look.font(self._fit.font, bold=bold), look.px(EDGE)
        room = QRect(edge, top, self.width() - 2 * edge, self.height())
        painter.setFont(font)
        painter.setPen(Qt.GlobalColor.white)
        painter.drawText(room, WRAPPED, words)
        return top + QFontMetrics(font).boundingRect(room, WRAPPED, words).height() + look.px(2)

    # --- measures

    def _lie(self) -> None:
        """As it tells most where it does not cover the unit."""
        fits = self._fits()
        places = [self._place(fit) for fit in fits]
        shown = next((at for at, place in enumerate(places) if not self._is_covered_by(place)[0]), -1)
        self._fit = fits[shown]
        self.setGeometry(places[shown])

    def _place(self, fit: Fit) -> QRect:
        """At the side where the unit is not covered; else at the one that it is farther from."""
        lane, edge = self._lane.rect(), theme.current().px(EDGE)
        size = self._size(fit)
        top = max(0, (lane.height() - size.height()) // 2)
        sides = [
            QRect(QPoint(max(0, left), top), size) for left in (edge, lane.width() - size.width() - edge)
        ]
        return min(sides, key=self._is_covered_by)

    def _is_covered_by(self, place: QRect) -> tuple[bool, float]:
        return place.contains(self._unit.toPoint()), -abs(place.center().x() - self._unit.x())

    def _fits(self) -> list[Fit]:
        """Those that are no higher than the lane: as it is, in small letters and squares, and at last without
        the terms of the sum."""
        look, lines = theme.current(), tuple(self._lines())
        largest = self._largest_cell()
        smallest = min(look.px(SMALLEST_CELL), largest)
        wished = ((Fit("body", largest, lines), largest), (Fit("small", largest, lines), smallest))
        fits = [fit for wish, least in wished if (fit := self._fitted(wish)).cell >= least]
        title, *_terms = lines
        ends = lines[2:] if self._sum and self._sum.shares else lines[1:]
        return [*fits, self._fitted(Fit("small", largest, (title, BETWEEN.join(ends))))]

    def _fitted(self, fit: Fit) -> Fit:
        """With squares as small as the height of the lane wants them."""
        assert self._sum is not None
        free = self._lane.height() - self._size(fit._replace(cell=0)).height()
        return fit._replace(cell=max(1, min(fit.cell, free // len(self._sum.window))))

    def _size(self, fit: Fit) -> QSize:
        """No wider than the lane."""
        found, look = self._sum, theme.current()
        assert found is not None
        edge, most = look.px(EDGE), self._lane.width()
        regular, bold = QFontMetrics(look.font(fit.font)), QFontMetrics(look.font(fit.font, bold=True))
        grids = [self._grid_size(grid, fit.cell) for grid, _words, _sign in self._grids(found)]
        across = sum(grid.width() for grid in grids) + self._sign_width() * (len(grids) - 1)
        title, *lines = fit.lines
        longest = max(bold.horizontalAdvance(title), *(regular.horizontalAdvance(words) for words in lines))
        room = min(max(across, min(longest, look.px(WIDEST_WORDS))), most - 4 * edge)
        height = grids[0].height() + look.px(GAP)
        for metrics, words in ((bold, title), *((regular, words) for words in lines)):
            height += metrics.boundingRect(0, 0, room, most, WRAPPED, words).height() + look.px(2)
        return QSize(room + 2 * edge, height + 2 * edge)

    def _largest_cell(self) -> int:
        """As large as a number needs, smaller where a large kernel would not fit into the lane."""
        assert self._sum is not None
        look, lane = theme.current(), self._lane.rect()
        rows, columns = self._sum.window.shape
        across = self._room_for_grid() / columns
        down = lane.height() * SHARE * 0.5 / rows
        return max(look.px(SMALLEST_CELL), min(look.px(CELL), int(min(across, down))))

    def _room_for_grid(self) -> float:
        """Pixels across for each of the grids, where the card is as wide as the lane."""
        assert self._sum is not None
        grids = 1 if self._sum.weights is None else GRIDS
        room = self._lane.width() - 4 * theme.current().px(EDGE) - (grids - 1) * self._sign_width()
        return room / grids

    def _grid_size(self, numbers: NDArray[np.float32], cell: int) -> QSize:
        """With the words over it, which are cut where they are too long."""
        rows, columns = numbers.shape
        line = QFontMetrics(theme.current().font("small")).height()
        words = int(min(theme.current().px(2 * CELL), self._room_for_grid()))
        return QSize(max(columns * cell, words), rows * cell + line)

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


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace("-", "−")
