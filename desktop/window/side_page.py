"""A page of live controls that stands where the column stands otherwise."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.window.column import SIDE
from desktop.window.controls.control import BLEED
from desktop.window.icons import icon
from desktop.window.parameter_panel import ParameterPanel
from desktop.window.part import Part
from desktop.window.scroll import ScrollPage


class SidePage(Part):
    """Passive: title, explanation and a panel of parameters, of which it reports edits.

    What a subclass adds goes into `page`, which scrolls.
    """

    closed = Signal()

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        """`heading` is the panel's, in English, the catalogue's key."""
        super().__init__(parent)
        self.setObjectName("column")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = QLabel()
        self._title.setProperty("look", "title")
        self._explanation = QLabel(wordWrap=True)
        self._explanation.setProperty("look", "soft")
        self._close = QToolButton()
        self._close.setProperty("look", "small")
        self._close.setIcon(icon("close", "soft"))
        self._close.clicked.connect(self.closed)
        self.panel = ParameterPanel(heading=heading, headed=False)
        self.edited = self.panel.edited
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        self._above = QVBoxLayout()
        self._above.addLayout(head)
        self._above.addWidget(self._explanation)
        self._above.addLayout(self.panel.head)
        self.page = QVBoxLayout()
        self.page.addWidget(self.panel)
        self.page.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._above)
        whole.addWidget(ScrollPage(self.page))
        self.hide()

    def say(self, title: str, explanation: str, close: str) -> None:
        """What it is about, and what its closing is called."""
        self.setAccessibleName(title)
        self._title.setText(title)
        self._explanation.setText(explanation)
        self._close.setToolTip(close)
        self._close.setAccessibleName(close)

    def restyle(self) -> None:
        px = theme.current().px
        self.setFixedWidth(px(theme.COLUMN))
        self._above.setContentsMargins(px(SIDE), px(20), px(SIDE), px(8))
        self._above.setSpacing(px(12))
        self.page.setContentsMargins(px(SIDE), px(4), px(SIDE), px(20))
        self._close.setIconSize(QSize(px(18), px(18)))
        for text in (self._title, self._explanation):
            text.setContentsMargins(px(BLEED), 0, px(BLEED), 0)
