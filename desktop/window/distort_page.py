"""What is done to the picture before any lane gets it; stands where the column stands otherwise."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.language import N_, _
from desktop.window.column import SIDE
from desktop.window.controls.control import BLEED
from desktop.window.icons import icon
from desktop.window.parameter_panel import ParameterPanel
from desktop.window.part import Part
from desktop.window.scroll import ScrollPage
from pipelines.distortions import Distortions


class DistortPage(Part):
    """Passive: shows a set of distortions and reports edits."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
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
        self.panel = ParameterPanel(heading=N_("For all lanes"), headed=False)
        self.edited = self.panel.edited
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        self._above = QVBoxLayout()
        self._above.addLayout(head)
        self._above.addWidget(self._explanation)
        self._above.addLayout(self.panel.head)
        self._page = QVBoxLayout()
        self._page.addWidget(self.panel)
        self._page.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._above)
        whole.addWidget(ScrollPage(self._page))
        self.retranslate()
        self.restyle()
        self.hide()

    def show_distortions(self, distortions: Distortions) -> None:
        """Show these without reporting them."""
        self.panel.show_parameters(distortions)

    def retranslate(self) -> None:
        self.setAccessibleName(_("Distortions"))
        self._title.setText(_("Distortions"))
        self._explanation.setText(
            _("Every lane gets the picture changed like this. What a method cannot stand is seen at once.")
        )
        self._close.setToolTip(_("Close the distortions"))
        self._close.setAccessibleName(_("Close the distortions"))

    def restyle(self) -> None:
        px = theme.current().px
        self.setFixedWidth(px(theme.COLUMN))
        self._above.setContentsMargins(px(SIDE), px(20), px(SIDE), px(8))
        self._above.setSpacing(px(12))
        self._page.setContentsMargins(px(SIDE), px(4), px(SIDE), px(20))
        self._close.setIconSize(QSize(px(18), px(18)))
        for text in (self._title, self._explanation):
            text.setContentsMargins(px(BLEED), 0, px(BLEED), 0)
