"""The bar under a drawing: brush, ink, undo, clear."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QToolButton, QWidget

from desktop import theme
from desktop.language import _, say
from desktop.window.actions import ActionSet
from desktop.window.icons import icon
from desktop.window.part import Part
from desktop.window.transport_button import TransportButton
from desktop.window.units import with_unit
from pipelines.sources.canvas import CanvasParameters

BRUSHES = (16, 32, 48, 80)
"""Pixels of the picture; what lies between is set on the page."""


class CanvasBar(Part):
    """Passive: tells what a person wants to draw with. Undo and clear are the window's own actions."""

    brush_chosen = Signal(int)
    ink_chosen = Signal(str)

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parameters = CanvasParameters()
        self._brushes = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        for number, pixels in enumerate(BRUSHES, 1):
            self._row.addWidget(self._brush(number, pixels))
        self._brushes.idClicked.connect(self._choose_brush)
        self._ink = TransportButton()
        self._ink.setIcon(icon("ink", "soft"))
        self._ink.clicked.connect(self._choose_ink)
        self._row.addWidget(self._ink)
        self._row.addStretch(1)
        self._hint, self._blank = QLabel(), False
        self._hint.setProperty("look", "soft")
        self._row.addWidget(self._hint)
        self._row.addStretch(1)
        self._acts = [self._act(actions, name) for name in ("undo", "clear")]
        self._buttons = (*self._brushes.buttons(), self._ink, *self._acts)
        self.retranslate()
        self.restyle()
        self.hide()

    def show_parameters(self, parameters: CanvasParameters) -> None:
        """Which brush and which ink draw now."""
        self._parameters = parameters
        self.retranslate()

    def show_blank(self, blank: bool) -> None:
        """Whether nothing is drawn yet: then it says how one draws."""
        if blank != self._blank:
            self._blank = blank
            self._make_fit()

    def retranslate(self) -> None:
        self._hint.setText(_("Draw in the picture, with mouse, pen or finger"))
        self.setAccessibleName(_("Drawing"))
        for button in self._brushes.buttons():
            pixels = self._brushes.id(button)
            button.setChecked(pixels == self._parameters.brush)
            words = _("Brush: {size}").format(size=with_unit(str(pixels), "px"))
            button.setToolTip(words)
            button.setAccessibleName(words)
        ink = say(CanvasParameters.spec("ink").title_of(self._parameters.ink))
        self._ink.name(_("Ink: {ink}").format(ink=ink))
        self._ink.setText(ink)
        self._make_fit()

    def restyle(self) -> None:
        px = theme.current().px
        self._row.setContentsMargins(px(4), 0, px(4), 0)
        self._row.setSpacing(px(2))
        for button in self._buttons:
            side = px(20)
            button.setIconSize(QSize(side, side))
            button.updateGeometry()
        self._make_fit()

    def minimumSizeHint(self) -> QSize:
        """The signs alone."""
        side = theme.current().px(theme.TARGET + 2)
        return QSize(side * len(self._buttons), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_fit()

    def _brush(self, number: int, pixels: int) -> TransportButton:
        button = TransportButton()
        button.setIcon(icon(f"brush-{number}", "soft", on="accent"))
        button.setCheckable(True)
        self._brushes.addButton(button, pixels)
        return button

    def _act(self, actions: ActionSet, name: str) -> TransportButton:
        button = TransportButton()
        button.setDefaultAction(actions[name])
        self._row.addWidget(button)
        return button

    def _choose_brush(self, pixels: int) -> None:
        self.retranslate()  # the source decides
        self.brush_chosen.emit(pixels)

    def _choose_ink(self) -> None:
        self.ink_chosen.emit("white" if self._parameters.ink == "black" else "black")

    def _make_fit(self) -> None:
        """Words beside the signs where there is room for all, and the hint before them."""
        look = Qt.ToolButtonStyle
        worded: tuple[QToolButton, ...] = (self._ink, *self._acts)
        for style, hint in (
            (look.ToolButtonTextBesideIcon, self._blank),
            (look.ToolButtonIconOnly, self._blank),
            (look.ToolButtonTextBesideIcon, False),
            (look.ToolButtonIconOnly, False),
        ):
            self._hint.setVisible(hint)
            for button in worded:
                button.setToolButtonStyle(style)
            self._row.invalidate()
            if self._row.sizeHint().width() <= self.width():
                break
