"""What mouse, pen and fingers do on a picture, as strokes in its pixels."""

from __future__ import annotations

from typing import Protocol, TypeAlias

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal, SignalInstance
from PySide6.QtGui import QEventPoint, QInputDevice, QMouseEvent, QTabletEvent, QTouchEvent

MOUSE, PEN = "mouse", "pen"
"""Names of what draws; a finger has a number."""
Place: TypeAlias = tuple[float, float]


class Picture(Protocol):
    """A widget that shows a picture to draw on."""

    pressed: SignalInstance

    def picture_size(self) -> tuple[int, int] | None: ...

    def pick(self, at: QPointF) -> Place | None: ...


class Hand(QObject):
    """Watches one such widget; while it is `invited`, everything that draws is taken from the widget.

    A stroke begins in the picture and may leave it. The other buttons, wheel and keys stay the widget's.
    """

    begun = Signal(object, float, float)
    """(what draws, x, y): in pixels of the picture."""
    moved = Signal(object, float, float)
    ended = Signal(object)

    def __init__(self, picture: Picture, parent: QObject) -> None:
        super().__init__(parent)
        self._picture = picture
        self._down: set[object] = set()
        self.invited = False
        parent.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not (self.invited or self._down):
            return False
        match event:
            case QTabletEvent():
                taken = self._tablet(event)
            case QTouchEvent():
                taken = self._touch(event)
            case QMouseEvent():
                taken = self._mouse(event)
            case _:
                return False
        if taken:
            event.accept()
        return taken

    def _mouse(self, event: QMouseEvent) -> bool:
        match event.type():
            case QEvent.Type.MouseButtonPress | QEvent.Type.MouseButtonDblClick:
                return event.button() == Qt.MouseButton.LeftButton and self._begin(MOUSE, event.position())
            case QEvent.Type.MouseMove:
                return self._move(MOUSE, event.position())
            case QEvent.Type.MouseButtonRelease:
                return event.button() == Qt.MouseButton.LeftButton and self._end(MOUSE)
        return False

    def _tablet(self, event: QTabletEvent) -> bool:
        match event.type():
            case QEvent.Type.TabletPress:
                return self._begin(PEN, event.position())
            case QEvent.Type.TabletMove:
                return self._move(PEN, event.position())
            case QEvent.Type.TabletRelease:
                return self._end(PEN)
        return False

    def _touch(self, event: QTouchEvent) -> bool:
        if event.device().type() != QInputDevice.DeviceType.TouchScreen:
            return False  # fingers on a touch pad move the pointer
        if event.type() == QEvent.Type.TouchCancel:
            taken = [self._end(finger) for finger in self._down - {MOUSE, PEN}]
        else:
            taken = [self._finger(point) for point in event.points()]
        return any(taken)

    def _finger(self, point: QEventPoint) -> bool:
        match point.state():
            case QEventPoint.State.Pressed:
                return self._begin(point.id(), point.position())
            case QEventPoint.State.Released:
                return self._end(point.id())
        return self._move(point.id(), point.position())

    def _begin(self, pen: object, at: QPointF) -> bool:
        place = self._within(at)
        if place is None or not self.invited:
            return False
        self._picture.pressed.emit()
        self._down.add(pen)
        self.begun.emit(pen, *place)
        return True

    def _move(self, pen: object, at: QPointF) -> bool:
        place = self._picture.pick(at)
        if pen not in self._down or place is None:
            return pen in self._down
        self.moved.emit(pen, *place)
        return True

    def _end(self, pen: object) -> bool:
        if pen not in self._down:
            return False
        self._down.discard(pen)
        self.ended.emit(pen)
        return True

    def _within(self, at: QPointF) -> Place | None:
        """The point of the picture there; `None` beside the picture."""
        size, place = self._picture.picture_size(), self._picture.pick(at)
        if size and place and 0 <= place[0] < size[0] and 0 <= place[1] < size[1]:
            return place
        return None
