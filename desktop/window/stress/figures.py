"""What both detectors did at the strength that is looked at, and how much they stand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.language import _
from desktop.painting.stress_words import percent, stands, strength
from desktop.window.part import Part
from desktop.window.plot import Sample
from pipelines.result import Role
from pipelines.stress.curve import StressCurve
from pipelines.stress.sweeps import Sweep

SIDES: tuple[Role, Role] = ("first", "second")
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


class StressFigures(Part):
    """A small table with a column for each detector, and under it what each line and each box means."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Sweep, StressCurve, float] | None = None
        self._heading, self._progress = QLabel(), QLabel()
        self._heading.setProperty("look", "heading")
        self._progress.setProperty("look", "soft")
        self._titles = tuple(QLabel(wordWrap=True) for _row in range(3))
        self._cells = tuple((QLabel(), QLabel()) for _row in range(3))
        self._reaches = (QLabel(wordWrap=True), QLabel(wordWrap=True))
        self._wanted = QLabel(wordWrap=True)
        self._grid, self._lines = QGridLayout(), QGridLayout()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._build()
        self.retranslate()
        self.restyle()
        self.hide()

    def show_at(self, sweep: Sweep, curve: StressCurve, cursor: float) -> None:
        """The figures of the point at `cursor`, which is one of the curve's."""
        self._shown = (sweep, curve, cursor)
        self._write()
        self.show()

    def forget(self) -> None:
        self._shown = None
        self.hide()

    def heading(self) -> str:
        """The strength that is looked at, in words."""
        return self._heading.text()

    def retranslate(self) -> None:
        for label, words in zip(
            self._titles, (_("Faces found"), _("Score left"), _("False alarms")), strict=True
        ):
            label.setText(words)
        self._wanted.setText(_("the face that is looked for"))
        self._write()

    def restyle(self) -> None:
        px = theme.current().px
        self._rows.setSpacing(px(10))
        for grid in (self._grid, self._lines):
            grid.setHorizontalSpacing(px(12))
            grid.setVerticalSpacing(px(6))

    def _build(self) -> None:
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(self._heading, 0, 0)
        for side, role in enumerate(SIDES):
            self._grid.addWidget(Sample(role), 0, side + 1, Qt.AlignmentFlag.AlignRight)
        for row, (title, cells) in enumerate(zip(self._titles, self._cells, strict=True), start=1):
            title.setProperty("look", "soft")
            self._grid.addWidget(title, row, 0)
            for side, cell in enumerate(cells):
                self._grid.addWidget(cell, row, side + 1, RIGHT)
        self._lines.setColumnStretch(1, 1)
        for row, (role, reach) in enumerate(zip(SIDES, self._reaches, strict=True)):
            self._lines.addWidget(Sample(role), row, 0)
            self._lines.addWidget(reach, row, 1)
        self._lines.addWidget(Sample("soft"), 2, 0)
        self._lines.addWidget(self._wanted, 2, 1)
        self._rows.addLayout(self._grid)
        self._rows.addLayout(self._lines)
        self._rows.addWidget(self._progress)

    def _write(self) -> None:
        if self._shown is None:
            return
        sweep, curve, cursor = self._shown
        point = curve.at(cursor)
        if point is None:
            return
        self._heading.setText(strength(cursor, sweep))
        at = curve.points.index(point)
        for side in (0, 1):
            tally = point.tallies[side]
            self._cells[0][side].setText(f"{tally.hits} / {tally.faces}")
            self._cells[1][side].setText(percent(curve.kept(side)[at]))
            self._cells[2][side].setText(str(tally.false_alarms))
            self._reaches[side].setText(stands(curve, sweep, side))
        done, steps = len(curve.points), len(sweep.strengths)
        self._progress.setText(_("Step {number} of {count}").format(number=done, count=steps))
