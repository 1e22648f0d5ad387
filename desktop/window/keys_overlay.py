"""All keys at a glance, over the whole window."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.language import _
from desktop.window.overlay import Overlay
from desktop.window.scroll import ScrollPage

COLUMN_WIDTH = 250
MARGIN = 32
CLOSING_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_H, Qt.Key.Key_Question)
SCROLLING_KEYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -5, Qt.Key.Key_PageDown: 5}


class KeyGroup(Struct, frozen=True):
    """A heading and its lines of (key, what it does), in the words that are shown."""

    title: str
    keys: tuple[tuple[str, str], ...]


class KeysOverlay(Overlay):
    """Escape, H, ? or a click closes it."""

    def __init__(self, parent: QWidget, groups: Sequence[KeyGroup] = ()) -> None:
        super().__init__(parent)
        self._groups = tuple(groups)
        self._shown: list[QWidget] = []
        self._columns = 0
        self._title = QLabel()
        self._title.setProperty("look", "title")
        self._hint = QLabel()
        self._hint.setProperty("look", "soft")
        self._page = QHBoxLayout()
        self._scroll = ScrollPage(self._page)
        self._rows = QVBoxLayout(self)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._hint)
        self._rows.addLayout(head)
        self._rows.addWidget(self._scroll)
        self.retranslate()
        self.restyle()

    def show_groups(self, groups: Sequence[KeyGroup]) -> None:
        """Other keys, or the same in another language."""
        self._groups = tuple(groups)
        self._build()

    def columns(self) -> int:
        """How many stand side by side at this width."""
        return self._columns

    def retranslate(self) -> None:
        self._title.setText(_("Keys"))
        self._hint.setText(_("Escape or a click closes this list."))
        self.setAccessibleName(_("Keys"))

    def restyle(self) -> None:
        px = theme.current().px
        self._rows.setContentsMargins(px(MARGIN), px(20), px(MARGIN), px(8))
        self._rows.setSpacing(px(4))
        self._page.setSpacing(px(MARGIN))
        self._page.setContentsMargins(0, px(8), px(12), px(8))
        self._build()

    def covered(self) -> None:
        if self._fitting() != self._columns:
            self._build()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in CLOSING_KEYS:
            self.close_overlay()
        elif event.key() in SCROLLING_KEYS:
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.value() + SCROLLING_KEYS[Qt.Key(event.key())] * bar.singleStep())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.close_overlay()

    def _fitting(self) -> int:
        px = theme.current().px
        room = self.width() - px(MARGIN)
        return max(1, min(room // px(COLUMN_WIDTH + MARGIN), len(self._groups)))

    def _build(self) -> None:
        """Distribute the groups over as many columns as there is room for, in order, about equally high."""
        for column in self._shown:
            column.hide()
            column.deleteLater()
        self._columns = self._fitting()
        self._shown = [_column(groups) for groups in spread(self._groups, self._columns)]
        for column in self._shown:
            self._page.addWidget(column, 1)


def spread(groups: Sequence[KeyGroup], columns: int) -> list[list[KeyGroup]]:
    """In order, into `columns` lists of about the same number of lines."""
    total = sum(len(group.keys) + 2 for group in groups)
    parts: list[list[KeyGroup]] = [[] for _column in range(max(columns, 1))]
    passed = 0.0
    for group in groups:
        lines = len(group.keys) + 2
        middle = (passed + lines / 2) / max(total, 1)
        parts[min(int(middle * len(parts)), len(parts) - 1)].append(group)
        passed += lines
    return parts


def _column(groups: Sequence[KeyGroup]) -> QWidget:
    """One grid for all groups of a column, so that their words begin in one line."""
    px = theme.current().px
    column = QWidget()
    grid = QGridLayout(column)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(14))
    grid.setVerticalSpacing(px(6))
    grid.setColumnStretch(1, 1)
    for place, group in enumerate(groups):
        title = QLabel(group.title, wordWrap=True)
        title.setProperty("look", "heading")
        title.setContentsMargins(0, px(14) if place else 0, 0, 0)
        grid.addWidget(title, grid.rowCount(), 0, 1, 2)
        for key, words in group.keys:
            _add_line(grid, key, words)
    grid.setRowStretch(grid.rowCount(), 1)
    return column


def _add_line(grid: QGridLayout, key: str, words: str) -> None:
    row = grid.rowCount()
    cap = QLabel(key)
    cap.setProperty("look", "key")
    cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
    grid.addWidget(cap, row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    grid.addWidget(QLabel(words, wordWrap=True), row, 1, Qt.AlignmentFlag.AlignVCenter)
