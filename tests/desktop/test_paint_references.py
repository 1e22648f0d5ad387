"""Painting in Python gives back exactly the references it took.

PySide6 6.12.0 on Python 3.11 gave back one reference to `None` and to the truth values too many for
each `paintEvent`, which ends the program after minutes of a live picture. The version is pinned; this
test tells when a pin is lifted too early.
"""

from __future__ import annotations

import sys

import pytest
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

REPAINTS = 4000
TOLERANCE = 200
"""Other objects come and go meanwhile; the fault cost one or two references for each repaint."""


class Painted(QWidget):
    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1
        QPainter(self).fillRect(self.rect(), QColor("#15171b"))


@pytest.mark.parametrize("common", [None, True, False], ids=str)
def test_repainting_thousands_of_times_keeps_the_common_objects(
    qapp: QApplication, qtbot: QtBot, common: object
) -> None:
    widget = Painted()
    qtbot.addWidget(widget)
    widget.resize(16, 16)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.repaint()
    before, painted = sys.getrefcount(common), widget.painted
    for _time in range(REPAINTS):
        widget.repaint()
    assert widget.painted - painted == REPAINTS
    assert abs(sys.getrefcount(common) - before) < TOLERANCE
