"""The base of the window's own widgets."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget


class Part(QWidget):
    """A widget that reads its words and its measures again when the language or the look changes.

    A subclass calls both methods at the end of its constructor.
    """

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange:
            self.restyle()

    def retranslate(self) -> None:
        """Say everything again, in the current language."""

    def restyle(self) -> None:
        """Take margins and sizes from the current theme."""
