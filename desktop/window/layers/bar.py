"""The strip of layers with what moves it: it scrolls sideways, by wheel, finger and bar."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScroller, QSizePolicy, QWidget

from desktop import theme
from desktop.window.layers.strip import StripOfLayers

MARGIN = 120
"""Pixels at 100 % beside the chosen layer that stay in view: the next ones are to be seen."""
LOW_WINDOW = 560
"""Pixels at 100 %: in a window that is lower the pictures need the height."""


class LayersBar(QScrollArea):
    """As wide as the pictures over it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strip = StripOfLayers()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setWidget(self.strip)
        self.viewport().setAutoFillBackground(False)
        self.strip.setAutoFillBackground(False)  # setWidget turns it on
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._chosen = QRect()
        self.strip.moved.connect(self._follow)
        self.strip.dragged.connect(self._move)
        self.hide()

    def sizeHint(self) -> QSize:
        bar = self.horizontalScrollBar().sizeHint().height()
        return QSize(self.strip.sizeHint().width(), self.strip.sizeHint().height() + bar)

    def minimumSizeHint(self) -> QSize:
        return QSize(1, self.sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel that turns up and down moves it, too."""
        turned = event.angleDelta()
        self._move(turned.x() or turned.y())
        event.accept()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.window().installEventFilter(self)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of the text is another style sheet."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.window():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        self.strip.set_low(self.window().height() < theme.current().px(LOW_WINDOW))
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow(self._chosen)

    def _move(self, way: int) -> None:
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - way)

    def _follow(self, card: QRect) -> None:
        """The chosen layer stays in view, and what is beside it."""
        self._chosen = card
        middle = card.center()
        margin = min(card.width() // 2 + theme.current().px(MARGIN), self.viewport().width() // 2)
        self.ensureVisible(middle.x(), middle.y(), margin, 0)
