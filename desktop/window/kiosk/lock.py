"""No way out: what a keyboard, a gesture or a window manager asks for does not happen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QInputDevice, QMouseEvent
from PySide6.QtWidgets import QApplication

KINDS = QEvent.Type
SWALLOWED = frozenset(
    {
        *(KINDS.KeyPress, KINDS.KeyRelease, KINDS.Shortcut, KINDS.ShortcutOverride, KINDS.InputMethod),
        *(KINDS.ContextMenu, KINDS.Gesture, KINDS.GestureOverride, KINDS.NativeGesture, KINDS.Wheel),
        *(KINDS.DragEnter, KINDS.DragMove, KINDS.Drop, KINDS.ToolTip, KINDS.WhatsThis, KINDS.Close),
        *(KINDS.MouseButtonDblClick,),
    }
)
TOUCHES = frozenset({KINDS.MouseButtonPress, KINDS.TouchBegin, KINDS.TabletPress})


class Lock(QObject):
    """Filters every event of the application until `open` is called."""

    touched = Signal()
    """Anywhere on the screen, by finger, pen or mouse."""
    pointed = Signal()
    """A mouse was moved: where there is one, its pointer must be seen."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        app.installEventFilter(self)

    def open(self) -> None:
        self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHES and watched.isWindowType():
            self.touched.emit()
        elif event.type() == KINDS.MouseMove and _is_mouse(event):
            self.pointed.emit()
        return event.type() in SWALLOWED


def _is_mouse(event: QEvent) -> bool:
    """Not a finger that Qt turns into one."""
    device = event.pointingDevice() if isinstance(event, QMouseEvent) else None
    return device is not None and device.type() == QInputDevice.DeviceType.Mouse
