"""A place in which a person enlarges a picture and moves it."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QWidget

from desktop import theme
from desktop.window.framing import Area, Framing
from desktop.window.part import Part
from pipelines.engine.view import Viewport

WHEEL = 1.0015
"""Enlargement for each eighth of a degree that the wheel turns."""
STEP = 48
"""Pixels that an arrow key moves an enlarged picture."""
ARROWS = {
    Qt.Key.Key_Left: QPointF(1, 0),
    Qt.Key.Key_Right: QPointF(-1, 0),
    Qt.Key.Key_Up: QPointF(0, 1),
    Qt.Key.Key_Down: QPointF(0, -1),
}


class ZoomArea(Part):
    """The wheel and two fingers enlarge at the pointer, dragging moves, a double click shows the whole.

    Arrow keys move an enlarged picture; of a whole one they are left to the window. Where a person draws,
    pointer and fingers belong to the drawing; wheel and keys do as ever.
    """

    viewport_changed = Signal(Viewport)
    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self._viewport = Viewport(1, 1)
        self._held: QPointF | None = None
        self._dragging = False
        self._drawn_on = False

    @property
    def viewport(self) -> Viewport:
        """The room for the picture in device pixels, and how the picture lies in it."""
        return self._viewport

    def framing(self) -> Framing | None:
        """How the picture that is shown lies here, if there is one."""
        raise NotImplementedError

    def set_mirror(self, mirror: bool) -> None:
        self._look_through(replace(self._viewport, mirror=mirror))

    def show_whole(self) -> None:
        """The whole picture again, after zooming."""
        self._look_through(replace(self._viewport, zoom=1.0, centre=(0.5, 0.5)))

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Enlarge or reduce; the point of the picture at `at` (pixels of this widget) stays where it is."""
        if framing := self.framing():
            at, ratio = at or QRectF(self.rect()).center(), self.devicePixelRatioF()
            self._look_through(framing.zoomed(factor, (at.x() * ratio, at.y() * ratio)))

    def fill_with(self, part: Area) -> None:
        """Enlarge one part of the picture; where one is enlarged already, show the whole again."""
        if self._viewport.zoom > 1:
            self.show_whole()
        elif framing := self.framing():
            self._look_through(framing.filling(part))

    def bring_into_view(self, part: Area) -> None:
        """Move an enlarged picture until this part of it is seen."""
        if (framing := self.framing()) and not framing.shows(part):
            self._look_through(framing.around(part, self._viewport.zoom))

    def move_picture(self, way: QPointF) -> None:
        """Right and down by so many pixels of this widget, as far as the picture goes."""
        if framing := self.framing():
            ratio = self.devicePixelRatioF()
            self._look_through(framing.moved(way.x() * ratio, way.y() * ratio))

    def pick(self, at: QPointF) -> tuple[float, float] | None:
        """The point of the picture, in its pixels, at a place in pixels of this widget."""
        if framing := self.framing():
            ratio = self.devicePixelRatioF()
            return framing.pick(at.x() * ratio, at.y() * ratio)
        return None

    @property
    def drawn_on(self) -> bool:
        """Whether pointer and fingers are for drawing here."""
        return self._drawn_on

    def invite_to_draw(self, invited: bool) -> None:
        """Whether pointer and fingers are for drawing here, which the pointer shows."""
        if invited == self._drawn_on:
            return
        self._drawn_on = invited
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents, invited)
        if invited:
            self.ungrabGesture(Qt.GestureType.PinchGesture)
        else:
            self.grabGesture(Qt.GestureType.PinchGesture)
        self._show_grip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._measure()

    def event(self, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.DevicePixelRatioChange:
                self._measure()
            case QEvent.Type.Gesture if isinstance(event, QGestureEvent):
                return self._pinch(event)
            case QEvent.Type.NativeGesture if isinstance(event, QNativeGestureEvent):
                return self._native(event)
            case QEvent.Type.ShortcutOverride if isinstance(event, QKeyEvent) and self._moves(event):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._moves(event):
            self.move_picture(ARROWS[Qt.Key(event.key())] * theme.current().px(STEP))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if delta := event.angleDelta().y():
            self.zoom(WHEEL**delta, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()
        if event.button() == Qt.MouseButton.LeftButton:
            self._held, self._dragging = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None or self._viewport.zoom == 1:
            return
        way = event.position() - self._held
        if self._dragging or way.manhattanLength() >= QApplication.startDragDistance():
            self._dragging, self._held = True, event.position()
            self.move_picture(way)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        self._show_grip()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.show_whole()

    def _measure(self) -> None:
        ratio = self.devicePixelRatioF()
        width, height = max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio))
        self._look_through(replace(self._viewport, width=width, height=height))

    def _look_through(self, viewport: Viewport) -> None:
        if viewport == self._viewport:
            return
        self._viewport = viewport
        self._show_grip()
        self.viewport_changed.emit(viewport)
        self.update()

    def _show_grip(self) -> None:
        if self._drawn_on:
            self.setCursor(Qt.CursorShape.CrossCursor)
        elif self._viewport.zoom > 1:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()

    def _moves(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return plain and event.key() in ARROWS and self._viewport.zoom > 1

    def _pinch(self, event: QGestureEvent) -> bool:
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if not isinstance(pinch, QPinchGesture):
            return False
        self.zoom(pinch.scaleFactor(), QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint())))
        event.accept(pinch)
        return True

    def _native(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self.zoom(1 + event.value(), event.position())
        return True
