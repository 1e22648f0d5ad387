"""The views of the tools that measure: probe, line profile, difference."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from desktop.tour.guide import SETTLE_MS, Guide
from desktop.tour.stop import Stop, lane
from models.text import Text
from pipelines.intensity import Line

EYE = 0.44, 0.36
"""Shares of a lane's width and height: an eye of the face that the tour looks at."""
STAIRS = "stimulus:mach?profile=steps&width=0.15"
OVER_STAIRS = Line((9.0, 55.0), (91.0, 55.0))


def _probe(guide: Guide) -> None:
    guide.lanes(4, lane("original"), lane("dog", sigma=2.0), lane("sobel", sigma=1.0), lane("gabor"))
    guide.window.chrome.probe.show(True)
    view = guide.window.wall.views[0]
    at, no = QPointF(EYE[0] * view.width(), EYE[1] * view.height()), Qt.MouseButton.NoButton
    moved = QMouseEvent(
        QEvent.Type.MouseMove, at, view.mapToGlobal(at), no, no, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(view, moved)
    guide.wait(SETTLE_MS)


def _profile(guide: Guide) -> None:
    """Stairs of light, and beside each step the dark and the bright band of the answer."""
    guide.lanes(2, lane("original"), lane("dog", sigma=8.0), source=STAIRS)
    guide.session.draw_profile(OVER_STAIRS)
    guide.wait(2 * SETTLE_MS)


def _difference(guide: Guide) -> None:
    """Marr's difference of Gaussians is as good as the Laplacian that it stands for."""
    pair = lane("dog", sigma=2.0), lane("laplacian", sigma=2.6, gain=14.0)
    guide.lanes(4, *pair, lane("original"), lane("difference", gain=20.0))
    guide.window.wall.select(3)
    guide.wait(SETTLE_MS)


MEASURING = (
    Stop(
        "probe", Text("One place, and its number in every lane", "一つの場所を、すべてのレーンの値で"), _probe
    ),
    Stop("profile", Text("The bands of Mach, along a line", "線に沿って見るマッハの帯"), _profile),
    Stop(
        "difference",
        Text("How little DoG and LoG differ, twenty times enlarged", "DoG と LoG のわずかな差（20 倍）"),
        _difference,
    ),
)
