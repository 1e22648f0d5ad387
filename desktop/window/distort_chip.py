"""Says over the pictures that they are distorted, in every mode, and takes it back at one press."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop import theme
from desktop.language import _, say
from desktop.window.controls.stops import Stops
from desktop.window.icons import icon
from desktop.window.part import Part
from pipelines.distortions import Distortions

EDGE = 8


class DistortChip(Part):
    """Passive: what is distorted, and how much. Hidden where nothing is."""

    opened = Signal()
    reset = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("chip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._distortions = Distortions()
        self._area, self._room = QRect(), 0
        self._words = self._button("distort", "accent")
        self._words.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._words.clicked.connect(self.opened)
        self.reset_button = self._button("reset", "text")
        self.reset_button.clicked.connect(self.reset)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._words)
        self._row.addWidget(self.reset_button)
        self.retranslate()
        self.restyle()
        self.hide()

    def words(self) -> str:
        """All that is distorted, whether there is room for it or not."""
        return " · ".join(_written(self._distortions))

    def show_distortions(self, distortions: Distortions) -> None:
        self._distortions = distortions
        self.retranslate()

    def lie_on(self, area: QRect, room: int) -> None:
        """In the upper right corner of this area, where there is as much `room` from side to side."""
        self._area, self._room = area, room
        self._fit()

    def needs(self) -> int:
        """Pixels from side to side, with an edge on both."""
        return self.width() + 2 * theme.current().px(EDGE)

    def retranslate(self) -> None:
        self._words.setToolTip(_("Distorted: {what}").format(what=self.words()))
        self._words.setAccessibleName(self._words.toolTip())
        self.reset_button.setToolTip(_("Reset the distortions"))
        self.reset_button.setAccessibleName(_("Reset the distortions"))
        self._fit()

    def restyle(self) -> None:
        px = theme.current().px
        for button in (self._words, self.reset_button):
            button.setIconSize(QSize(px(20), px(20)))
            button.setMinimumSize(px(theme.TARGET), px(theme.TARGET))
        self._fit()

    def _button(self, sign: str, role: theme.Role) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(sign, role))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _fit(self) -> None:
        """Everything where there is room, else how many distortions there are, else the sign alone."""
        written = _written(self._distortions)
        for words in (self.words(), _("{n} distortions").format(n=len(written)), ""):
            self._words.setText(words)
            self._words.setToolButtonStyle(_style(words))
            self.adjustSize()
            if self.needs() <= self._room:
                break
        edge = theme.current().px(EDGE)
        self.move(self._area.right() + 1 - edge - self.width(), self._area.top() + edge)
        self.raise_()


def _style(words: str) -> Qt.ToolButtonStyle:
    look = Qt.ToolButtonStyle
    return look.ToolButtonTextBesideIcon if words else look.ToolButtonIconOnly


def _written(distortions: Distortions) -> list[str]:
    """`Rotation 30 °` and so on for all that differ from neutral."""
    return list(_each(distortions))


def _each(distortions: Distortions) -> Iterator[str]:
    for spec in distortions.specs():
        value = getattr(distortions, spec.name)
        if value == spec.default or (spec.name == "bar_position" and not distortions.bar):
            continue
        title = say(spec.knob.title)
        yield title if spec.kind == "bool" else f"{title} {Stops(spec).write_with_unit(value)}"
