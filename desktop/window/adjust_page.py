"""What a person sets of a source while it plays; stands where the column stands otherwise."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.language import N_, _, say
from desktop.window.controls.control import BLEED
from desktop.window.icons import icon
from desktop.window.side_page import SidePage
from models.text import Text, plain
from pipelines.parameters import Parameters

BREAK = "\u200b"
"""Nothing to see: a place where a line may end."""


class AdjustPage(SidePage):
    """Passive: shows a source with its parameters and its address, and reports edits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(N_("Parameters"), parent)
        self._words = (plain(""), plain(""))
        self._address_now = ""
        self._heading = QLabel()
        self._heading.setProperty("look", "heading")
        self._copy = QToolButton()
        self._copy.setProperty("look", "small")
        self._copy.setIcon(icon("copy", "soft"))
        self._copy.clicked.connect(self.copy_address)
        self._address, self._citation = QLabel(wordWrap=True), QLabel(wordWrap=True)
        for text in (self._address, self._citation):
            text.setProperty("look", "small")
            text.setTextFormat(Qt.TextFormat.PlainText)
        self._citation.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addWidget(self._copy)
        self._below = QVBoxLayout()
        self._below.addLayout(head)
        self._below.addWidget(self._address)
        self.page.insertLayout(self.page.indexOf(self.panel) + 1, self._below)
        self.page.addWidget(self._citation)
        self.retranslate()
        self.restyle()

    def show_source(self, title: Text, explanation: Text, citation: str) -> None:
        self._words = (title, explanation)
        self._citation.setText(citation)
        self._citation.setVisible(bool(citation))
        self.retranslate()

    def show_parameters(self, parameters: Parameters, address: str) -> None:
        """Show these without reporting them, and the address that opens the source like this."""
        self.panel.show_parameters(parameters)
        self._address_now = address
        self._address.setText(address.replace("&", f"{BREAK}&").replace("?", f"{BREAK}?"))

    def show_above(self, widget: QWidget) -> None:
        """Give something a place over the parameters."""
        self.page.insertWidget(0, widget)

    def copy_address(self) -> None:
        """As `fusiform run --source` takes it."""
        QGuiApplication.clipboard().setText(self._address_now)

    def retranslate(self) -> None:
        title, explanation = map(say, self._words)
        self.say(title, explanation, _("Close the source's parameters"))
        self._heading.setText(_("Address"))
        self._copy.setToolTip(_("Copy the address"))
        self._copy.setAccessibleName(_("Copy the address"))

    def restyle(self) -> None:
        super().restyle()
        px = theme.current().px
        self.page.setSpacing(px(20))
        self._below.setSpacing(px(4))
        self._copy.setIconSize(QSize(px(16), px(16)))
        for text in (self._heading, self._address, self._citation):
            text.setContentsMargins(px(BLEED), 0, px(BLEED), 0)
