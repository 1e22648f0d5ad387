"""The thin line of figures on a lane's picture."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.language import _
from desktop.window.part import Part
from pipelines.engine.figures import Summary

GAP, HEIGHT = 12, 24
WORDS = QColor("#ffffff")


class FiguresLine(Part):
    """Frames a second, milliseconds, where they were spent, age, dropped. Each has its column, so that none
    pushes the next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: tuple[Summary, int, str] | None = None
        self._words: tuple[str, ...] = ()
        self._columns: list[float] = []
        self.retranslate()

    def show_figures(self, summary: Summary | None, dropped: int, device: str = "") -> None:
        """What was measured, and the device that computed it where there is a choice; nothing is written
        where nothing was painted lately.

        Meant to be called twice a second: faster nobody can read it.
        """
        self._figures = (summary, dropped, device) if summary else None
        self._write()

    def words(self) -> str:
        """The whole line, as a screen reader reads it."""
        return "  ".join(self._words)

    def columns(self) -> list[float]:
        """The widths kept for the figures, in pixels."""
        return list(self._columns)

    def retranslate(self) -> None:
        self._columns = []
        self._write()

    def restyle(self) -> None:
        self._columns = []
        self._write()

    def sizeHint(self) -> QSize:
        look = theme.current()
        gaps = look.px(GAP) * max(0, len(self._columns) - 1)
        return QSize(round(sum(self._columns) + gaps) + 1, look.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setFont(look.font("small"))
        painter.setPen(WORDS)
        metrics = painter.fontMetrics()
        across, baseline = 0.0, (self.height() + metrics.ascent() - metrics.descent()) / 2
        for words, column in zip(self._words, self._columns, strict=True):
            if across + column > self.width() + 1:
                break  # a narrow lane shows the first ones whole
            painter.drawText(QPointF(across, baseline), words)
            across += column + look.px(GAP)

    def _write(self) -> None:
        self._words = _written(*self._figures) if self._figures else ()
        metrics = QFontMetricsF(theme.current().font("small"))
        widths = [metrics.horizontalAdvance(words) for words in self._words]
        kept = self._columns if len(self._columns) == len(widths) else [0.0] * len(widths)
        self._columns = [max(pair) for pair in zip(kept, widths, strict=True)] if widths else []
        self.setToolTip(_explained(*self._figures) if self._figures else "")
        self.setAccessibleName(_("Figures"))
        self.setAccessibleDescription(self.words())
        self.resize(self.sizeHint())
        self.update()


def _written(summary: Summary, dropped: int, device: str) -> tuple[str, ...]:
    return (
        _("{n} fps").format(n=f"{summary.fps:.0f}"),
        _("{n} ms").format(n=f"{summary.milliseconds:.1f}"),
        *((device,) if device else ()),
        _("age {n} ms").format(n=f"{summary.age:.0f}"),
        _("{n} dropped").format(n=dropped),
        _("p95 {n} ms").format(n=f"{summary.p95:.1f}"),  # the last: a narrow lane leaves it out
    )


def _explained(summary: Summary, dropped: int, device: str) -> str:
    rows = (
        _("{n} pictures a second on screen").format(n=f"{summary.fps:.1f}"),
        _("pipeline {median} ms (median), {p95} ms (95 %)").format(
            median=f"{summary.milliseconds:.1f}", p95=f"{summary.p95:.1f}"
        ),
        *((_("computed on {device}").format(device=device),) if device else ()),
        _("{n} ms from capture to screen").format(n=f"{summary.age:.1f}"),
        _("{n} frames came and were not shown").format(n=dropped),
    )
    return "\n".join(rows)
