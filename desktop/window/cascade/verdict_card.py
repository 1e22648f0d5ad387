"""How a stage of a cascade judged one window, over the lane's picture."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.language import _
from desktop.window.cascade.feature_tile import Tile, paint_tile, signed, tile_size, tiles_of
from desktop.window.part import Part
from pipelines.verdict import Verdict

EDGE, GAP, ROUND = 12, 8, 10
GROUND, SOFT = QColor(10, 11, 13, 240), QColor("#c7cedb")
WIDEST, HIGHEST = 0.6, 0.8
"""Shares of the lane: the window itself is to be seen beside it."""
COLUMNS, ROWS = 6, 3
LINES = 6
"""Of words, at most."""


class VerdictCard(Part):
    """The window with each feature over it, values and votes, and under them the sum. Takes no mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lane = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._verdict: Verdict | None = None
        self._window = QRectF()
        self.hide()

    def show_verdict(self, verdict: Verdict | None, window: QRectF) -> None:
        """Beside the `window` that it judges, which is at this place of the lane; hidden where there is
        none."""
        self._verdict, self._window = verdict, window
        self.setVisible(verdict is not None)
        if verdict is None:
            return
        self.setAccessibleName("; ".join((*self._heading(verdict), *self._ending(verdict))))
        self._lie(verdict)
        self.raise_()
        self.update()

    def retranslate(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        verdict = self._verdict
        if verdict is None:
            return
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(GROUND)
        painter.drawRoundedRect(QRectF(self.rect()), look.px(ROUND), look.px(ROUND))
        title, *lines = self._heading(verdict)
        below = self._write(painter, title, look.px(EDGE), bold=True)
        for words in lines:
            below = self._write(painter, words, below)
        size, gap, columns = tile_size(verdict.picture), look.px(GAP), self._columns(verdict)
        below += gap
        for number, tile in enumerate(self._tiles(verdict)):
            row, column = divmod(number, columns)
            across, down = column * (size.width() + gap), row * (size.height() + gap)
            place = QRect(QPoint(look.px(EDGE) + across, below + down), size)
            paint_tile(painter, tile, verdict.picture, place)
        below += self._rows(verdict) * (size.height() + gap)
        for words in self._ending(verdict):
            below = self._write(painter, words, below)

    # --- what is said

    def _heading(self, verdict: Verdict) -> list[str]:
        if verdict.flat:
            came = _("This window shows nothing and was given up at once.")
        else:
            came = _("This window passed {passed} of {stages} stages.").format(
                passed=verdict.passed, stages=verdict.stages
            )
        computed = _("{computed} of {features} features were computed for it.").format(
            computed=f"{verdict.computed:,}", features=f"{verdict.features:,}"
        )
        meaning = _("Under each: its value (orange minus blue), its threshold, and its vote.")
        return [came, computed, meaning]

    def _ending(self, verdict: Verdict) -> list[str]:
        sign = "<" if verdict.total < verdict.bar else "≥"
        sum_ = _("Stage {stage}: sum of {count} votes {total} {sign} bar {bar}").format(
            stage=verdict.stage,
            count=len(verdict.votes),
            total=signed(verdict.total),
            sign=sign,
            bar=signed(verdict.bar),
        )
        shown = sum(tile.vote is not None for tile in self._tiles(verdict))
        rest = [vote.vote for vote in verdict.votes[shown:]]
        others = [_("{count} other votes: {sum}").format(count=len(rest), sum=signed(sum(rest)))]
        return [*(others if rest else ()), sum_, self._outcome(verdict)]

    def _outcome(self, verdict: Verdict) -> str:
        if verdict.flat or verdict.stage > verdict.passed + 1:
            return _("It never came to this stage.")
        if verdict.stage <= verdict.passed:
            return _("It passed this stage.")
        return _("It was given up here.")

    def _tiles(self, verdict: Verdict) -> list[Tile]:
        """As many as there is room for, in the order in which they were learnt: the most telling first."""
        return list(tiles_of(verdict.votes))[: self._columns(verdict) * self._most_rows(verdict)]

    # --- measures

    def _columns(self, verdict: Verdict) -> int:
        look = theme.current()
        wide = tile_size(verdict.picture).width() + look.px(GAP)
        body = QFontMetrics(look.font("body"))
        words = max(body.horizontalAdvance(line) for line in self._heading(verdict))
        edges = 2 * look.px(EDGE)
        beside = min(self._lane.width() * WIDEST, max(self._left(), self._right()) - edges)
        room = max(beside - edges, words + look.px(GAP))
        return max(2, min(COLUMNS, int(room // wide), sum(len(vote.tests) for vote in verdict.votes)))

    def _most_rows(self, verdict: Verdict) -> int:
        look = theme.current()
        high = tile_size(verdict.picture).height() + look.px(GAP)
        room = self._lane.height() * HIGHEST - LINES * self._line() - 2 * look.px(EDGE) - look.px(GAP)
        return max(1, min(ROWS, int(room // high)))

    def _rows(self, verdict: Verdict) -> int:
        return -(-len(self._tiles(verdict)) // self._columns(verdict))

    def _line(self) -> int:
        return QFontMetrics(theme.current().font("body")).height() + theme.current().px(2)

    def _left(self) -> float:
        """Pixels of the lane beside the window."""
        return self._window.left()

    def _right(self) -> float:
        """The same at its right."""
        return self._lane.width() - self._window.right()

    def _lie(self, verdict: Verdict) -> None:
        """Where there is more room."""
        look, lane, size = theme.current(), self._lane.rect(), self._wanted(verdict)
        right = self._right() >= self._left()
        left = lane.width() - size.width() - look.px(EDGE) if right else look.px(EDGE)
        top = max(look.px(EDGE), (lane.height() - size.height()) // 2)
        self.setGeometry(left, top, size.width(), size.height())

    def _wanted(self, verdict: Verdict) -> QSize:
        look, size = theme.current(), tile_size(verdict.picture)
        title, *lines = (*self._heading(verdict), *self._ending(verdict))
        body, bold = QFontMetrics(look.font("body")), QFontMetrics(look.font("body", bold=True))
        written = [bold.horizontalAdvance(title), *(body.horizontalAdvance(words) for words in lines)]
        gap = look.px(GAP)
        across = self._columns(verdict) * (size.width() + gap) - gap
        down = (len(lines) + 1) * self._line() + gap + self._rows(verdict) * (size.height() + gap)
        return QSize(max(across, *written), down) + QSize(2, 2) * look.px(EDGE)

    def _write(self, painter: QPainter, words: str, top: int, *, bold: bool = False) -> int:
        """One line; where the next one begins."""
        look = theme.current()
        painter.setFont(look.font("body", bold=bold))
        painter.setPen(Qt.GlobalColor.white)
        edge = look.px(EDGE)
        line = QRect(edge, top, self.width() - 2 * edge, self._line())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        return top + self._line()
