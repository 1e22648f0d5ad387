"""A value that reads like text and is typed over after a click."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from desktop import theme

INSET = 8
"""Border, padding and Qt's own margin on one side, as in the style sheet."""
LEAST_WIDTH = 68
"""Fields of about the same width keep what stands before them in one line down the panel."""


class ValueField(QLineEdit):
    """Shows `1.4 px`; under the cursor it is `1.4`. Enter or leaving takes it, Escape gives it up."""

    typed = Signal(str)
    given_up = Signal()

    def __init__(self, widest: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "value")
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._widest = widest
        self._bare = ""
        self._with_unit = ""
        self._clicked_in = False

    def show_value(self, bare: str, with_unit: str) -> None:
        """Show another value. What a person is typing meanwhile stays."""
        self._bare, self._with_unit = bare, with_unit
        if not (self.hasFocus() and self.isModified()):
            self._write()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for the widest value there can be, so that nothing moves while a slider is dragged."""
        room = max(self.fontMetrics().horizontalAdvance(text) for text in (*self._widest, self._with_unit))
        px = theme.current().px
        return QSize(max(room + px(2 * INSET), px(LEAST_WIDTH)), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._clicked_in = event.reason() == Qt.FocusReason.MouseFocusReason
        self._write()
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self.isModified():
            self.typed.emit(self.text())
        super().focusOutEvent(event)
        self._write()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self._clicked_in:
            self._clicked_in = False
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif event.key() == Qt.Key.Key_Escape:
            self._write()
            self.given_up.emit()
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        if self.isModified():
            self.setModified(False)
            self.typed.emit(self.text())
        self.selectAll()

    def _write(self) -> None:
        """The value as it stands, in place of whatever was typed."""
        self.setText(self._bare if self.hasFocus() else self._with_unit)
        self.setModified(False)
        self.setCursorPosition(0)
