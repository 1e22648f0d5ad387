"""A page over the whole window, which has the keyboard to itself while it is shown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop import theme
from desktop.window.part import Part


class Overlay(Part):
    """Covers `parent`. Escape closes it and gives the focus back; Tab goes round inside."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._window = parent
        self._former_focus: QWidget | None = None
        parent.installEventFilter(self)
        self.hide()

    def close_overlay(self) -> None:
        self.hide()
        self.closed.emit()

    def covered(self) -> None:
        """It has another size now."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._cover()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """While it is open no key reaches the window behind it."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Nor does the focus go there."""
        stops = [child for child in self.findChildren(QWidget) if self._takes_focus(child)]
        stops.sort(key=self._place)
        if stops:
            now = self.window().focusWidget()
            at = stops.index(now) if now in stops else (-1 if forwards else 0)
            stops[(at + (1 if forwards else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return bool(stops)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._former_focus = self.window().focusWidget()
        self._cover()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        focused = self.window().focusWidget()
        had_it = focused is self or (focused is not None and self.isAncestorOf(focused))
        if self._former_focus is not None and (had_it or focused is None):
            self._former_focus.setFocus(Qt.FocusReason.PopupFocusReason)
        self._former_focus = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_overlay()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().colour("ground"))

    def _cover(self) -> None:
        self.setGeometry(self._window.rect())
        self.covered()

    def _place(self, child: QWidget) -> tuple[int, int]:
        """In the order in which one reads, wherever what can be scrolled stands at the moment."""
        middle = child.mapTo(self, child.rect().center())
        scrolled = sum(area.verticalScrollBar().value() for area in self._areas if area.isAncestorOf(child))
        return middle.y() + scrolled, middle.x()

    @property
    def _areas(self) -> list[QScrollArea]:
        return self.findChildren(QScrollArea)

    def _takes_focus(self, child: QWidget) -> bool:
        by_tab = Qt.FocusPolicy.TabFocus.value & child.focusPolicy().value
        return bool(by_tab) and child.isEnabled() and child.isVisibleTo(self)
