"""A slider that is easy to hit: press anywhere on it, drag, step by key, double click to go back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from desktop import theme

HEIGHT, HANDLE_WIDTH, HANDLE_HEIGHT, GROOVE, RING = 26, 28, 16, 4, 2
RESET_KEYS = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
OWN_KEYS = {
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
    Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, *RESET_KEYS,
}  # fmt: skip


class Track(QSlider):
    """Positions are the indices of a list of stops. The wheel moves it only while it has the focus."""

    reset_wanted = Signal()

    def __init__(self, stops: int, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, stops - 1)
        self.setPageStep(max(1, stops // 10))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._grip = 0.0

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(160), px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(60), px(HEIGHT))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in RESET_KEYS:
            self.reset_wanted.emit()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        handle = self._handle()
        x = event.position().x()
        self._grip = x - handle.center().x() if handle.left() <= x <= handle.right() else 0.0
        self.setSliderDown(True)
        self._go_to(x)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._go_to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)
        self.reset_wanted.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        handle = self._handle()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        groove = self._groove()
        self._fill(painter, groove, look.colour("line"))
        groove.setRight(handle.center().x())
        self._fill(painter, groove, look.colour("accent" if self.isEnabled() else "soft"))
        self._fill(painter, handle, look.colour("text" if self.isEnabled() else "soft"))
        if self.hasFocus():
            width = look.px(RING)
            painter.setPen(QPen(look.colour("accent"), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = handle.adjusted(-width, -width, width, width)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)

    @staticmethod
    def _fill(painter: QPainter, bar: QRectF, colour: QColor) -> None:
        painter.setBrush(colour)
        painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)

    def _groove(self) -> QRectF:
        px = theme.current().px
        bleed, thick = px(6), px(GROOVE)
        return QRectF(bleed, (self.height() - thick) / 2, self.width() - 2 * bleed, thick)

    def _handle(self) -> QRectF:
        px = theme.current().px
        rail = self._rail()
        share = self.value() / max(1, self.maximum())
        box = QRectF(0, 0, px(HANDLE_WIDTH), px(HANDLE_HEIGHT))
        box.moveCenter(QPointF(rail[0] + share * (rail[1] - rail[0]), self.height() / 2))
        return box

    def _rail(self) -> tuple[float, float]:
        """Where the middle of the handle is at both ends."""
        half = theme.current().px(HANDLE_WIDTH) / 2
        groove = self._groove()
        return groove.left() + half, groove.right() - half

    def _go_to(self, x: float) -> None:
        left, right = self._rail()
        share = (x - self._grip - left) / max(1.0, right - left)
        self.setValue(round(share * self.maximum()))

    @staticmethod
    def _is_own(event: QEvent) -> bool:
        return (
            isinstance(event, QKeyEvent)
            and event.key() in OWN_KEYS
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        )
