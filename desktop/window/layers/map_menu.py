"""What can be done with one map: for a finger that stays on it, and for the right button."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget


class Entry(Struct, frozen=True):
    """In the words that are shown, and what it does."""

    words: str
    do: Callable[[], object]


def open_menu(parent: QWidget, at: QPoint, entries: list[Entry]) -> None:
    """At a place of the screen; nothing where there is nothing to be done."""
    if not entries:
        return
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for entry in entries:
        menu.addAction(entry.words).triggered.connect(entry.do)
    menu.popup(at)
