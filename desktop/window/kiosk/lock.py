"""No way out: what a keyboard, a gesture or a window manager asks for does not happen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QEventPoint, QInputDevice, QMouseEvent, QTouchEvent
from PySide6.QtWidgets import QApplication

KINDS = QEvent.Type
SWALLOWED = frozenset(
    {
        *(KINDS.KeyPress, KINDS.KeyRelease, KINDS.Shortcut, KINDS.ShortcutOverride, KINDS.InputMethod),
        *(KINDS.ContextMenu, KINDS.Gesture, KINDS.GestureOverride, KINDS.NativeGesture, KINDS.Wheel),
        *(KINDS.DragEnter, KINDS.DragMove, KINDS.Drop, KINDS.ToolTip, KINDS.WhatsThis, KINDS.Close),
    }
)
"""Not the double click: of two quick taps it is the second, which must not be lost."""
PRESSES = frozenset({KINDS.MouseButtonPress, KINDS.MouseButtonDblClick, KINDS.TabletPress})


class Lock(QObject):
    """Filters every event of the application until `open` is called."""

    touched = Signal()
    """Anywhere on the screen, by finger, pen or mouse."""
    fingers = Signal(int)
    """How many are on the screen now: after each of their events, and before Qt makes a mouse of it."""
    pointed = Signal()
    """A mouse was moved: where there is one, its pointer must be seen."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        app.installEventFilter(self)

    def open(self) -> None:
        self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched.isWindowType() and _begins(event):
            self.touched.emit()
        if isinstance(event, QTouchEvent) and watched.isWindowType():
            self.fingers.emit(_fingers(event))
        elif event.type() == KINDS.MouseMove and _is_mouse(event):
            self.pointed.emit()
        return event.type() in SWALLOWED


def _begins(event: QEvent) -> bool:
    """Not a finger that stays, or a bag that leans on the screen: nobody may be there any more."""
    return event.isBeginEvent() if isinstance(event, QTouchEvent) else event.type() in PRESSES


def _fingers(event: QTouchEvent) -> int:
    if event.type() == KINDS.TouchCancel:
        return 0
    return sum(point.state() != QEventPoint.State.Released for point in event.points())


def _is_mouse(event: QEvent) -> bool:
    """Not a finger that Qt turns into one."""
    device = event.pointingDevice() if isinstance(event, QMouseEvent) else None
    return device is not None and device.type() == QInputDevice.DeviceType.Mouse
