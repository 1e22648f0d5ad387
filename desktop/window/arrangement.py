"""Where everything lies in the window: the bar above, the pictures with the transport under them, the column
beside."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop import theme

GAP = 8


class Arrangement(QWidget):
    """Holds the pictures from the start. For what comes after the first picture it keeps the room."""

    def __init__(self, pictures: QWidget) -> None:
        super().__init__()
        self._first = pictures
        self._stage = QStackedLayout()
        self._stage.addWidget(pictures)
        self._left = QVBoxLayout()
        self._left.setSpacing(GAP)
        self._left.addLayout(self._stage, 1)
        self._below = QHBoxLayout()
        self._below.setSpacing(GAP)
        self._below.addLayout(self._left, 1)
        self._rows = QVBoxLayout(self)
        self._rows.setSpacing(0)
        self._rows.addLayout(self._below, 1)

    def replace_pictures(self, pictures: QWidget) -> None:
        """These instead of the first ones, which go."""
        self._stage.addWidget(pictures)
        self._stage.setCurrentWidget(pictures)
        self._stage.removeWidget(self._first)
        self._first.deleteLater()

    def surround(
        self, *, above: QWidget, instead: QWidget, under: Iterable[QWidget], beside: Iterable[QWidget]
    ) -> None:
        """Put these around the pictures, and one that may stand in their place.

        Of those `under` and `beside` them one at most is shown.
        """
        self._rows.insertWidget(0, above)
        self._stage.addWidget(instead)
        for widget in under:
            self._left.addWidget(widget)
        for widget in beside:
            self._below.addWidget(widget)

    def show_on_stage(self, widget: QWidget) -> None:
        """The pictures, or what stands in their place."""
        self._stage.setCurrentWidget(widget)

    def keep_room(self, *, above: bool = False, under: bool = False, beside: bool = False) -> None:
        """Leave room for a bar, a transport and a column that are still to come."""
        px = theme.current().px
        column = px(theme.COLUMN) + GAP if beside else 0
        self._rows.setContentsMargins(0, px(theme.BAR) if above else 0, column, 0)
        self._left.setContentsMargins(0, 0, 0, px(theme.TARGET) + GAP if under else 0)

    def close_to(self, *, beside: bool) -> None:
        """The edge around the pictures; the column brings its own."""
        self._below.setContentsMargins(GAP, GAP, 0 if beside else GAP, GAP)
