"""One of several named values."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListView, QWidget

from desktop import theme
from desktop.language import say
from desktop.window.controls.control import BLEED, Control
from desktop.window.icons import icon
from pipelines.parameters import Spec

SHOWN_AT_ONCE = 12


class DropDown(QComboBox):
    """A combo box with our arrow. It is no wider than it must be, and its list no narrower than its words."""

    opening = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setView(QListView())
        self.view().setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setMaxVisibleItems(SHOWN_AT_ONCE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self._arrow = icon("chevron-down", "soft")

    def showPopup(self) -> None:
        self.opening.emit()
        self.view().setMinimumWidth(
            max(self.width(), self.view().sizeHintForColumn(0) + theme.current().px(24))
        )
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        px = theme.current().px
        side = px(16)
        painter = QPainter(self)
        self._arrow.paint(
            painter, QRect(self.width() - side - px(10), (self.height() - side) // 2, side, side)
        )


class Choice(Control):
    """A list opens under the name; long ones scroll. What it offers is looked up each time it opens."""

    def __init__(self, spec: Spec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self._box = DropDown()
        self._place = QHBoxLayout()
        self._place.addWidget(self._box)
        self.body.addLayout(self._place)
        self._box.opening.connect(self._offer)
        self._box.currentIndexChanged.connect(lambda index: self._edit(self._box.itemData(index)))
        self.retranslate()
        self.restyle()
        self.set_value(spec.default)

    def retranslate(self) -> None:
        self._offer()
        super().retranslate()

    def restyle(self) -> None:
        super().restyle()
        side = theme.current().px(BLEED)
        self._place.setContentsMargins(side, 0, side, 0)

    def written(self) -> str:
        return say(self.spec.title_of(self._value))

    def field(self) -> QWidget:
        return self._box

    def _offer(self) -> None:
        """Everything that can be chosen now, and what is chosen even where it is not among that."""
        titles = dict(self.spec.titles)
        titles.setdefault(self._value, self.spec.title_of(self._value))
        with QSignalBlocker(self._box):
            if [self._box.itemData(index) for index in range(self._box.count())] != list(titles):
                self._box.clear()
                for value in titles:
                    self._box.addItem("", value)
                self._box.setCurrentIndex(self._box.findData(self._value))
            for index, title in enumerate(titles.values()):
                self._box.setItemText(index, say(title))

    def _show_value(self, value: str) -> None:
        if self._box.findData(value) < 0:
            self._offer()
        with QSignalBlocker(self._box):
            self._box.setCurrentIndex(self._box.findData(value))
