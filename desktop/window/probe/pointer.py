"""Where the pointer is over a lane."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Signal
from PySide6.QtGui import QMouseEvent

from desktop.window.lane_view import LaneView


class Pointer(QObject):
    """Watches one lane and takes nothing from it. A finger that is on the picture is a pointer, too."""

    came = Signal(QPointF)
    """To this place of the lane."""
    left = Signal()

    def __init__(self, view: LaneView) -> None:
        super().__init__(view)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.MouseMove | QEvent.Type.MouseButtonPress if isinstance(event, QMouseEvent):
                self.came.emit(event.position())
            case QEvent.Type.Leave:
                self.left.emit()
        return False
