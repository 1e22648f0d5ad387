"""What the bar under the pictures is pressed on."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton

from desktop import theme


class TransportButton(QToolButton):
    """Large enough for a finger; a style sheet overrules a minimum size, but not this."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def name(self, words: str) -> None:
        """What it is called, by the tool tip and by a screen reader."""
        self.setAccessibleName(words)
        self.setToolTip(words)

    def restyle(self) -> None:
        side = theme.current().px(20)
        self.setIconSize(QSize(side, side))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        side = theme.current().px(theme.TARGET)
        return super().sizeHint().expandedTo(QSize(side, side))
