"""The views of hand-made features."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from desktop.tour.guide import FRAME, SETTLE_MS, Guide
from desktop.tour.stop import Stop, lane
from models.text import Text

LATER = 120
"""Frames of the demo after which a held picture is looked for."""


def _point_at_pixel(guide: Guide) -> None:
    """The pointer rests on an edge of the face."""
    guide.lanes(1, lane("kernel", weights="edge-across", sign="signed", gain=4.0))
    view = guide.window.selected_view()
    at = QPointF(0.45 * view.width(), 0.4 * view.height())
    no = Qt.MouseButton.NoButton
    moved = QMouseEvent(
        QEvent.Type.MouseMove, at, view.mapToGlobal(at), no, no, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(view, moved)


def _match(guide: Guide) -> None:
    """What was held is seen again later, from elsewhere."""
    guide.lanes(1, lane("feature-points", match=True, most=300))
    guide.show(FRAME + LATER)
    guide.wait(SETTLE_MS)


def _move(guide: Guide) -> None:
    """A frame, and one that comes a little later."""
    guide.lanes(1, lane("motion", brightest=1.0, arrows=True))
    guide.show(FRAME + 1)
    guide.wait(SETTLE_MS)


CLASSIC = (
    Stop(
        "grey",
        Text("Brightness, and how often each comes", "明るさと、その分布"),
        lambda guide: guide.lanes(1, lane("grey")),
    ),
    Stop(
        "edges",
        Text("Two ways to an edge", "輪郭への二つの道"),
        lambda guide: guide.lanes(2, lane("sobel", view="direction", sigma=1.0), lane("laplacian")),
    ),
    Stop("kernel", Text("How one pixel came about", "一つの画素がどう計算されたか"), _point_at_pixel),
    Stop(
        "gabor",
        Text("Preferred orientations, as in the visual cortex", "視覚野のような、好みの方位"),
        lambda guide: guide.lanes(1, lane("gabor")),
    ),
    Stop(
        "hog",
        Text("Directions of edges, cell by cell", "セルごとの輪郭の方位"),
        lambda guide: guide.lanes(1, lane("hog")),
    ),
    Stop(
        "feature-points",
        Text("Points with size and orientation", "大きさと向きをもつ特徴点"),
        lambda guide: guide.lanes(1, lane("feature-points", method="sift", most=200)),
    ),
    Stop("match", Text("A held picture is found again", "保持した画像を見つけ直す"), _match),
    Stop(
        "retina",
        Text("What an eye sends to the cortex", "目が皮質へ送るもの"),
        lambda guide: guide.lanes(1, lane("retina", x=45.0, y=40.0)),
    ),
    Stop("motion", Text("What moves, and which way", "何がどちらへ動くか"), _move),
    Stop(
        "contours",
        Text("Figure and ground by a threshold", "しきい値で図と地を分ける"),
        lambda guide: guide.lanes(1, lane("contours", view="binary")),
    ),
)
