"""The page keys of a presenter's remote control, which mean the lesson whatever has the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from desktop.window.actions import ActionSet

PAGE_KEYS = {"next-scene": "PgDown", "previous-scene": "PgUp"}
KEYS = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class PageKeys(QObject):
    """While a lesson is on they are its own; else what has the focus may take them, as a slider does."""

    def __init__(self, actions: ActionSet, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._on = False
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def take(self, on: bool) -> None:
        """Take them from now on, or leave them."""
        if on == self._on:
            return
        self._on = on
        for name, key in PAGE_KEYS.items():
            usual = [QKeySequence(f"Ctrl+{key}")]
            self._actions[name].setShortcuts([QKeySequence(key), *usual] if on else usual)
        self._follow(QApplication.focusWidget(), QApplication.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What has the focus is not asked whether it wants the key for itself."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            if self._on and plain and event.key() in KEYS:
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if new is not None and self._on:
            new.installEventFilter(self)
