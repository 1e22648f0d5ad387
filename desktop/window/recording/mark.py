"""Says over the pictures that they are recorded, in every mode, and ends it at one press."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop import theme
from desktop.language import _
from desktop.window.icons import icon
from desktop.window.part import Part

EDGE = 8


class RecordMark(Part):
    """Passive: a red mark, how long it has been recorded, and how many frames were left out."""

    pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("chip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._seconds, self._dropped, self._ending = 0, 0, False
        self._area = QRect()
        self._button = QToolButton()
        self._button.setIcon(icon("record", "recording"))
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.clicked.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._button)
        self.retranslate()
        self.restyle()
        self.hide()

    def show_state(self, seconds: float, dropped: int, *, ending: bool) -> None:
        """`ending`: nothing more is recorded, and what was is being finished."""
        state = (int(seconds), dropped, ending)
        if state != (self._seconds, self._dropped, self._ending):
            self._seconds, self._dropped, self._ending = state
            self.retranslate()

    def words(self) -> str:
        return self._button.text()

    def lie_on(self, area: QRect) -> None:
        """In the upper right corner of this area."""
        self._area = area
        self._fit()

    def needs(self) -> int:
        """Pixels from its left to the edge of the area; 0 while it is hidden."""
        return 0 if self.isHidden() else self.width() + theme.current().px(EDGE)

    def retranslate(self) -> None:
        left_out = _("{n} dropped").format(n=self._dropped)
        words = _("Finishing…") if self._ending else _clock(self._seconds)
        self._button.setText(f"{words} · {left_out}" if self._dropped else words)
        self._button.setToolTip(_("Stop recording"))
        self._button.setAccessibleName(_("Stop recording"))
        self._button.setEnabled(not self._ending)
        self._fit()

    def restyle(self) -> None:
        px = theme.current().px
        self._button.setIconSize(QSize(px(20), px(20)))
        self._button.setMinimumSize(px(theme.TARGET), px(theme.TARGET))
        self._fit()

    def _fit(self) -> None:
        self.adjustSize()
        edge = theme.current().px(EDGE)
        self.move(self._area.right() + 1 - edge - self.width(), self._area.top() + edge)
        self.raise_()


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
