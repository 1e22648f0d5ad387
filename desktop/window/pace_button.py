"""How long each picture of a folder stays."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from desktop.language import _
from desktop.window.icons import icon
from desktop.window.transport_button import TransportButton

PACES = (0.0, 1.0, 2.0, 3.0, 5.0, 10.0)
"""Seconds; 0: a person turns the pictures."""


class PaceButton(TransportButton):
    """Says the pace, and opens a menu of others. Passive: what is chosen there is told, not shown."""

    chosen = Signal(float)
    """Seconds, 0 for by hand."""

    def __init__(self) -> None:
        super().__init__()
        self.setIcon(icon("pace", "soft"))
        self.menu_of_paces = QMenu(self)
        self.menu_of_paces.setProperty("look", "touch")
        self.clicked.connect(self._open_menu)
        self._seconds = 0.0

    def show_pace(self, seconds: float) -> None:
        self._seconds = seconds
        words = _written(seconds)
        self.setText(words)
        self.name(_("Pace: {pace}").format(pace=words))

    def show_words(self, shown: bool) -> None:
        """The pace in words beside the sign, or the sign alone."""
        look = Qt.ToolButtonStyle
        self.setToolButtonStyle(look.ToolButtonTextBesideIcon if shown else look.ToolButtonIconOnly)

    def _open_menu(self) -> None:
        """Over the button, which lies at the bottom of the window."""
        menu = self.menu_of_paces
        menu.clear()
        for seconds in sorted({*PACES, self._seconds}):
            self._offer(seconds)
        menu.popup(self.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
        menu.setActiveAction(next(action for action in menu.actions() if action.isChecked()))

    def _offer(self, seconds: float) -> None:
        action = QAction(_written(seconds), self.menu_of_paces)
        action.setCheckable(True)
        if seconds == self._seconds:
            action.setChecked(True)
            action.setIcon(icon("check", "accent"))
        action.triggered.connect(lambda: self.chosen.emit(seconds))
        self.menu_of_paces.addAction(action)


def _written(seconds: float) -> str:
    return _("{seconds} s").format(seconds=f"{seconds:g}") if seconds else _("By hand")
